package dev.belfry.matrix.sync;

import dev.belfry.network.Events;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.MembersChanged;
import java.util.ArrayList;
import java.util.List;

/** Hands events over in batches that are neither many nor heavy. */
final class Batches {
  private static final int HEAVY = 200;
  private static final int MEMBERS_OF_ONE_WEIGHT = 10;

  private final Events events;
  private List<NetworkEvent> batch = new ArrayList<>();
  private int weight;

  Batches(Events events) {
    this.events = events;
  }

  void add(List<? extends NetworkEvent> more) {
    for (NetworkEvent event : more) {
      together(List.of(event));
    }
  }

  /** Adds what must not be torn apart: a gap and the timeline after it. */
  void together(List<? extends NetworkEvent> more) {
    int heavier = 0;
    for (NetworkEvent event : more) {
      heavier +=
          event instanceof MembersChanged members
              ? 1 + members.members().size() / MEMBERS_OF_ONE_WEIGHT
              : 1;
    }
    if (weight + heavier > HEAVY) {
      flush();
    }
    batch.addAll(more);
    weight += heavier;
  }

  void flush() {
    if (!batch.isEmpty()) {
      List<NetworkEvent> full = batch;
      batch = new ArrayList<>();
      weight = 0;
      events.accept(full);
    }
  }
}
