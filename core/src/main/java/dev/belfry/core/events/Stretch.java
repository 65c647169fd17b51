package dev.belfry.core.events;

import java.util.List;

/**
 * A part of the event log.
 *
 * @param events oldest first
 * @param upTo how far the log was looked through, which may be beyond the last of the events
 * @param hasMore whether there is more behind that
 * @param isReset whether the reader's position is none of this log, or no longer: then there are no
 *     events, and {@code upTo} is the log's end
 */
public record Stretch(List<Event> events, Position upTo, boolean hasMore, boolean isReset) {
  public Stretch {
    events = List.copyOf(events);
  }
}
