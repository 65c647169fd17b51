package dev.belfry.server.serve;

import dev.belfry.core.events.Keep;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import java.time.Duration;
import java.util.Map;

/**
 * What the environment says of events.
 *
 * @param keep how much of the log is kept: {@code BELFRY_EVENTS_DAYS}, {@code BELFRY_EVENTS_COUNT}
 * @param millis whether events bear Unix milliseconds as their time instead of texts: {@code
 *     BELFRY_EVENTS_TIME=milliseconds}, for clients that know no other (contract, events.md, ts)
 */
record EventSettings(Keep keep, boolean millis) {
  private static final long MOST_DAYS = 36_500;
  private static final long MOST_CHANGES = 1_000_000_000;

  /**
   * Reads them.
   *
   * @throws Failure with what is wrong
   */
  static EventSettings of(Map<String, String> variables) {
    long days = number(variables, "BELFRY_EVENTS_DAYS", Keep.DEFAULT.age().toDays(), MOST_DAYS);
    long changes = number(variables, "BELFRY_EVENTS_COUNT", Keep.DEFAULT.changes(), MOST_CHANGES);
    String time = variables.getOrDefault("BELFRY_EVENTS_TIME", "");
    if (!time.isEmpty() && !time.equals("milliseconds") && !time.equals("text")) {
      throw new Failure(
          ExitStatus.USAGE, "BELFRY_EVENTS_TIME is either text or milliseconds, not " + time);
    }
    return new EventSettings(new Keep(Duration.ofDays(days), changes), time.equals("milliseconds"));
  }

  private static long number(Map<String, String> variables, String name, long usual, long most) {
    String given = variables.getOrDefault(name, "");
    if (given.isEmpty()) {
      return usual;
    }
    if (!given.matches("[0-9]{1,12}")
        || Long.parseLong(given) < 1
        || Long.parseLong(given) > most) {
      throw new Failure(
          ExitStatus.USAGE, name + " is a number from 1 to " + most + ", not " + given);
    }
    return Long.parseLong(given);
  }
}
