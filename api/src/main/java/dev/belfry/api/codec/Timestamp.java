package dev.belfry.api.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times on the wire (contract: README, Values): ISO 8601 with a zone. */
public final class Timestamp {
  // always three digits: clients compare times as text, and JavaScript writes exactly these
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Timestamp() {}

  /** In UTC with milliseconds, such as {@code 2025-08-31T23:30:12.520Z}. */
  public static String format(Instant time) {
    return MILLIS.format(time);
  }

  /**
   * Reads a time with any offset.
   *
   * @throws IllegalArgumentException if it is none, or has no zone
   */
  public static Instant parse(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("Expected a date and time with a zone", e);
    }
  }
}
