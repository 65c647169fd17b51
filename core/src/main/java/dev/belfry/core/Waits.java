package dev.belfry.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How the hub's threads wait: for work, or for a time by the hub's clock. One lock serves them all,
 * as they are few and seldom woken.
 */
final class Waits {
  /** The clock is looked at again after this, as it may have jumped: a machine slept, or a test. */
  private static final Duration LONGEST_NAP = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  Waits(InstantSource clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /** A new bell, for one waiting thread. */
  Bell bell() {
    return new Bell();
  }

  /** Has everyone who waits look at the clock again. */
  void clockMoved() {
    lock.lock();
    try {
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes the thread that waits by it; a ring that nobody waited for is kept for the next wait. */
  final class Bell {
    private boolean rung;

    private Bell() {}

    void ring() {
      lock.lock();
      try {
        rung = true;
        news.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** Waits until rung, or until {@code atLatest} has come. */
    void await(Instant atLatest) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        while (!rung) {
          var left = Duration.between(clock.instant(), atLatest);
          if (!left.isPositive()) {
            break;
          }
          // Only the time that is left counts, so how long this nap took does not matter.
          long _ = news.awaitNanos(min(left, LONGEST_NAP).toNanos());
        }
        rung = false;
      } finally {
        lock.unlock();
      }
    }

    private static Duration min(Duration one, Duration other) {
      return one.compareTo(other) < 0 ? one : other;
    }
  }
}
