package dev.belfry.matrix.trixnity;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.MatrixUser;
import dev.belfry.homeserver.Patience;
import dev.belfry.matrix.MatrixLink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A device of ours that syncs in the background, and remembers what it heard. */
final class SyncingDevice implements AutoCloseable, MatrixLink.SyncListener {
  private final MatrixUser user;
  private final MatrixLink link;
  private final List<Json> answers = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Object> end = new LinkedBlockingQueue<>();
  private final Thread thread;

  /**
   * @param user the same account by another client: it sends what this device encrypts
   */
  SyncingDevice(MatrixUser user, MatrixLink link) {
    this.user = user;
    this.link = link;
    thread = Thread.ofVirtual().unstarted(this::sync);
  }

  /** Returns when the device has synced once. */
  SyncingDevice start() {
    thread.start();
    Patience.USUAL.untilTrue("synced", () -> !answers.isEmpty() || !end.isEmpty());
    return this;
  }

  private void sync() {
    try {
      link.sync(this);
      end.add("returned");
    } catch (Exception e) {
      end.add(e);
    }
  }

  @Override
  public void synced(String json, boolean initial) {
    answers.add(Json.parse(json));
  }

  @Override
  public void keysArrived(String roomId, String sessionId) {
    keys.add(roomId + " " + sessionId);
  }

  MatrixLink link() {
    return link;
  }

  /** The sessions whose keys arrived, each after its room. */
  List<String> keys() {
    return keys;
  }

  /** How syncing ended: an exception, or that it returned. */
  Object end() throws InterruptedException {
    return Patience.seconds(30).until("the sync ends", () -> Optional.ofNullable(end.poll()));
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Waits for an event of a timeline and gives it whole, with its room. */
  Json event(String room, String id) {
    return Patience.USUAL.until(
        id + " in " + room,
        () ->
            answers.stream()
                .flatMap(answer ->
                    answer.at("rooms", "join", room, "timeline", "events").list().stream())
                .filter(event -> event.at("event_id").text().equals(id))
                .findFirst()
                .map(event -> with(event, "room_id", room)));
  }

  /** Waits until this device knows that the user is in a room. */
  SyncingDevice in(MatrixRoom room) {
    Patience.USUAL.untilTrue(
        "in " + room,
        () ->
            answers.stream().anyMatch(answer -> !answer.at("rooms", "join", room.id()).missing()));
    return this;
  }

  /** Encrypts and sends a text; gives the event id. */
  String say(MatrixRoom room, String text) throws Exception {
    return say(room, Map.of("msgtype", "m.text", "body", text));
  }

  String say(MatrixRoom room, Map<String, ?> content) throws Exception {
    String plain = new Json(content).toString();
    Json encrypted = Json.parse(link.encrypt(room.id(), "m.room.message", plain));
    return user.room(room.id()).send("m.room.encrypted", map(encrypted));
  }

  /** Decrypts an event of a timeline. */
  MatrixLink.Decryption read(MatrixRoom room, String id) throws InterruptedException {
    return link.decrypt(event(room.id(), id).toString(), Duration.ofSeconds(10));
  }

  /** Like {@link #read}, from what the homeserver has, without waiting for the sync or for keys. */
  MatrixLink.Decryption fetch(MatrixRoom room, String id) throws InterruptedException {
    Json event = with(user.room(room.id()).event(id), "room_id", room.id());
    return link.decrypt(event.toString(), Duration.ZERO);
  }

  static String body(MatrixLink.Decryption decryption) {
    String content = decryption.content();
    return content == null ? decryption.failure() + "" : Json.parse(content).at("body").text();
  }

  private static Json with(Json object, String name, String value) {
    Map<String, Object> fields = map(object);
    fields.put(name, value);
    return new Json(fields);
  }

  static Map<String, Object> map(Json object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    object.entries().forEach((name, value) -> fields.put(name, value.value()));
    return fields;
  }

  /** What a crash at this moment would leave of a device's folder. */
  static void copyOfCrash(Path folder, Path to) throws java.io.IOException {
    try (var files = java.nio.file.Files.list(folder)) {
      for (Path file : files.toList()) {
        java.nio.file.Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Override
  public void close() {
    link.close();
  }
}
