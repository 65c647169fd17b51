package dev.belfry.core.events;

import java.time.Duration;

/**
 * How much of the change log is kept: what is older than the one or beyond the other is swept away.
 *
 * @param age at most this long
 * @param changes at most this many
 */
public record Keep(Duration age, long changes) {
  /** A month, or a million changes: some 100 MB. */
  public static final Keep DEFAULT = new Keep(Duration.ofDays(30), 1_000_000);

  public Keep {
    if (!age.isPositive() || changes < 1) {
      throw new IllegalArgumentException("an event log that keeps nothing is none");
    }
  }
}
