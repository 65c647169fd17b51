package dev.belfry.sdk;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** When a call is repeated, and after how long: as the official clients do. */
final class Retry {
  /** Longest wait that a server can ask for; if it asks for more, the call fails at once. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  private static final long FIRST_MILLIS = 500;
  private static final long LAST_MILLIS = 8000;

  private Retry() {}

  /** Whether an error may be followed by another try. */
  static boolean allowed(HttpResponse<?> response) {
    Optional<String> told = response.headers().firstValue("x-should-retry");
    if (told.isPresent() && told.get().equalsIgnoreCase("true")) return true;
    if (told.isPresent() && told.get().equalsIgnoreCase("false")) return false;
    int status = response.statusCode();
    return status == 408 || status == 409 || status == 429 || status >= 500;
  }

  /** Half a second, doubled each time up to eight, less up to a quarter. */
  static Duration backoff(int repeat) {
    long millis = Math.min(FIRST_MILLIS << Math.min(repeat, 10), LAST_MILLIS);
    return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 4));
  }

  /** How long the server wants to be left alone: milliseconds, seconds, or a date. */
  static Optional<Duration> wanted(HttpHeaders headers) {
    Optional<Duration> wait = headers.firstValue("retry-after-ms").flatMap(text -> amount(text, 1));
    if (wait.isEmpty()) {
      wait = headers.firstValue("retry-after").flatMap(text -> amount(text, 1000));
    }
    if (wait.isEmpty()) {
      wait = headers.firstValue("retry-after").flatMap(text -> untilDate(text, headers));
    }
    return wait.filter(duration -> !duration.isNegative());
  }

  static boolean tooLong(Duration wait) {
    return wait.compareTo(LONGEST) > 0;
  }

  private static Optional<Duration> amount(String text, int unitMillis) {
    try {
      double millis = Double.parseDouble(text.strip()) * unitMillis;
      return Double.isFinite(millis)
          ? Optional.of(Duration.ofMillis((long) millis))
          : Optional.empty();
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /** Counted from the server's own {@code Date}, so that the clocks need not agree. */
  private static Optional<Duration> untilDate(String text, HttpHeaders headers) {
    return headers
        .firstValue("date")
        .flatMap(Retry::date)
        .flatMap(now -> date(text).map(then -> Duration.between(now, then)));
  }

  private static Optional<ZonedDateTime> date(String text) {
    try {
      return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
