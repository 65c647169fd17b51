package dev.belfry.core.events;

import java.time.Instant;

/**
 * A place in the change log: behind a change.
 *
 * @param seq the number of that change
 * @param stamp tells it from the change that bears its number in another history, such as that of a
 *     file which was put back by hand
 */
public record Position(long seq, int stamp) {
  /** A place that no log has. */
  static final Position NOWHERE = new Position(-1, 0);

  static Position of(long seq, Instant at) {
    return new Position(seq, (int) at.toEpochMilli());
  }
}
