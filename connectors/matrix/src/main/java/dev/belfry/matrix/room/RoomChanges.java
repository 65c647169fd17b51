package dev.belfry.matrix.room;

import dev.belfry.matrix.json.Json;
import dev.belfry.model.Participant;
import dev.belfry.model.UserId;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ChatChanged;
import dev.belfry.network.NetworkEvent.MembersChanged;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a room's state events, full or stripped, one after another, and says what they change of
 * the chat.
 */
public final class RoomChanges {
  /** The one way of encrypting a room that there is (specification, Messaging Algorithms). */
  private static final String MEGOLM = "m.megolm.v1.aes-sha2";

  /** A room of a hundred thousand members comes in parts. */
  private static final int MEMBERS_AT_ONCE = 200;

  private final Room room;
  private final String me;
  private final @Nullable ChatShape shapeBefore;
  private final @Nullable Integer joinedBefore;
  private ChatUpdate.Builder update = ChatUpdate.builder();
  private boolean changed;
  private boolean featuresGone;
  private final Map<String, Json> members = new LinkedHashMap<>();
  private final Set<String> left = new LinkedHashSet<>();
  private final Set<String> regraded = new HashSet<>();

  /**
   * Begins with nothing said.
   *
   * @param known whether the hub has heard of this room before
   */
  public RoomChanges(Room room, String me, boolean known, boolean direct) {
    this.room = room;
    this.me = me;
    this.shapeBefore = known ? ChatShape.of(room, me, direct) : null;
    this.joinedBefore = known ? room.joined : null;
  }

  /** What holds of a room that the owner is in no longer, whatever room it was. */
  public static ChatUpdate left(String me) {
    Room room = new Room("");
    room.membership = Membership.LEFT;
    ChatShape shape = ChatShape.of(room, me, false);
    return ChatUpdate.builder()
        .readOnly(shape.readOnly())
        .sendRefusal(shape.sendRefusal())
        .capabilities(MatrixFeatures.with(shape.settings()))
        .build();
  }

  /** Takes in one event; what is no state event of interest is passed over. */
  public void read(Json event) {
    String type = event.text("type");
    String key = event.text("state_key");
    if (type == null || key == null) {
      return;
    }
    if (type.equals("m.room.member")) {
      member(key, event.at("content"));
      return;
    }
    if (type.equals("m.bridge") || type.equals("uk.half-shot.bridge")) {
      // One event for each bridge, keyed by the bridge.
      Bridges.read(room, event.at("content"));
      return;
    }
    if (key.isEmpty()) {
      own(type, event, event.at("content"));
    }
  }

  private void own(String type, Json event, Json content) {
    switch (type) {
      case "m.room.create" -> create(event, content);
      case "m.room.name" -> room.name = content.words("name");
      case "m.room.canonical_alias" -> room.alias = content.words("alias");
      case "m.room.topic" -> said(update.description(content.words("topic")));
      case "m.room.avatar" -> said(update.imgURL(People.mxc(content.text("url"))));
      case "m.room.encryption" -> encryption(event, content);
      case "m.room.tombstone" -> {
        String successor = content.words("replacement_room");
        room.successor = successor == null ? "" : successor;
      }
      case "m.room.power_levels" -> powers(Powers.of(content));
      case "io.element.functional_members" ->
          room.serviceMembers = Set.copyOf(content.at("service_members").texts());
      case "com.beeper.room_features" -> {
        featuresGone = content.names().isEmpty();
        room.featured = !featuresGone;
        if (room.featured) {
          said(update.capabilities(Features.of(content)));
        }
      }
      case "com.beeper.disappearing_timer" -> {
        Integer seconds = Bridges.expirySeconds(content);
        room.timer = seconds == null ? null : content;
        said(update.messageExpirySeconds(seconds));
      }
      default -> {}
    }
  }

  private void said(ChatUpdate.Builder more) {
    changed = true;
    update = more;
  }

  private void create(Json event, Json content) {
    room.space = "m.space".equals(content.text("type"));
    room.version = version(content.text("room_version"));
    Set<String> creators = new LinkedHashSet<>();
    String sender = event.words("sender");
    String named = content.words("creator");
    if (sender != null || named != null) {
      creators.add(sender != null ? sender : named == null ? "" : named);
    }
    if (room.version >= 12) {
      creators.addAll(content.at("additional_creators").texts());
    }
    room.creators = Set.copyOf(creators);
    Long at = event.number("origin_server_ts");
    if (at != null && at > 0) {
      said(update.createdAt(Times.of(at)));
    }
  }

  private static int version(@Nullable String name) {
    if (name == null) {
      return 1;
    }
    // The unstable name under which rooms of version 12 were first made.
    if (name.equals("org.matrix.hydra.11")) {
      return 12;
    }
    return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
  }

  private void encryption(Json event, Json content) {
    room.foreignEncryption = !MEGOLM.equals(content.text("algorithm"));
    if (room.encryptedSince < 0) {
      room.encryptedSince = Math.max(0, event.number("origin_server_ts", 0));
    }
  }

  private void powers(Powers now) {
    Powers old = room.powers;
    room.powers = now;
    if (old == null || shapeBefore == null) {
      // The members that come along are graded as they come; the others named here may have left
      // long ago.
      return;
    }
    regraded.addAll(old.users().keySet());
    regraded.addAll(now.users().keySet());
    regraded.removeIf(user -> (old.of(user) >= Powers.ADMIN) == (now.of(user) >= Powers.ADMIN));
  }

  private void member(String id, Json content) {
    if (id.isBlank()) {
      return;
    }
    String membership = content.text("membership");
    if ("join".equals(membership) || "invite".equals(membership)) {
      members.put(id, content);
      left.remove(id);
      if (id.equals(me)) {
        room.directInvite = "invite".equals(membership) && content.isTrue("is_direct");
      }
    } else if (membership != null) {
      members.remove(id);
      left.add(id);
    }
  }

  /**
   * People of whom the summary knows that they matter for the room's name, though no member event
   * of theirs came along.
   */
  public void heroes(List<String> ids) {
    int total = (room.joined == null ? 0 : room.joined) + (room.invited == null ? 0 : room.invited);
    for (String id : ids) {
      // In a room that everybody else has left, heroes are those who left.
      if (total > 1 && shapeBefore == null && !id.isBlank() && !left.contains(id)) {
        members.putIfAbsent(id, Json.NOTHING);
      }
    }
  }

  /** What to tell the hub before anything else of the room. Empty for a space. */
  public List<NetworkEvent> events(boolean direct) {
    List<NetworkEvent> events = new ArrayList<>();
    if (room.space) {
      return events;
    }
    ChatShape shape = ChatShape.of(room, me, direct);
    if (!shape.equals(shapeBefore)) {
      shape.into(update);
      changed = true;
    }
    boolean settingsChanged =
        shapeBefore == null || featuresGone || !shape.settings().equals(shapeBefore.settings());
    if (settingsChanged && !room.featured) {
      said(update.capabilities(MatrixFeatures.with(shape.settings())));
    }
    if (changed) {
      events.add(new ChatChanged(room.id(), update.build()));
    }
    memberEvents(events);
    return events;
  }

  private void memberEvents(List<NetworkEvent> events) {
    for (String user : regraded) {
      // Names are left as they are known: a change of power says nothing about them.
      if (!user.isBlank() && !left.contains(user)) {
        members.putIfAbsent(user, Json.NOTHING);
      }
    }
    List<Participant> now =
        members.entrySet().stream()
            .map(entry -> People.member(room, entry.getKey(), entry.getValue(), me))
            .toList();
    List<UserId> gone = shapeBefore == null ? List.of() : left.stream().map(UserId::new).toList();
    Integer total = room.joined;
    boolean counted = total != null && !total.equals(joinedBefore);
    if (now.isEmpty() && gone.isEmpty() && !counted) {
      return;
    }
    for (int from = 0; from == 0 || from < now.size(); from += MEMBERS_AT_ONCE) {
      int to = Math.min(from + MEMBERS_AT_ONCE, now.size());
      List<UserId> leaving = from == 0 ? gone : List.of();
      events.add(new MembersChanged(room.id(), now.subList(from, to), leaving, false, total));
    }
  }
}
