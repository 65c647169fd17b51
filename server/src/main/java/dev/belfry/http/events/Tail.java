package dev.belfry.http.events;

import dev.belfry.core.events.ChatFilter;
import dev.belfry.core.events.Event;
import dev.belfry.core.events.EventLog;
import dev.belfry.core.events.Position;
import dev.belfry.core.events.Stretch;
import dev.belfry.model.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The newest events for all readers that may see the same, read and written once. Who lags behind
 * its beginning reads the log by itself, until it has caught up.
 */
final class Tail {
  private static final int EVENTS = 1000;
  private static final int BYTES = 4 << 20;
  private static final int READ_AT_ONCE = 200;

  private final EventLog log;
  private final Grant grant;
  private final boolean millis;
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private volatile State state;

  /** All events behind {@code from} up to {@code upTo}. */
  private record State(Position from, Position upTo, List<WireEvent> events) {
    /** The index of the first event behind a position. */
    int firstAfter(Position position) {
      int low = 0;
      int high = events.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (events.get(middle).position().seq() > position.seq()) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    }
  }

  Tail(EventLog log, Grant grant, boolean millis) {
    this.log = log;
    this.grant = grant;
    this.millis = millis;
    var end = log.end();
    state = new State(end, end, List.of());
  }

  void add(Reader reader) {
    readers.add(reader);
  }

  /** Whether nobody reads it any more. */
  boolean remove(Reader reader) {
    readers.remove(reader);
    return readers.isEmpty();
  }

  Set<Reader> readers() {
    return readers;
  }

  /** Whether something may have come after a position. */
  boolean isBeyond(Position position) {
    return state.upTo().seq() > position.seq();
  }

  /** Takes in what is new, and tells the readers. By one thread only. */
  void extend() {
    boolean more = true;
    while (more) {
      var stretch = log.read(grant, ChatFilter.ALL, state.upTo(), READ_AT_ONCE);
      more = stretch.hasMore();
      state =
          stretch.isReset()
              ? new State(stretch.upTo(), stretch.upTo(), List.of())
              : extended(state, stretch);
      readers.forEach(Reader::unpark);
    }
  }

  private State extended(State old, Stretch by) {
    var more = by.events().stream().map(this::wire).toList();
    var from = old.from();
    var events = new ArrayList<>(old.events());
    int stale = lastOfDeleted(events, more);
    if (stale >= 0) {
      // Nobody shall get the text any more: who has not heard of it yet is told by the log.
      from = events.get(stale).position();
      events.subList(0, stale + 1).clear();
    }
    events.addAll(more);
    int kept = events.size();
    for (long bytes = 0; kept > 0 && events.size() - kept < EVENTS; kept--) {
      bytes += events.get(kept - 1).size();
      if (bytes > BYTES) {
        break;
      }
    }
    if (kept > 0) {
      from = events.get(kept - 1).position();
    }
    return new State(from, by.upTo(), List.copyOf(events.subList(kept, events.size())));
  }

  /** The index of the last event of a message that is deleted by what came later; -1 for none. */
  private static int lastOfDeleted(List<WireEvent> events, List<WireEvent> more) {
    var gone =
        more.stream()
            .filter(WireEvent::isDeletion)
            .map(deletion -> deletion.ids().getFirst())
            .collect(Collectors.toSet());
    int last = gone.isEmpty() ? -1 : events.size() - 1;
    while (last >= 0 && events.get(last).ids().stream().noneMatch(gone::contains)) {
      last--;
    }
    return last;
  }

  /**
   * What comes after a position.
   *
   * @param after null for all that is kept
   * @param isTrusted whether the position is known to be of this log
   */
  Batch read(ChatFilter chats, @Nullable Position after, boolean isTrusted, int limit) {
    var now = state;
    if (after != null
        && after.seq() >= now.from().seq()
        && after.seq() <= now.upTo().seq()
        && (isTrusted || (grant.isUnlimited() && isAt(now, after)))) {
      // Who is not shown everything always begins with the log: what is kept here may show a
      // message
      // as it was, so a reader could tell whether its cursor is that of an event of its own.
      return take(now, chats, after, limit);
    }
    var stretch = log.read(grant, chats, after, limit);
    return new Batch(
        stretch.events().stream().map(this::wire).toList(),
        stretch.upTo(),
        stretch.hasMore(),
        stretch.isReset());
  }

  private static boolean isAt(State state, Position position) {
    int behind = state.firstAfter(position);
    return behind > 0 && state.events().get(behind - 1).position().equals(position);
  }

  private static Batch take(State state, ChatFilter chats, Position after, int limit) {
    var all = state.events();
    var taken = new ArrayList<WireEvent>();
    for (int i = state.firstAfter(after); i < all.size(); i++) {
      var event = all.get(i);
      if (event.isWantedBy(chats)) {
        if (taken.size() == limit) {
          return new Batch(taken, taken.getLast().position(), true, false);
        }
        taken.add(event);
      }
    }
    return new Batch(taken, state.upTo(), false, false);
  }

  private WireEvent wire(Event event) {
    return WireEvent.of(event, log.cursor(event), millis);
  }
}
