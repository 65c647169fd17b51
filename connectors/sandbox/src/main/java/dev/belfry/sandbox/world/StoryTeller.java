package dev.belfry.sandbox.world;

import dev.belfry.model.Delivery;
import dev.belfry.model.MessageContent;
import dev.belfry.network.NetworkEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts one chat's past together. It is told forwards, as later events point to earlier ones, and
 * dated at the end, as only then it is known how long it took.
 */
final class StoryTeller {
  /**
   * How many of the newest events have their state told: older ones would be overtaken by history
   * anyway.
   */
  private static final int STATED = 40;

  private record Told(long atMillis, Function<Instant, NetworkEvent.Timeline> make) {}

  private record Stated(int index, Function<Instant, NetworkEvent> make) {}

  private final Plan plan;
  private final Person self;
  private final List<Told> told = new ArrayList<>();
  private final List<Stated> stated = new ArrayList<>();
  private long clock;
  private int messages;
  private int read;

  StoryTeller(Plan plan, Person self) {
    this.plan = plan;
    this.self = self;
  }

  /** Messages so far. */
  int messages() {
    return messages;
  }

  /** The key of the newest event. */
  String lastKey() {
    return plan.eventKey(told.size() - 1);
  }

  void pause(long millis) {
    clock += millis;
  }

  /** The owner has read everything so far. */
  void read() {
    read = told.size();
  }

  String say(Person sender, MessageContent content) {
    messages++;
    boolean fromMe = sender.equals(self);
    return tell((key, at) ->
        new NetworkEvent.MessageReceived(plan.key(), key, sender.id(), fromMe, content, at, null));
  }

  void edit(Person sender, String target, MessageContent content) {
    boolean fromMe = sender.equals(self);
    tell((key, at) ->
        new NetworkEvent.MessageEdited(
            plan.key(), key, sender.id(), fromMe, target, content, at, null));
  }

  void delete(Person sender, String target) {
    tell((key, at) ->
        new NetworkEvent.MessageDeleted(plan.key(), key, sender.id(), target, at, null));
  }

  /**
   * @param picture of a reaction that is no emoji
   */
  String react(Person sender, String target, String reaction, @Nullable String picture) {
    boolean fromMe = sender.equals(self);
    return tell((key, at) ->
        new NetworkEvent.Reacted(
            plan.key(),
            key,
            sender.id(),
            fromMe,
            target,
            reaction,
            picture == null,
            picture,
            at,
            null));
  }

  /** How the newest event, a message of the owner's, fared. */
  void delivery(Function<Instant, Delivery> how) {
    String key = lastKey();
    stated.add(
        new Stated(
            told.size() - 1,
            at -> new NetworkEvent.DeliveryChanged(plan.key(), key, how.apply(at.plusSeconds(2)))));
  }

  /** Somebody has read up to the newest event. */
  void seenBy(Person reader) {
    String key = lastKey();
    stated.add(
        new Stated(
            told.size() - 1,
            at -> new NetworkEvent.ReadByOther(plan.key(), reader.id(), key, at.plusSeconds(40))));
  }

  private interface Maker {
    NetworkEvent.Timeline make(String key, Instant at);
  }

  private String tell(Maker maker) {
    String key = plan.eventKey(told.size());
    told.add(new Told(clock, at -> maker.make(key, at)));
    return key;
  }

  /**
   * The whole story.
   *
   * @param last when its last event happened
   */
  Story finish(Instant last) {
    Instant first = last.minusMillis(told.isEmpty() ? 0 : told.getLast().atMillis());
    List<NetworkEvent.Timeline> events = new ArrayList<>(told.size());
    for (Told event : told) {
      events.add(event.make().apply(first.plusMillis(event.atMillis())));
    }
    List<NetworkEvent> state = new ArrayList<>();
    for (Stated word : stated) {
      if (word.index() >= events.size() - STATED) {
        state.add(word.make().apply(events.get(word.index()).timestamp()));
      }
    }
    return new Story(events, read, state);
  }
}
