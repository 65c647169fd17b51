package dev.belfry.sandbox;

import dev.belfry.model.User;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ReadElsewhere.Source;
import dev.belfry.sandbox.world.Plan;
import dev.belfry.sandbox.world.Story;
import dev.belfry.sandbox.world.World;
import java.util.ArrayList;
import java.util.List;

/** What a new login is told first: everybody, every chat, and the newest messages of each. */
final class InitialSync {
  /** Messages of each chat; what lies before them is {@link History}. */
  private static final int MESSAGES = 50;

  private static final int BATCH = 250;

  private final SimulatedNetwork network;
  private final World world;
  private final User self;
  private final List<List<NetworkEvent>> batches = new ArrayList<>();
  private List<NetworkEvent> batch = new ArrayList<>();

  private InitialSync(SimulatedNetwork network, User self) {
    this.network = network;
    this.world = network.world();
    this.self = self;
  }

  /** To be called while the network is still. A chat is never divided between batches. */
  static List<List<NetworkEvent>> of(SimulatedNetwork network, User self) {
    InitialSync sync = new InitialSync(network, self);
    sync.all();
    return sync.batches;
  }

  private void all() {
    batch.add(new NetworkEvent.SelfChanged(self));
    batch.add(new NetworkEvent.PeopleChanged(world.people()));
    for (Plan plan : world.plans()) {
      List<NetworkEvent> events = chat(plan);
      if (batch.size() + events.size() > BATCH) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.addAll(events);
    }
    batches.add(batch);
    batches.addAll(network.ledger().fates(BATCH));
  }

  private List<NetworkEvent> chat(Plan plan) {
    ChatState chat = network.ledger().chat(plan.key());
    Story story = world.story(plan);
    List<NetworkEvent.Timeline> timeline = new ArrayList<>(story.events());
    timeline.addAll(chat.later());
    List<NetworkEvent> events = new ArrayList<>();
    events.add(new NetworkEvent.ChatChanged(plan.key(), world.update(plan)));
    events.addAll(chat.settings().values());
    events.add(world.members(plan));
    int from = window(timeline);
    if (from > 0) {
      events.add(new NetworkEvent.TimelineGap(plan.key(), History.token(from)));
    }
    events.addAll(timeline.subList(from, timeline.size()));
    events.addAll(story.state());
    String receipt = chat.receipt();
    if (receipt != null) {
      events.add(new NetworkEvent.ReadElsewhere(plan.key(), Source.RECEIPT, receipt));
    }
    String marker = chat.marker();
    if (marker != null) {
      events.add(new NetworkEvent.ReadElsewhere(plan.key(), Source.MARKER, marker));
    }
    if (chat.markedUnread()) {
      events.add(new NetworkEvent.MarkedUnreadElsewhere(plan.key(), true));
    }
    return events;
  }

  private static int window(List<NetworkEvent.Timeline> timeline) {
    int messages = 0;
    for (int i = timeline.size() - 1; i >= 0; i--) {
      if (timeline.get(i) instanceof NetworkEvent.MessageReceived && ++messages == MESSAGES) {
        return i;
      }
    }
    return 0;
  }
}
