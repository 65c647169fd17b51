package dev.belfry.homeserver;

import static dev.belfry.homeserver.MatrixHttp.path;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A person with a Matrix client that is not ours: plain requests of the client-server API, nothing
 * remembered. What it says about a room is what the homeserver says.
 */
public final class MatrixUser {
  private static final AtomicLong TRANSACTIONS = new AtomicLong();
  private final String id;
  private final String device;
  private final MatrixHttp http;

  MatrixUser(String id, String device, MatrixHttp http) {
    this.id = id;
    this.device = device;
    this.http = http;
  }

  /** Logs in with a password, as a new device. */
  public static MatrixUser login(URI server, String user, String password) {
    var http = new MatrixHttp(server, "", Map.of());
    var answer =
        http.post(
            "/_matrix/client/v3/login",
            Map.of(
                "type",
                "m.login.password",
                "identifier",
                Map.of("type", "m.id.user", "user", user),
                "password",
                password));
    return new MatrixUser(
        answer.at("user_id").text(),
        answer.at("device_id").text(),
        new MatrixHttp(server, answer.at("access_token").text(), Map.of()));
  }

  /** The full user id, {@code @alice:localhost}. */
  public String id() {
    return id;
  }

  /** The id of this device; empty for one that an application service speaks for. */
  public String device() {
    return device;
  }

  /** The access token of this device. */
  public String token() {
    return http.token();
  }

  /** A room as this user has it. Nothing is asked. */
  public MatrixRoom room(String roomId) {
    return new MatrixRoom(this, http, roomId);
  }

  /** Makes a room; the body is that of the specification's {@code createRoom}. */
  public MatrixRoom createRoom(Map<String, ?> body) {
    return room(http.post("/_matrix/client/v3/createRoom", body).at("room_id").text());
  }

  /** Makes a private group with a name, and invites. */
  public MatrixRoom createGroup(String name, MatrixUser... invited) {
    return createRoom(Map.of("preset", "private_chat", "name", name, "invite", ids(invited)));
  }

  /** Makes a direct chat, and notes it as one in this user's {@code m.direct}. */
  public MatrixRoom createDirect(MatrixUser other) {
    var room =
        createRoom(
            Map.of(
                "preset", "trusted_private_chat", "is_direct", true, "invite", List.of(other.id)));
    noteDirect(other, room);
    return room;
  }

  /** Notes a room as direct chat with somebody, beside those noted already. */
  public void noteDirect(MatrixUser other, MatrixRoom room) {
    var direct = new LinkedHashMap<String, Object>();
    accountData("m.direct").entries().forEach((user, rooms) -> direct.put(user, texts(rooms)));
    var rooms =
        new java.util.ArrayList<>(texts(new Json(direct.getOrDefault(other.id, List.of()))));
    rooms.add(room.id());
    direct.put(other.id, rooms);
    accountData("m.direct", direct);
  }

  /** Joins by room id or alias. */
  public MatrixRoom join(String roomId) {
    return room(http.post(path("/_matrix/client/v3/join", roomId), Map.of()).at("room_id").text());
  }

  /** The ids of the rooms this user has joined. */
  public List<String> joinedRooms() {
    return texts(http.get("/_matrix/client/v3/joined_rooms").at("joined_rooms"));
  }

  /**
   * One {@code /sync}, at once. Parameters as in the specification ({@code since}, {@code filter},
   * ...).
   */
  public Json sync(Map<String, String> parameters) {
    return http.get("/_matrix/client/v3/sync", parameters);
  }

  /** Global account data; nothing where none is set. */
  public Json accountData(String type) {
    return MatrixRoom.orNothing(() -> http.get(accountDataPath(type)));
  }

  /** Sets global account data. */
  public void accountData(String type, Map<String, ?> content) {
    http.put(accountDataPath(type), content);
  }

  /** Sets the display name. */
  public MatrixUser named(String name) {
    http.put(path("/_matrix/client/v3/profile", id, "displayname"), Map.of("displayname", name));
    return this;
  }

  /** Sets the picture, an {@code mxc:} URL. */
  public MatrixUser pictured(String mxc) {
    http.put(path("/_matrix/client/v3/profile", id, "avatar_url"), Map.of("avatar_url", mxc));
    return this;
  }

  /** Stores a file on the homeserver; gives its {@code mxc:} URL. */
  public String upload(byte[] bytes, String type, String fileName) {
    byte[] answer =
        http.bytes(
            "POST",
            "/_matrix/media/v3/upload",
            Map.of("filename", fileName),
            BodyPublishers.ofByteArray(bytes),
            type);
    return Json.parse(new String(answer, java.nio.charset.StandardCharsets.UTF_8))
        .at("content_uri")
        .text();
  }

  /** Fetches a file from the homeserver, as it lies there, by its {@code mxc:} URL. */
  public byte[] download(String mxc) {
    var parts = mxc.substring("mxc://".length()).split("/");
    return http.bytes(
        "GET",
        path("/_matrix/client/v1/media/download", parts),
        Map.of(),
        BodyPublishers.noBody(),
        "application/octet-stream");
  }

  /** The ids of all devices of this user. */
  public List<String> devices() {
    return http.get("/_matrix/client/v3/devices").at("devices").list().stream()
        .map(device -> device.at("device_id").text())
        .toList();
  }

  /** Logs every device of this user out, this one too. */
  public void logoutEverywhere() {
    http.post("/_matrix/client/v3/logout/all", Map.of());
  }

  /** Any other request of the client-server API. */
  public Json request(String method, String path, Map<String, ?> body) {
    return http.json(method, path, Map.of(), method.equals("GET") ? null : body);
  }

  static String newTransaction() {
    return "t" + System.nanoTime() + "." + TRANSACTIONS.incrementAndGet();
  }

  static List<String> texts(Json list) {
    return list.list().stream().map(Json::text).toList();
  }

  private String accountDataPath(String type) {
    return path("/_matrix/client/v3/user", id, "account_data", type);
  }

  private static List<String> ids(MatrixUser... users) {
    return List.of(users).stream().map(MatrixUser::id).toList();
  }

  @Override
  public String toString() {
    return id;
  }
}
