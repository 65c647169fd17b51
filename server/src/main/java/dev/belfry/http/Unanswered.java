package dev.belfry.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests whose clients have no answer: they are being carried out, or their answer could not be
 * written. The official SDKs repeat such a request without an Idempotency-Key and count the repeats
 * (contract, Retries); a repeat gets the first one's answer. An answer that was written counts as
 * received: more cannot be known, as the same text sent twice on purpose must come twice.
 */
final class Unanswered {
  /** How long an answer that could not be written is kept for a repeat. */
  static final Duration KEPT = Duration.ofSeconds(60);

  private static final int MOST = 1000;

  /**
   * What is the same for a request and its repeats.
   *
   * @param target path and query, as they were sent
   * @param hash of the body
   */
  record Asked(String subject, String method, String target, String hash) {}

  /** One request and its repeats. */
  final class Try {
    private final Asked asked;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private int repeat;
    private long keptUntil;
    private boolean isKept;

    private Try(Asked asked, int repeat) {
      this.asked = asked;
      this.repeat = repeat;
    }

    /** Says what became of its answer, or of the answer to one of its repeats. */
    void told(boolean written) {
      synchronized (Unanswered.this) {
        if (written) {
          remove(this);
        } else if (!isKept) {
          keep(this);
        }
      }
    }
  }

  private final LongSupplier nanos;
  private final Map<Asked, List<Try>> tries = new HashMap<>();

  /** Those whose answer could not be written, oldest first. */
  private final ArrayDeque<Try> kept = new ArrayDeque<>();

  /**
   * Begins with nothing.
   *
   * @param nanos a clock, such as that of the system
   */
  Unanswered(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Joins a repeat with what it repeats. Empty where nothing is unanswered. */
  synchronized Optional<Try> find(Asked asked, int repeat) {
    sweep();
    for (var one : tries.getOrDefault(asked, List.of())) {
      // Each request has its own repeats, though they ask the same.
      if (one.repeat < repeat) {
        one.repeat = repeat;
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  synchronized Try begin(Asked asked, int repeat) {
    sweep();
    var begun = new Try(asked, repeat);
    tries.computeIfAbsent(asked, _ -> new ArrayList<>()).add(begun);
    return begun;
  }

  /** Carries the first one out. What is streamed, and what fails, is nobody else's answer. */
  Answer run(Try first, Supplier<Answer> work) {
    @Nullable Answer answer = null;
    try {
      answer = work.get();
      return answer;
    } finally {
      if (answer instanceof Answer.Whole) {
        first.answer.complete(answer);
      } else {
        first.told(true);
        first.answer.cancel(false);
      }
    }
  }

  /** Waits for the answer of the first one; empty if it has none to give. */
  Optional<Answer> answer(Try first) {
    try {
      return Optional.of(first.answer.join());
    } catch (CancellationException e) {
      return Optional.empty();
    }
  }

  /** How many are unanswered. */
  synchronized int size() {
    sweep();
    return tries.values().stream().mapToInt(List::size).sum();
  }

  private void keep(Try unwritten) {
    unwritten.isKept = true;
    unwritten.keptUntil = nanos.getAsLong() + KEPT.toNanos();
    kept.add(unwritten);
    if (kept.size() > MOST) {
      remove(kept.getFirst());
    }
  }

  private void remove(Try gone) {
    kept.remove(gone);
    tries.computeIfPresent(
        gone.asked,
        (_, all) -> {
          all.remove(gone);
          return all.isEmpty() ? null : all;
        });
  }

  private void sweep() {
    long now = nanos.getAsLong();
    while (!kept.isEmpty() && kept.getFirst().keptUntil - now <= 0) {
      remove(kept.getFirst());
    }
  }
}
