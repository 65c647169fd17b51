package dev.belfry.homeserver;

import static dev.belfry.homeserver.MatrixHttp.path;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one user has put on a room for themselves: how far it is read, tags, mute. The other side
 * never sees it.
 */
public final class RoomMarks {
  private final MatrixUser user;
  private final MatrixHttp http;
  private final String id;

  RoomMarks(MatrixUser user, MatrixHttp http, String id) {
    this.user = user;
    this.http = http;
    this.id = id;
  }

  /** Room account data; nothing where none is set. */
  public Json accountData(String type) {
    return MatrixRoom.orNothing(() -> http.get(accountDataPath(type)));
  }

  /** Sets room account data. */
  public void accountData(String type, Map<String, ?> content) {
    http.put(accountDataPath(type), content);
  }

  /** Whether the room is marked unread. */
  public boolean isMarkedUnread() {
    return accountData("m.marked_unread").at("unread").isTrue();
  }

  /** Marks the room unread, or takes the mark away. */
  public void markUnread(boolean unread) {
    accountData("m.marked_unread", Map.of("unread", unread));
  }

  /** The event of the read marker ({@code m.fully_read}). */
  public Optional<String> readMarker() {
    return accountData("m.fully_read").at("event_id").maybeText();
  }

  /** Reads up to an event, as a client does: the read marker and a receipt that all may see. */
  public void read(String eventId) {
    http.post(readMarkersPath(), Map.of("m.fully_read", eventId, "m.read", eventId));
  }

  /** Reads up to an event without telling the others. */
  public void readPrivately(String eventId) {
    http.post(readMarkersPath(), Map.of("m.fully_read", eventId, "m.read.private", eventId));
  }

  /**
   * The event of somebody's receipt ({@code m.read} or {@code m.read.private}) that this user may
   * see.
   */
  public Optional<String> receipt(String type, String userId) {
    var filter =
        new Json(
            Map.of(
                "room", Map.of("rooms", List.of(id), "timeline", Map.of("limit", 1)),
                "presence", Map.of("types", List.of()),
                "account_data", Map.of("types", List.of())));
    var ephemeral =
        user.sync(Map.of("filter", filter.toString()))
            .at("rooms", "join", id, "ephemeral", "events");
    return ephemeral.list().stream()
        .flatMap(event -> event.at("content").entries().entrySet().stream())
        .filter(entry -> !entry.getValue().at(type, userId).missing())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The homeserver's count of unread notifications. */
  public long unreadNotifications() {
    var room = user.sync(Map.of()).at("rooms", "join", id);
    return room.at("unread_notifications", "notification_count").number();
  }

  /** The tags of the room, such as {@code m.favourite}. */
  public Set<String> tags() {
    return http.get(tagsPath()).at("tags").entries().keySet();
  }

  /** Tags the room. */
  public void tag(String tag) {
    http.put(tagsPath() + "/" + MatrixHttp.segment(tag), Map.of("order", 0.5));
  }

  /** Takes a tag away. */
  public void untag(String tag) {
    http.delete(tagsPath() + "/" + MatrixHttp.segment(tag));
  }

  /** Mutes the room by a push rule that overrides all others. */
  public void mute() {
    var condition = Map.of("kind", "event_match", "key", "room_id", "pattern", id);
    http.put(muteRulePath(), Map.of("conditions", List.of(condition), "actions", List.of()));
  }

  /** Takes the push rule away. */
  public void unmute() {
    http.delete(muteRulePath());
  }

  private String muteRulePath() {
    return path("/_matrix/client/v3/pushrules/global/override", id);
  }

  private String readMarkersPath() {
    return path("/_matrix/client/v3/rooms", id, "read_markers");
  }

  private String tagsPath() {
    return path("/_matrix/client/v3/user", user.id(), "rooms", id, "tags");
  }

  private String accountDataPath(String type) {
    return path("/_matrix/client/v3/user", user.id(), "rooms", id, "account_data", type);
  }
}
