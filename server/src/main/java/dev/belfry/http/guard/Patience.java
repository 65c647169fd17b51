package dev.belfry.http.guard;

import java.time.Duration;

/**
 * How slow a client may be.
 *
 * @param atFirst for a request's headers, or a TLS handshake, to come; and before a rate counts
 * @param bytesPerSecond of a body sent, or of an answer taken, once that is over
 */
public record Patience(Duration atFirst, int bytesPerSecond) {
  public static final Patience DEFAULT = new Patience(Duration.ofSeconds(20), 1024);

  /** The longest that some bytes may take. */
  Duration longest(long bytes) {
    return atFirst.plusMillis(bytes * 1000 / bytesPerSecond);
  }
}
