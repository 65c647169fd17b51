package dev.belfry.http.events;

import java.time.Duration;

/**
 * How WebSockets are kept.
 *
 * @param ping how often the peer must give a sign of life; it is given up after missing two
 * @param patience how long it may take to read 64 KiB of what it was sent
 * @param farewell how long it may take to answer the closing
 */
public record Pace(Duration ping, Duration patience, Duration farewell) {
  public static final Pace USUAL =
      new Pace(Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(3));
}
