package dev.belfry.homeserver;

import static dev.belfry.homeserver.MatrixHttp.path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One room as one user has it on the homeserver: what is in it, and what this user says and marks
 * there.
 */
public final class MatrixRoom {
  private final MatrixUser user;
  private final MatrixHttp http;
  private final String id;

  MatrixRoom(MatrixUser user, MatrixHttp http, String id) {
    this.user = user;
    this.http = http;
    this.id = id;
  }

  /** The room id, {@code !...:localhost}. */
  public String id() {
    return id;
  }

  /** Invites somebody. */
  public MatrixRoom invite(MatrixUser other) {
    http.post(room("invite"), Map.of("user_id", other.id()));
    return this;
  }

  /** Has others join by themselves. They must have been invited. */
  public MatrixRoom joinedBy(MatrixUser... others) {
    for (var other : others) {
      other.join(id);
    }
    return this;
  }

  /** Leaves the room, or refuses the invitation. */
  public void leave() {
    http.post(room("leave"), Map.of());
  }

  /** Says something plain; gives the event id. */
  public String say(String text) {
    return send("m.room.message", Map.of("msgtype", "m.text", "body", text));
  }

  /** Sends an event under a new transaction id. */
  public String send(String type, Map<String, ?> content) {
    return send(type, content, MatrixUser.newTransaction());
  }

  /** Sends an event under a given transaction id; gives the event id. */
  public String send(String type, Map<String, ?> content, String transaction) {
    return http.put(room("send", type, transaction), content).at("event_id").text();
  }

  /** Sends an event that carries a time of its own. Only an application service may. */
  public String sendAt(long epochMillis, String type, Map<String, ?> content) {
    var time = Map.of("ts", Long.toString(epochMillis));
    return http.json("PUT", room("send", type, MatrixUser.newTransaction()), time, content)
        .at("event_id")
        .text();
  }

  /** Answers a message. */
  public String reply(String eventId, String text) {
    return send(
        "m.room.message",
        Map.of(
            "msgtype",
            "m.text",
            "body",
            text,
            "m.relates_to",
            Map.of("m.in_reply_to", Map.of("event_id", eventId))));
  }

  /** Changes a message of this user's own. */
  public String edit(String eventId, String text) {
    return send(
        "m.room.message",
        Map.of(
            "msgtype",
            "m.text",
            "body",
            "* " + text,
            "m.new_content",
            Map.of("msgtype", "m.text", "body", text),
            "m.relates_to",
            Map.of("rel_type", "m.replace", "event_id", eventId)));
  }

  /** Reacts to a message; gives the id of the reaction's event. */
  public String react(String eventId, String key) {
    var relation = Map.of("rel_type", "m.annotation", "event_id", eventId, "key", key);
    return send("m.reaction", Map.of("m.relates_to", relation));
  }

  /** Takes an event back. */
  public void redact(String eventId) {
    http.put(room("redact", eventId, MatrixUser.newTransaction()), Map.of());
  }

  /** One event, as this user may see it. */
  public Json event(String eventId) {
    return http.get(room("event", eventId));
  }

  /** Every event of the room that this user may see, oldest first. */
  public List<Json> events() {
    var events = new ArrayList<Json>();
    var page = Map.of("dir", "f", "limit", "500");
    for (var next = Optional.of(""); next.isPresent(); ) {
      var asked = new LinkedHashMap<>(page);
      next.filter(from -> !from.isEmpty()).ifPresent(from -> asked.put("from", from));
      var answer = http.get(room("messages"), asked);
      events.addAll(answer.at("chunk").list());
      next = answer.at("end").maybeText();
    }
    return events;
  }

  /** The bodies of the messages of the room, oldest first, those redacted left out. */
  public List<String> bodies() {
    return events().stream()
        .filter(event ->
            event.at("type").value() instanceof String type && type.equals("m.room.message"))
        .flatMap(event -> event.at("content", "body").maybeText().stream())
        .toList();
  }

  /** A state event's content; nothing where it was never set. */
  public Json state(String type, String key) {
    return orNothing(() -> http.get(room("state", type, key)));
  }

  /** Sets state. */
  public MatrixRoom state(String type, String key, Map<String, ?> content) {
    http.put(room("state", type, key), content);
    return this;
  }

  /**
   * Replaces this room by a new one of the given version, as a room's owner does; gives the
   * successor.
   */
  public MatrixRoom upgrade(String version) {
    var answer = http.post(room("upgrade"), Map.of("new_version", version));
    return user.room(answer.at("replacement_room").text());
  }

  /** What this user has put on the room: read state, tags, mute. */
  public RoomMarks marks() {
    return new RoomMarks(user, http, id);
  }

  static Json orNothing(Supplier<Json> question) {
    try {
      return question.get();
    } catch (MatrixRefusal e) {
      if (e.status() == 404) {
        return Json.NOTHING;
      }
      throw e;
    }
  }

  private String room(String... segments) {
    return path("/_matrix/client/v3/rooms/" + MatrixHttp.segment(id), segments);
  }

  @Override
  public String toString() {
    return id;
  }
}
