package dev.belfry.sandbox;

import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ReadElsewhere.Source;
import dev.belfry.sandbox.journal.Setting;
import dev.belfry.sandbox.world.Plan;
import dev.belfry.sandbox.world.Story;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated network knows of one chat for the owner's account. Guarded by the network's
 * lock.
 */
final class ChatState {
  private final Plan plan;
  private int next;
  private final List<NetworkEvent.Timeline> later = new ArrayList<>();
  private @Nullable String receipt;
  private @Nullable String marker;
  private boolean markedUnread;
  private final Map<Setting, NetworkEvent.ChatChanged> settings = new EnumMap<>(Setting.class);

  ChatState(Plan plan, Story story) {
    this.plan = plan;
    this.next = story.events().size();
    this.markedUnread = plan.markedUnread();
    this.receipt = story.read() == 0 ? null : plan.eventKey(story.read() - 1);
    this.marker = receipt;
  }

  Plan plan() {
    return plan;
  }

  /** Timeline events since the first start. */
  List<NetworkEvent.Timeline> later() {
    return List.copyOf(later);
  }

  /** The number in the key of the next timeline event. */
  int next() {
    return next;
  }

  @Nullable String receipt() {
    return receipt;
  }

  @Nullable String marker() {
    return marker;
  }

  boolean markedUnread() {
    return markedUnread;
  }

  /** What has been set since the first start. */
  Map<Setting, NetworkEvent.ChatChanged> settings() {
    return Collections.unmodifiableMap(settings);
  }

  boolean archived() {
    NetworkEvent.ChatChanged set = settings.get(Setting.ARCHIVED);
    return set == null ? plan.archived() : Boolean.TRUE.equals(set.update().archived());
  }

  /** Whether an event of this chat lies after another; an unknown one lies before all. */
  boolean isAfter(String key, @Nullable String other) {
    return number(key) > (other == null ? -1 : number(other));
  }

  private int number(String key) {
    String prefix = plan.eventKey(0).substring(0, plan.eventKey(0).length() - 1);
    int dot = key.indexOf('.', prefix.length());
    try {
      return key.startsWith(prefix)
          ? Integer.parseInt(key, prefix.length(), dot < 0 ? key.length() : dot, 10)
          : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  void apply(NetworkEvent event) {
    switch (event) {
      case NetworkEvent.Timeline timeline -> {
        later.add(timeline);
        next = Math.max(next, number(timeline.key()) + 1);
      }
      case NetworkEvent.ReadElsewhere read when read.source() == Source.RECEIPT ->
          receipt = read.upToKey();
      case NetworkEvent.ReadElsewhere read -> marker = read.upToKey();
      case NetworkEvent.MarkedUnreadElsewhere unread -> markedUnread = unread.markedUnread();
      case NetworkEvent.ChatChanged changed when changed.update().type() == null ->
          Setting.of(changed.update()).ifPresent(setting -> settings.put(setting, changed));
      // what a chat had when it was opened
      case NetworkEvent.ChatChanged _ -> {}
      case NetworkEvent.ReadByOther _,
          NetworkEvent.DeliveryChanged _,
          NetworkEvent.MessageRevealed _,
          NetworkEvent.TimelineGap _,
          NetworkEvent.MembersChanged _,
          NetworkEvent.PeopleChanged _,
          NetworkEvent.ChatGone _,
          NetworkEvent.ChatsListed _,
          NetworkEvent.SelfChanged _ -> {}
    }
  }
}
