package dev.belfry.api.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
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

  private static final long SECONDS_A_DAY = 86_400;
  private static final int MAX_YEAR = 9999;

  private Timestamp() {}

  /** In UTC with milliseconds, such as {@code 2025-08-31T23:30:12.520Z}. */
  public static String format(Instant time) {
    // A page of messages holds hundreds of times, and a formatter takes ten times as long.
    long second = time.getEpochSecond();
    var day = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_A_DAY));
    if (day.getYear() < 0 || day.getYear() > MAX_YEAR) {
      return MILLIS.format(time);
    }
    int ofDay = Math.floorMod(second, (int) SECONDS_A_DAY);
    byte[] text = "0000-00-00T00:00:00.000Z".getBytes(ISO_8859_1);
    put(text, 4, day.getYear());
    put(text, 7, day.getMonthValue());
    put(text, 10, day.getDayOfMonth());
    put(text, 13, ofDay / 3600);
    put(text, 16, ofDay / 60 % 60);
    put(text, 19, ofDay % 60);
    put(text, 23, time.getNano() / 1_000_000);
    return new String(text, ISO_8859_1);
  }

  /** Writes a number so that its last digit stands before {@code end}. */
  private static void put(byte[] text, int end, int number) {
    int at = end;
    for (int rest = number; rest > 0; rest /= 10) {
      text[--at] = (byte) ('0' + rest % 10);
    }
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
