package dev.belfry.homeserver;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what another process will do in its own time: asks again and again until the answer
 * fits, and fails with the last answer when the time is over.
 *
 * @param limit how long is reasonable
 */
public record Patience(Duration limit) {
  private static final long SHORTEST_PAUSE = 20_000_000;
  private static final long LONGEST_PAUSE = 1_000_000_000;

  private static final long FACTOR =
      Long.parseLong(System.getenv().getOrDefault("BELFRY_PATIENCE", "1"));

  /** Enough for anything that takes a moment on an idle machine and a while on a busy one. */
  public static final Patience USUAL = seconds(20);

  /** Waits so many seconds at most. */
  public static Patience seconds(int seconds) {
    return new Patience(Duration.ofSeconds(seconds * FACTOR));
  }

  /** Asks until the answer is there. */
  public <T> T until(String expected, Callable<Optional<T>> question) {
    return until(expected, question, Optional::isPresent).orElseThrow();
  }

  /** Asks until the answer is yes. */
  public void untilTrue(String expected, Callable<Boolean> question) {
    boolean answer = until(expected, question, yes -> yes);
    assert answer;
  }

  /** Asks until the answer fits. A question that throws counts as one not answered yet. */
  public <T> T until(String expected, Callable<T> question, Predicate<T> fits) {
    long end = System.nanoTime() + limit.toNanos();
    Object last;
    @Nullable Exception trouble = null;
    do {
      long asked = System.nanoTime();
      try {
        T answer = question.call();
        if (fits.test(answer)) {
          return answer;
        }
        last = answer;
        trouble = null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting until " + expected, e);
      } catch (Exception e) {
        last = e;
        trouble = e;
      }
      // What is asked shall do its work and not only answer: a dear question comes seldom.
      long pause = Math.clamp(2 * (System.nanoTime() - asked), SHORTEST_PAUSE, LONGEST_PAUSE);
      LockSupport.parkNanos(pause);
    } while (System.nanoTime() < end && !Thread.currentThread().isInterrupted());
    throw new AssertionError(
        "not within " + limit.toSeconds() + " s: " + expected + "; last seen: " + last, trouble);
  }
}
