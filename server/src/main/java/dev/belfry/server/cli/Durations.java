package dev.belfry.server.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 90m}, {@code 12h}, {@code 30d}, {@code 2w}, {@code 1y}, or
 * {@code never}.
 */
final class Durations {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([mhdwy])");
  private static final Duration LONGEST = Duration.ofDays(100L * 365);

  private Durations() {}

  /**
   * Empty for {@code never}.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  static Optional<Duration> parse(String text) {
    if (text.equals("never")) {
      return Optional.empty();
    }
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration: write such as 90m, 12h, 30d, 2w, 1y, or never");
    }
    long count = Long.parseLong(parts.group(1));
    var duration =
        switch (parts.group(2)) {
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          case "d" -> Duration.ofDays(count);
          case "w" -> Duration.ofDays(count * 7);
          default -> Duration.ofDays(count * 365);
        };
    if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is out of range: from 1m to 100y, or never");
    }
    return Optional.of(duration);
  }
}
