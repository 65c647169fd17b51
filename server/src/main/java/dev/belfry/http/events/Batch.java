package dev.belfry.http.events;

import dev.belfry.core.events.Position;
import java.util.List;

/**
 * Some events that a reader wants.
 *
 * @param events oldest first
 * @param upTo how far the log was looked through
 * @param hasMore whether there is more behind that
 * @param isReset whether the reader was nowhere in this log; then it goes on from {@code upTo}
 */
record Batch(List<WireEvent> events, Position upTo, boolean hasMore, boolean isReset) {}
