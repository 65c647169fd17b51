package dev.belfry.core.repeat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets those who come with the same key do their work one after the other. */
final class Turns<K> {
  private final Map<K, Turn> turns = new ConcurrentHashMap<>();

  private static final class Turn {
    private final ReentrantLock lock = new ReentrantLock(true);
    private int interested;
  }

  <T> T take(K key, Supplier<T> work) {
    var turn =
        turns.compute(
            key,
            (_, known) -> {
              var found = known == null ? new Turn() : known;
              found.interested++;
              return found;
            });
    turn.lock.lock();
    try {
      return work.get();
    } finally {
      turn.lock.unlock();
      turns.computeIfPresent(key, (_, known) -> --known.interested == 0 ? null : known);
    }
  }
}
