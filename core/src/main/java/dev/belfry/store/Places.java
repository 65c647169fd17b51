package dev.belfry.store;

import dev.belfry.model.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds places for messages: ids that order a chat as the network's timeline does. A place is near
 * the message's time where the order allows it. Places are unique over all chats, so those of one
 * millisecond are shared; looking for a free one is a few index lookups, however many messages bear
 * the same time.
 */
public final class Places {
  /**
   * How many places are left free where something is missing (4 seconds' worth): what fills a gap
   * finds room in order, whatever its clocks say.
   */
  private static final long ROOM = 1L << 24;

  /**
   * How many places of a millisecond the first message of a chat in it may take, and how far apart
   * the next ones are at the most: by chance, as places in turn would tell the reader of one chat
   * that something came in another (decision 0010).
   */
  private static final int SLOTS = 1 << 11;

  private static final int STEP = 16;

  /** The latest time that has places. */
  private static final long LAST_MILLIS = MessageId.millisOf(MessageId.PENDING) - 1;

  private final Sql sql;

  Places(Sql sql) {
    this.sql = sql;
  }

  /** The place of the chat's last timeline event; 0 where there is none. */
  public long last(long chat) {
    return sql.number(0, "SELECT max(id) FROM message WHERE chat = ?", chat);
  }

  /** The place of the timeline event before {@code place}; 0 where there is none. */
  public long before(long chat, long place) {
    return sql.number(0, "SELECT max(id) FROM message WHERE chat = ? AND id < ?", chat, place);
  }

  /**
   * A place for what has just happened: after everything in its chat. Order beats clock: a sender
   * whose clock is slow does not slip below the read marker, one whose clock is fast does not stick
   * to the top.
   */
  public long atEnd(long chat, Instant timestamp, Instant now) {
    return freeFrom(end(chat, placeOf(timestamp, now), step()));
  }

  /** As {@link #atEnd}, with room before it for what is missing. */
  public long afterGap(long chat, Instant timestamp, Instant now) {
    return freeFrom(end(chat, placeOf(timestamp, now), ROOM));
  }

  /** The end of a stretch that is missing after everything in a chat. */
  public long endOfGap(long chat, Instant now) {
    return end(chat, placeOf(now, now), ROOM);
  }

  /** A place after all that is stored, and after what is missing at the end. */
  private long end(long chat, long wanted, long room) {
    long gap = sql.number(0, "SELECT max(before) FROM gap WHERE chat = ?", chat);
    return Math.max(wanted, Math.max(gap, last(chat) + room));
  }

  private static long placeOf(Instant timestamp, Instant now) {
    return slotted(Math.min(millis(timestamp), millis(now)));
  }

  /** Any of the places that the first message of a millisecond may take. */
  static long slotted(long millis) {
    return MessageId.firstPlaceOf(millis) + ThreadLocalRandom.current().nextInt(SLOTS);
  }

  private static int step() {
    return 1 + ThreadLocalRandom.current().nextInt(STEP);
  }

  /** Networks hand over any number as a time. */
  private static long millis(Instant timestamp) {
    if (timestamp.isBefore(Instant.EPOCH)) {
      return 0;
    }
    var last = Instant.ofEpochMilli(LAST_MILLIS);
    return timestamp.isAfter(last) ? LAST_MILLIS : timestamp.toEpochMilli();
  }

  /**
   * Places for a stretch of history that lies right before {@code upper} and after what is stored
   * before that.
   *
   * @param timestamps of the stretch, in the timeline's order
   * @return as many places, ascending
   */
  public List<Long> between(long chat, long upper, List<Instant> timestamps) {
    long lower = before(chat, upper);
    var places = new ArrayList<Long>(timestamps.size());
    long next = upper;
    for (var timestamp : timestamps.reversed()) {
      next = below(next, lower, millis(timestamp));
      places.addFirst(next);
    }
    return places;
  }

  private long below(long next, long lower, long millis) {
    long wanted = slotted(millis);
    if (wanted > lower) {
      // Not too near to the lower end, as more may have to go between.
      long free = Math.max(wanted, lower + ROOM);
      if (free < next) {
        free = freeFrom(free);
      }
      if (free < next) {
        return free;
      }
    }
    // Too late or too early for its neighbours: as near to the one after it as can be.
    for (long step : new long[] {step(), 1}) {
      long below = freeUpTo(next - step);
      if (below > lower) {
        return below;
      }
    }
    throw new IllegalStateException("no free place between " + lower + " and " + next);
  }

  private boolean isFree(long place) {
    return sql.number(0, "SELECT 1 FROM message WHERE id = ?", place) == 0;
  }

  /**
   * {@code place} if it is free, else one after it: after the last one taken in its millisecond, or
   * in one after that.
   */
  private long freeFrom(long place) {
    long from = place;
    while (!isFree(from)) {
      long end = MessageId.lastPlaceBeside(from);
      long taken =
          sql.number(from, "SELECT max(id) FROM message WHERE id BETWEEN ? AND ?", from, end);
      from = taken + 1;
    }
    return from;
  }

  /** The mirror of {@link #freeFrom}. */
  private long freeUpTo(long place) {
    long to = place;
    while (to > 0 && !isFree(to)) {
      long start = MessageId.firstPlaceOf(MessageId.millisOf(to));
      long taken =
          sql.number(to, "SELECT min(id) FROM message WHERE id BETWEEN ? AND ?", start, to);
      to = taken - 1;
    }
    return to;
  }
}
