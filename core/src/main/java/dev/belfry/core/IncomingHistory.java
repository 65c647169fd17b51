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
    var tx = incoming.tx();
    var fresh = new ArrayList<NetworkEvent>();
    var times = new ArrayList<Instant>();
    for (var event : events) {
      if (event instanceof Timeline timeline) {
        var known = tx.messages().find(gap.chat(), timeline.key());
        if (known.isPresent()) {
          // One that we placed ourselves says nothing about what lies around it.
          joined |= known.get().id() < gap.before() && !known.get().placedHere();
          continue;
        }
        times.add(timeline.timestamp());
      }
      fresh.add(event);
    }
    var places = tx.places().between(gap.chat(), gap.before(), times).iterator();
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
