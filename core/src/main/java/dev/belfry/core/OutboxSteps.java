package dev.belfry.core;

import dev.belfry.network.Action;
import dev.belfry.network.NetworkEvent.ReadElsewhere.Source;
import dev.belfry.network.Outcome;
import dev.belfry.store.OutboxTable.Entry;
import dev.belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens in the store before and after a network is asked to do something. */
final class OutboxSteps {
  /** The payload of a read state whose marker was moved back, not only its flag set. */
  static final String MARKER_MOVED = "marker";

  /** How long a message that the network has taken waits for its echo, which tells its place. */
  private static final Duration ECHO_WAIT = Duration.ofSeconds(10);

  /** How long one that was handed over without an answer waits for its echo. */
  private static final Duration CONFIRMATION_WAIT = Duration.ofMinutes(1);

  private static final Duration GIVE_UP_AFTER = Duration.ofHours(24);
  private static final Duration SHORTEST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  private OutboxSteps() {}

  /**
   * A try.
   *
   * @param action what the network is asked to do
   * @param device whom the network knows a repeat from
   */
  record Attempt(Entry entry, Action action, String device) {}

  /**
   * Notes the attempt and makes the action of what the store says now.
   *
   * @param head as it was a moment ago: its echo or a newer row may have come since
   * @param device whom the network would know a repeat from; empty if it cannot
   * @return empty where there is nothing to do now
   */
  static Optional<Attempt> begin(Tx tx, Entry head, String device) {
    var entry = tx.outbox().find(head.id()).orElse(null);
    if (entry == null || entry.deadline() != null || !isDue(entry, tx.now())) {
      return Optional.empty();
    }
    boolean tooLate = entry.created().plus(GIVE_UP_AFTER).isBefore(tx.now());
    var action =
        switch (entry.kind()) {
          case SEND_MESSAGE -> beginSend(tx, entry, device, tooLate);
          case READ_STATE -> beginState(tx, entry, tooLate).map(e -> readState(tx, e));
          case ARCHIVE ->
              beginState(tx, entry, tooLate)
                  .<Action>map(
                      e -> new Action.Archive(e.chatKey(), Boolean.parseBoolean(e.payload())));
        };
    return action.map(what -> new Attempt(entry, what, device));
  }

  private static Optional<Action> beginSend(Tx tx, Entry entry, String device, boolean tooLate) {
    var pendingId = entry.pendingId();
    if (pendingId == null) {
      throw new IllegalStateException("a message without a pending id");
    }
    var triedBy = entry.triedBy();
    if (triedBy != null && (device.isEmpty() || !device.equals(triedBy))) {
      Deliveries.failed(
          tx,
          entry,
          "may_have_been_sent",
          "This message may have been sent already; sending it again might repeat it. Look there first.",
          true);
      return Optional.empty();
    }
    if (tooLate) {
      Deliveries.failed(
          tx, entry, "timeout", "The network did not take this message for a day.", true);
      return Optional.empty();
    }
    tx.outbox().attempted(entry.id(), device);
    return Optional.of(new Action.SendMessage(entry.chatKey(), pendingId, entry.content()));
  }

  /** A state that the network did not take for a day is not told: the user has it here. */
  private static Optional<Entry> beginState(Tx tx, Entry entry, boolean tooLate) {
    if (tooLate) {
      tx.outbox().remove(entry.id());
      return Optional.empty();
    }
    tx.outbox().attempted(entry.id(), "");
    return Optional.of(entry);
  }

  /**
   * The read state as it is now, so that the network hears the last word however often it changed.
   */
  private static Action readState(Tx tx, Entry entry) {
    var marks = tx.chats().marks().find(entry.chat());
    var key = tx.messages().keyUpTo(entry.chat(), marks.readUpTo()).orElse(null);
    if (!marks.markedUnread()) {
      return new Action.MarkRead(entry.chatKey(), key);
    }
    boolean moved = entry.payload().equals(MARKER_MOVED);
    return new Action.MarkUnread(entry.chatKey(), moved ? key : null);
  }

  static void finish(Tx tx, Attempt attempt, Outcome outcome) {
    var entry = attempt.entry();
    boolean isDone = outcome instanceof Outcome.Done || outcome instanceof Outcome.AwaitEcho;
    if (isDone) {
      noteTold(tx, entry, attempt.action());
    }
    if (tx.outbox().find(entry.id()).isEmpty()) {
      return; // the echo, or a newer state, came first
    }
    switch (outcome) {
      case Outcome.Done(var key) -> done(tx, entry, key);
      case Outcome.AwaitEcho() -> handedOver(tx, entry);
      case Outcome.RetryLater(var delay, _) -> {
        tx.outbox().postpone(entry.id(), tx.now().plus(pause(delay, entry.attempts())));
        if (attempt.device().isEmpty()) {
          // A network that cannot tell a repeat asks for one only where nothing was sent.
          tx.outbox().notTried(entry.id());
        }
      }
      case Outcome.Rejected(var code, var message, var retryable) ->
          refuse(tx, entry, code, message, retryable);
      case Outcome.Unsupported() ->
          refuse(tx, entry, "unsupported", "This network cannot do that.", false);
    }
  }

  private static void done(Tx tx, Entry entry, String key) {
    if (entry.pendingId() == null) {
      tx.outbox().remove(entry.id());
    } else if (key.isEmpty()) {
      handedOver(tx, entry);
    } else if (tx.messages().find(entry.chat(), key).isPresent()) {
      Deliveries.sent(tx, entry, key);
    } else {
      tx.outbox().handedOver(entry.id(), key, tx.now().plus(ECHO_WAIT));
    }
  }

  private static void handedOver(Tx tx, Entry entry) {
    if (entry.pendingId() == null) {
      tx.outbox().remove(entry.id());
    } else {
      tx.outbox().handedOver(entry.id(), null, tx.now().plus(CONFIRMATION_WAIT));
    }
  }

  /** The network will tell us of our own change: that is to be no change then. */
  private static void noteTold(Tx tx, Entry entry, Action action) {
    switch (action) {
      case Action.MarkRead(_, var upTo) -> noteSeen(tx, entry.chat(), upTo, false);
      case Action.MarkUnread(_, var lastRead) -> noteSeen(tx, entry.chat(), lastRead, true);
      case Action.SendMessage _, Action.Archive _ -> {}
    }
  }

  private static void noteSeen(Tx tx, long chat, @Nullable String key, boolean flag) {
    var marks = tx.chats().marks();
    marks.setSeenFlag(chat, flag);
    if (key != null) {
      marks.setSeen(chat, Source.MARKER, key);
      if (!flag && isAhead(tx, chat, key, marks.find(chat).seenReceipt())) {
        marks.setSeen(chat, Source.RECEIPT, key);
      }
    }
  }

  /** Whether {@code key} is later than {@code last}; receipts never move back. */
  private static boolean isAhead(Tx tx, long chat, String key, @Nullable String last) {
    return last == null || tx.messages().placeOf(chat, key) > tx.messages().placeOf(chat, last);
  }

  private static void refuse(Tx tx, Entry entry, String code, String message, boolean retryable) {
    if (entry.pendingId() == null) {
      tx.outbox().remove(entry.id());
    } else {
      Deliveries.failed(tx, entry, code, message, retryable);
    }
  }

  /** A message whose echo did not come. */
  static void overdue(Tx tx, Entry entry) {
    var key = entry.sentKey();
    if (key != null) {
      Deliveries.sent(tx, entry, key);
    } else if (entry.pendingId() != null) {
      Deliveries.failed(
          tx,
          entry,
          "may_have_been_sent",
          "The network did not confirm this message: it may have been sent. Look there before you send it again.",
          true);
    }
  }

  private static Duration pause(Duration asked, int attempts) {
    var backoff = SHORTEST_RETRY.multipliedBy(1L << Math.min(attempts, 11));
    return max(asked, backoff.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : backoff);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  static boolean isDue(Entry entry, Instant now) {
    return !entry.notBefore().isAfter(now);
  }
}
