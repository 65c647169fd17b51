package dev.belfry.matrix;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When to try again what failed, by its name: soon at first, later each time. */
final class Retries {
  private static final Duration FIRST = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private record Wait(Instant until, Duration length) {}

  private final InstantSource clock;
  private final Map<String, Wait> waits = new ConcurrentHashMap<>();

  Retries(InstantSource clock) {
    this.clock = clock;
  }

  boolean isDue(String name) {
    Wait wait = waits.get(name);
    return wait == null || !clock.instant().isBefore(wait.until());
  }

  void failed(String name) {
    Instant now = clock.instant();
    waits.compute(
        name,
        (_, before) -> {
          Duration length = before == null ? FIRST : before.length().multipliedBy(2);
          Duration most = length.compareTo(LONGEST) > 0 ? LONGEST : length;
          return new Wait(now.plus(most), most);
        });
  }

  void done(String name) {
    waits.remove(name);
  }
}
