package dev.belfry.matrix.sync;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.json.JsonStream;
import dev.belfry.matrix.message.Decrypter;
import dev.belfry.matrix.message.TimelineMapping;
import dev.belfry.matrix.room.Membership;
import dev.belfry.matrix.room.Room;
import dev.belfry.matrix.room.RoomChanges;
import dev.belfry.matrix.room.RoomSettings;
import dev.belfry.model.Participant;
import dev.belfry.model.User;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ChatChanged;
import dev.belfry.network.NetworkEvent.MembersChanged;
import dev.belfry.network.NetworkEvent.TimelineGap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one answer of {@code /sync} says of one room that the owner is in or was in. */
final class RoomSync {
  private final Room room;
  private final String me;
  private final boolean initial;
  private final boolean fresh;
  private final RoomSettings settings;
  private final RoomChanges changes;
  private Json summary = Json.NOTHING;
  private final List<Json> timeline = new ArrayList<>();
  private final List<Json> accountData = new ArrayList<>();
  private final List<Json> ephemeral = new ArrayList<>();
  private final List<String> strangers = new ArrayList<>();
  private boolean limited;
  private boolean stateSeen;
  private @Nullable String earlier;

  /**
   * @param known whether the hub has heard of the room
   * @param initial whether this is the first sync of the device, so that whatever lies before its
   *     timeline may be missing
   */
  RoomSync(Room room, String me, RoomSettings settings, boolean known, boolean initial) {
    this.room = room;
    this.me = me;
    this.settings = settings;
    this.initial = initial;
    this.fresh = initial || !known;
    this.changes = new RoomChanges(room, me, known, settings.isDirect(room.id()));
  }

  /**
   * Reads the room's part. State is taken in as it comes; the rest is kept until the part has
   * ended, as its order is not given.
   */
  void read(JsonStream in) throws IOException, InterruptedException {
    read(in, _ -> {});
  }

  /**
   * @param watcher looks at each state event
   */
  void read(JsonStream in, Consumer<Json> watcher) throws IOException, InterruptedException {
    in.object(part -> {
      switch (part) {
        case "summary" -> summary = in.value();
        case "state" ->
            events(
                in,
                event -> {
                  state(event);
                  watcher.accept(event);
                });
        case "timeline" -> timeline(in);
        case "account_data" -> events(in, accountData::add);
        case "ephemeral" -> events(in, ephemeral::add);
        default -> {}
      }
    });
  }

  private void timeline(JsonStream in) throws IOException, InterruptedException {
    in.object(part -> {
      switch (part) {
        case "events" -> in.list(timeline::add);
        case "limited" -> limited = "true".equals(in.value().toString());
        case "prev_batch" -> earlier = in.value().text();
        default -> {}
      }
    });
  }

  private static void events(JsonStream in, JsonStream.Taker taker)
      throws IOException, InterruptedException {
    in.object(part -> {
      if (part.equals("events")) {
        in.list(taker);
      }
    });
  }

  /** Takes in a state event from beside the timeline. */
  void state(Json event) {
    stateSeen = stateSeen || isCreation(event);
    Items.guard(room.id(), event, () -> changes.read(event));
  }

  /** Whether still nothing says what the room is. */
  boolean lacksState() {
    return !room.isWhole() && !isWhole();
  }

  private boolean isWhole() {
    return stateSeen || timeline.stream().anyMatch(RoomSync::isCreation);
  }

  /** The server of whoever sent the timeline's last event of a type; empty if nobody did. */
  String server(String type) {
    String server = "";
    for (Json event : timeline) {
      String sender = event.text("sender");
      if (type.equals(event.text("type")) && sender != null) {
        server = sender.substring(sender.indexOf(':') + 1);
      }
    }
    return server;
  }

  List<Json> timeline() {
    return timeline;
  }

  /** Tells everything, in the order in which the hub needs it. */
  void tell(Membership now, Decrypter decrypter, Batches to) throws InterruptedException {
    room.membership(now);
    // Whoever comes back is told all of the state anew.
    room.whole(now == Membership.JOINED && (room.isWhole() || isWhole()));
    room.summary(summary);
    changes.heroes(summary.at("m.heroes").texts());
    for (Json event : timeline) {
      Items.guard(room.id(), event, () -> changes.read(event));
    }
    List<NetworkEvent> shape = new ArrayList<>();
    Items.guard(
        room.id(), Json.NOTHING, () -> shape.addAll(changes.events(settings.isDirect(room.id()))));
    to.add(shape);
    meet(shape);
    if (room.isSpace()) {
      return;
    }
    if (initial || (fresh && settings.isMuted(room.id()))) {
      boolean muted = settings.isMuted(room.id());
      to.add(List.of(new ChatChanged(room.id(), ChatUpdate.builder().muted(muted).build())));
    }
    to.together(stretch(decrypter));
    List<NetworkEvent> marks = new ArrayList<>();
    for (Json event : accountData) {
      Items.guard(room.id(), event, () -> RoomAccountData.read(room, event, marks));
    }
    if (initial) {
      RoomAccountData.absent(room, accountData, marks);
    }
    for (Json event : ephemeral) {
      if ("m.receipt".equals(event.text("type"))) {
        Items.guard(
            room.id(), event, () -> Receipts.read(room.id(), event.at("content"), me, marks));
      }
    }
    to.add(marks);
  }

  private void meet(List<NetworkEvent> shape) {
    for (NetworkEvent event : shape) {
      if (room.isBridged() && event instanceof MembersChanged changed) {
        for (Participant member : changed.members()) {
          User user = member.user();
          boolean told =
              user.username() != null || user.phoneNumber() != null || user.email() != null;
          if (!told && !user.isSelf() && !member.isNetworkBot()) {
            strangers.add(user.id().value());
          }
        }
      }
    }
  }

  /** Bridged people of whom the bridge may say more in their profiles. */
  List<String> strangers() {
    return strangers;
  }

  private List<NetworkEvent> stretch(Decrypter decrypter) throws InterruptedException {
    List<NetworkEvent> stretch = new ArrayList<>();
    boolean first = timeline.stream().anyMatch(RoomSync::isCreation);
    if (earlier != null && !earlier.isBlank() && (limited || fresh) && !first) {
      stretch.add(new TimelineGap(room.id(), earlier));
    }
    new TimelineMapping(room, me, decrypter).map(timeline, stretch);
    return stretch;
  }

  private static boolean isCreation(Json event) {
    return "m.room.create".equals(event.text("type")) && "".equals(event.text("state_key"));
  }
}
