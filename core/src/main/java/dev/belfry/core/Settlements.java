package dev.belfry.core;

import dev.belfry.store.Database;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets requests wait until a message has left the outbox, whichever way. */
final class Settlements {
  private final Map<String, Set<CountDownLatch>> waiting = new ConcurrentHashMap<>();

  Settlements(Database database) {
    database.onOutOfOutbox(this::settled);
  }

  /**
   * Waits, by real time, as a client does.
   *
   * @param isSettled looks whether it has left already
   * @return whether it has; false too when interrupted, with the flag kept
   */
  boolean await(String pendingId, BooleanSupplier isSettled, Duration atMost) {
    var latch = new CountDownLatch(1);
    waiting.compute(
        pendingId,
        (_, others) -> {
          var all = others == null ? ConcurrentHashMap.<CountDownLatch>newKeySet() : others;
          all.add(latch);
          return all;
        });
    try {
      return isSettled.getAsBoolean() || latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.computeIfPresent(
          pendingId,
          (_, all) -> {
            all.remove(latch);
            return all.isEmpty() ? null : all;
          });
    }
  }

  private void settled(String pendingId) {
    waiting.getOrDefault(pendingId, Set.of()).forEach(CountDownLatch::countDown);
  }
}
