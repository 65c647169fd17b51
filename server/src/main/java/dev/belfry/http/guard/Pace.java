package dev.belfry.http.guard;

import java.time.Duration;

/**
 * How slow a client may be.
 *
 * @param patience for a request's headers, or a TLS handshake, to come; and before a rate counts
 * @param bytesPerSecond of a body sent, or of an answer taken, once the patience is over
 */
public record Pace(Duration patience, int bytesPerSecond) {
  public static final Pace DEFAULT = new Pace(Duration.ofSeconds(20), 1024);

  /** The longest that some bytes may take. */
  Duration longest(long bytes) {
    return patience.plusMillis(bytes * 1000 / bytesPerSecond);
  }
}
