package dev.belfry.model;

/**
 * A message's place in time and its identity: Unix milliseconds times 4096 plus a slot. It orders
 * the messages of a chat as the network's timeline does and never changes once given.
 *
 * @param value positive
 */
public record MessageId(long value) implements Comparable<MessageId> {
  private static final int SLOT_BITS = 12;
  private static final int SORT_KEY_DIGITS = 19;

  /**
   * Places at or above this are those of messages that wait for their network: after everything
   * that has a place.
   */
  public static final long PENDING = 1L << 62;

  /** The first place of a millisecond. */
  public static long firstPlaceOf(long unixMillis) {
    return unixMillis << SLOT_BITS;
  }

  /** The last place of the millisecond that {@code place} lies in. */
  public static long lastPlaceBeside(long place) {
    return place | ((1L << SLOT_BITS) - 1);
  }

  /** The millisecond that {@code place} lies in. */
  public static long millisOf(long place) {
    return place >> SLOT_BITS;
  }

  /** Whether this is the place of a message that its network has not confirmed yet. */
  public boolean isPending() {
    return value >= PENDING;
  }

  /** Fixed width, so that the order as text is the order in time: the API's {@code sortKey}. */
  public String sortKey() {
    var digits = Long.toString(value);
    return "0".repeat(Math.max(0, SORT_KEY_DIGITS - digits.length())) + digits;
  }

  @Override
  public int compareTo(MessageId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
