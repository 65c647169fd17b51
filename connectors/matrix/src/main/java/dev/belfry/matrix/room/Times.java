package dev.belfry.matrix.room;

import java.time.Instant;

/** Times as homeservers give them, which anybody may have made up. */
public final class Times {
  /** The end of the year 9999. */
  private static final long LATEST = 253_402_300_799_999L;

  private Times() {}

  /** An instant between 1970 and 9999. */
  public static Instant of(long unixMillis) {
    return Instant.ofEpochMilli(Math.clamp(unixMillis, 0, LATEST));
  }
}
