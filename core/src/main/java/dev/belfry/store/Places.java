package dev.belfry.store;

import dev.belfry.model.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds places for messages: ids that order a chat as the network's timeline does. A place is near
 * the message's time where the order allows it. Places are unique over all chats, so those of one
 * millisecond are shared; looking for a free one is a few index lookups, however many messages bear
 * the same time.
 */
public final class Places {
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
    long millis = Math.clamp(timestamp.toEpochMilli(), 0, now.toEpochMilli());
    return freeFrom(Math.max(MessageId.firstPlaceOf(millis), last(chat) + 1));
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
      next = below(next, lower, Math.max(0, timestamp.toEpochMilli()));
      places.addFirst(next);
    }
    return places;
  }

  private long below(long next, long lower, long millis) {
    long wanted = MessageId.firstPlaceOf(millis);
    if (wanted > lower && wanted < next) {
      long free = freeFrom(wanted);
      if (free < next) {
        return free;
      }
    }
    // Too late or too early for its neighbours: as near to the one after it as can be, or to the
    // one before it.
    long below = freeUpTo(next - 1);
    if (below > lower) {
      return below;
    }
    throw new IllegalStateException("no free place between " + lower + " and " + next);
  }

  /**
   * The place after the last one taken in the millisecond of {@code place}, or {@code place}
   * itself.
   */
  private long freeFrom(long place) {
    long from = place;
    while (true) {
      long end = MessageId.lastPlaceBeside(from);
      long taken =
          sql.number(-1, "SELECT max(id) FROM message WHERE id BETWEEN ? AND ?", from, end);
      if (taken < 0) {
        return from;
      }
      if (taken < end) {
        return taken + 1;
      }
      from = end + 1;
    }
  }

  /**
   * The place before the first one taken in the millisecond of {@code place}, or {@code place}
   * itself.
   */
  private long freeUpTo(long place) {
    long to = place;
    while (to > 0) {
      long start = MessageId.firstPlaceOf(MessageId.millisOf(to));
      long taken =
          sql.number(-1, "SELECT min(id) FROM message WHERE id BETWEEN ? AND ?", start, to);
      if (taken < 0) {
        return to;
      }
      if (taken > start) {
        return taken - 1;
      }
      to = start - 1;
    }
    return to;
  }
}
