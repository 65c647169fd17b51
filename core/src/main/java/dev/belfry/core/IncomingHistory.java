package dev.belfry.core;

import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.Timeline;
import dev.belfry.store.GapTable.Gap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stretch of history on its way into a gap of a chat's timeline. */
final class IncomingHistory {
  private final Incoming incoming;
  private final Gap gap;
  private boolean joined;
  private long oldest;

  IncomingHistory(Incoming incoming, Gap gap) {
    this.incoming = incoming;
    this.gap = gap;
    this.oldest = gap.before();
  }

  /**
   * An event and where it goes.
   *
   * @param place null for what has no place
   */
  record Placed(NetworkEvent event, @Nullable Long place) {}

  /** Gives the new ones among {@code events} their places, right before the gap's end. */
  List<Placed> place(List<NetworkEvent> events) {
    var fresh = fresh(events);
    var times = new ArrayList<Instant>();
    for (var event : fresh) {
      if (event instanceof Timeline timeline) {
        times.add(timeline.timestamp());
      }
    }
    var places = incoming.tx().places().between(gap.chat(), gap.before(), times).iterator();
    var result = new ArrayList<Placed>(fresh.size());
    for (var event : fresh) {
      if (event instanceof Timeline) {
        long place = places.next();
        oldest = Math.min(oldest, place);
        result.add(new Placed(event, place));
      } else {
        result.add(new Placed(event, null));
      }
    }
    return result;
  }

  /**
   * What is new, up to where the stretch joins what is stored: what is older than that and not
   * stored lies in another gap, and not here.
   */
  private List<NetworkEvent> fresh(List<NetworkEvent> events) {
    var tx = incoming.tx();
    var fresh = new ArrayList<NetworkEvent>();
    for (var event : events.reversed()) {
      if (!(event instanceof Timeline timeline)) {
        fresh.add(event);
        continue;
      }
      var known = tx.messages().find(gap.chat(), timeline.key());
      // One that we placed ourselves says nothing about what lies around it.
      joined |= known.filter(e -> e.id() < gap.before() && !e.placedHere()).isPresent();
      if (known.isEmpty() && !joined) {
        fresh.add(event);
      }
    }
    return fresh.reversed();
  }

  /** Shrinks or closes the gap; whether anything is left of it. */
  boolean close(@Nullable String nextToken) {
    var gaps = incoming.tx().gaps();
    incoming.touch(gap.chat());
    boolean stuck = oldest == gap.before() && gap.token().equals(nextToken);
    if (nextToken == null || joined || stuck) {
      gaps.close(gap.id());
      return false;
    }
    gaps.shrink(gap.id(), oldest, nextToken);
    return true;
  }
}
