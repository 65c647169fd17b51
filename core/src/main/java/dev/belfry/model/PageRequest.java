package dev.belfry.model;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted (contract, Pagination).
 *
 * @param cursor a place of an earlier page; null for an end of the list
 * @param direction towards older or newer items
 * @param limit how many at the most
 */
public record PageRequest(@Nullable String cursor, Direction direction, int limit) {
  /** Which way to go from the cursor. */
  public enum Direction {
    BEFORE,
    AFTER
  }

  /** The refusal of a cursor that no page of such a list gave. */
  public HubException unknownCursor() {
    return HubException.invalid(
        "Unknown cursor: use oldestCursor or newestCursor of an earlier page", "query", "cursor");
  }

  /** The newest items. */
  public static PageRequest newest(int limit) {
    return new PageRequest(null, Direction.BEFORE, limit);
  }
}
