package dev.belfry.matrix.room;

import dev.belfry.matrix.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be remembered of a room between two syncs, because a homeserver tells each thing once.
 * The syncing thread alone changes it; other threads read it as it stands.
 */
public final class Room {
  private final String id;
  volatile Membership membership = Membership.JOINED;
  volatile boolean space;
  volatile int version;
  volatile Set<String> creators = Set.of();
  volatile @Nullable String name;
  volatile @Nullable String alias;
  volatile @Nullable String successor;
  volatile @Nullable Powers powers;

  /**
   * When encryption was switched on, Unix milliseconds; negative while it is not. It is never
   * switched off again.
   */
  volatile long encryptedSince = -1;

  /** Whether what it is encrypted with is something that nobody here can encrypt with. */
  volatile boolean foreignEncryption;

  volatile @Nullable String bridge;
  volatile @Nullable String bridgeType;
  volatile Set<String> bridgeBots = Set.of();
  volatile Set<String> serviceMembers = Set.of();
  volatile @Nullable Integer joined;
  volatile @Nullable Integer invited;
  volatile boolean directInvite;
  volatile boolean markedUnread;
  volatile boolean markedUnreadOldWay;
  volatile @Nullable Json timer;

  /** Whether all of its state was seen, and not only what a sync happened to mention. */
  volatile boolean whole;

  volatile @Nullable Move move;

  /** Whether a bridge says what can be done in it. */
  volatile boolean featured;

  Room(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  public Membership membership() {
    return membership;
  }

  public void membership(Membership now) {
    membership = now;
  }

  /**
   * Whether all of its state was seen since the owner is in it. Until then what is not set is not
   * known: it may well be encrypted.
   */
  public boolean isWhole() {
    return whole;
  }

  public void whole(boolean now) {
    whole = now;
  }

  /** That its successor is still to be joined; null when there is nothing to do. */
  public @Nullable Move move() {
    return move;
  }

  /** A space holds rooms and is no chat. */
  public boolean isSpace() {
    return space;
  }

  /** The room version, as far as its rules matter here; 0 when unknown. */
  public int version() {
    return version;
  }

  public boolean isEncrypted() {
    return encryptedSince >= 0;
  }

  /** Whether a message sent then should have been encrypted. */
  public boolean wasEncryptedAt(long unixMillis) {
    return encryptedSince >= 0 && unixMillis > encryptedSince;
  }

  public @Nullable String successor() {
    return successor;
  }

  public boolean isBridged() {
    return bridge != null;
  }

  /** The disappearing timer that a bridge has for the room; null where there is none. */
  public @Nullable Json timer() {
    return timer;
  }

  public @Nullable Integer joined() {
    return joined;
  }

  /** A bridge's own bot, or another helper that is nobody's correspondent. */
  public boolean isBot(String user) {
    return bridgeBots.contains(user) || serviceMembers.contains(user);
  }

  public boolean isBridgeBot(String user) {
    return bridgeBots.contains(user);
  }

  public boolean isAdmin(String user) {
    if (creators.contains(user) && (version >= 12 || powers == null)) {
      return true;
    }
    Powers set = powers;
    return set != null && set.of(user) >= Powers.ADMIN;
  }

  /** Whether {@code @room} from this user notifies everybody. */
  public boolean mayNotifyRoom(String user) {
    Powers set = powers;
    return isAdmin(user) || (set != null && set.of(user) >= set.notifyRoom());
  }

  boolean mayWrite(String user) {
    if (version >= 12 && creators.contains(user)) {
      return true;
    }
    Powers set = powers;
    return set == null || set.of(user) >= (isEncrypted() ? set.encrypted() : set.message());
  }

  /** Whether this user may change a setting, by the type of its event. */
  boolean mayChange(String user, String type) {
    if (version >= 12 && creators.contains(user)) {
      return true;
    }
    Powers set = powers;
    return set == null || set.of(user) >= set.state().getOrDefault(type, Powers.ADMIN);
  }

  /** How a flag that a person set stands, by its present name and by its older one. */
  public boolean markedUnread(boolean oldWay) {
    return oldWay ? markedUnreadOldWay : markedUnread;
  }

  public void markedUnread(boolean oldWay, boolean now) {
    if (oldWay) {
      markedUnreadOldWay = now;
    } else {
      markedUnread = now;
    }
  }

  /** The counts of a sync's summary, each of which is left out when it has not changed. */
  public void summary(Json summary) {
    Integer nowJoined = summary.size("m.joined_member_count");
    joined = nowJoined == null ? joined : nowJoined;
    Integer nowInvited = summary.size("m.invited_member_count");
    invited = nowInvited == null ? invited : nowInvited;
  }

  Json toJson() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("id", id);
    all.put("membership", membership.name());
    all.put("space", space);
    all.put("version", version);
    all.put("creators", List.copyOf(creators));
    all.put("name", name);
    all.put("alias", alias);
    all.put("successor", successor);
    Powers set = powers;
    all.put("powers", set == null ? null : set.content());
    all.put("encrypted_since", encryptedSince);
    all.put("foreign_encryption", foreignEncryption);
    all.put("bridge", bridge);
    all.put("bridge_type", bridgeType);
    all.put("bridge_bots", List.copyOf(bridgeBots));
    all.put("service_members", List.copyOf(serviceMembers));
    all.put("joined", joined);
    all.put("invited", invited);
    all.put("direct_invite", directInvite);
    all.put("marked_unread", markedUnread);
    all.put("marked_unread_old", markedUnreadOldWay);
    all.put("timer", timer);
    all.put("featured", featured);
    all.put("lacking", !whole);
    Move next = move;
    all.put("move", next == null ? null : next.toJson());
    all.values().removeIf(value -> value == null || value.equals(false) || value.equals(List.of()));
    return Json.of(all);
  }

  static Room fromJson(String id, Json json) {
    Room room = new Room(id);
    String membership = json.text("membership");
    for (Membership value : Membership.values()) {
      if (value.name().equals(membership)) {
        room.membership = value;
      }
    }
    room.space = json.isTrue("space");
    room.version = (int) json.number("version", 0);
    room.creators = Set.copyOf(json.at("creators").texts());
    room.name = json.text("name");
    room.alias = json.text("alias");
    room.successor = json.text("successor");
    room.powers = json.has("powers") ? Powers.of(json.at("powers")) : null;
    room.encryptedSince = json.number("encrypted_since", -1);
    room.foreignEncryption = json.isTrue("foreign_encryption");
    room.bridge = json.text("bridge");
    room.bridgeType = json.text("bridge_type");
    room.bridgeBots = Set.copyOf(json.at("bridge_bots").texts());
    room.serviceMembers = Set.copyOf(json.at("service_members").texts());
    room.joined = json.size("joined");
    room.invited = json.size("invited");
    room.directInvite = json.isTrue("direct_invite");
    room.markedUnread = json.isTrue("marked_unread");
    room.markedUnreadOldWay = json.isTrue("marked_unread_old");
    room.timer = json.has("timer") ? json.at("timer") : null;
    room.featured = json.isTrue("featured");
    room.move = Move.of(json.at("move"));
    // Whoever saw all of the state has seen who made the room.
    room.whole =
        !json.isTrue("lacking")
            && room.membership == Membership.JOINED
            && (room.version > 0 || !room.creators.isEmpty());
    return room;
  }
}
