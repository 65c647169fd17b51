package dev.belfry.http;

import dev.belfry.core.Hub;
import dev.belfry.core.Tokens;
import dev.belfry.http.Wire.Reply;
import dev.belfry.model.ChatType;
import dev.belfry.model.Grant.Scope;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageId;
import dev.belfry.model.Participant;
import dev.belfry.model.User;
import dev.belfry.model.UserId;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A hub behind a server whose networks say what they are told to and never answer, so that two of
 * them that are asked the same do the same. Its clock stands still until it is told to tick.
 */
final class TwinWorld implements AutoCloseable {
  private static final Pattern NUMBER = Pattern.compile("\"localChatID\":\"([0-9]+)\"");
  private static final Pattern IN_CURSOR =
      Pattern.compile("(?<=\"(?:oldest|newest)Cursor\":\")([0-9a-f]{11})[0-9a-f]{3}(?=-)");
  private static final Pattern PLACE = Pattern.compile("(?<![0-9])[0-9]{16,19}(?![0-9])");
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final Path folder;
  private final TwinNetwork inside = new TwinNetwork("inside", "@me:x");
  private final TwinNetwork outside = new TwinNetwork("outside", "@outside-me:x");
  private volatile Instant now = START;
  final Hub hub;
  private final WebServer server;
  private final int port;
  private final String full;
  private String limited = "";
  private Wire wire;

  TwinWorld(Path folder) throws IOException {
    this.folder = folder;
    InstantSource clock = () -> now;
    hub = Hub.open(folder, List.of(inside, outside), clock, Hub.Options.NONE);
    shuffleAlike();
    full = hub.tokens().create("full", Set.of(Scope.WRITE), null).secret();
    hub.start();
    server = WebServer.of(hub, ServerIdentity.BELFRY, Listen.loopback(0, 0));
    port = server.start();
    wire = new Wire(port);
  }

  /** Numbers of chats are the same in both worlds, as long as they are given in the same order. */
  private void shuffleAlike() throws IOException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Hub.STORE));
        var statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE chat_number SET key = zeroblob(16)");
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** The number of a chat of the inner network. */
  String number(int chat) throws IOException {
    var reply = asFull("GET", "/v1/chats/" + Pair.encoded(key("inside", chat)), "");
    var found = NUMBER.matcher(reply.text());
    if (!found.find()) {
      throw new IOException("no number in " + reply.text());
    }
    return found.group(1);
  }

  /** What the limited token may see. */
  void addInside() throws Exception {
    login("inside");
    for (int i = 0; i < 3; i++) {
      inside.says(chat("inside", i, i == 0 ? ChatType.SINGLE : ChatType.GROUP));
      inside.says(messages("inside", i, 12));
    }
  }

  /** Chats of the inner account that a token limited to chats may not see. */
  void addChatsBeside() throws InterruptedException {
    for (int i = 10; i < 17; i++) {
      inside.says(chat("outside", i, i % 2 == 0 ? ChatType.SINGLE : ChatType.GROUP));
      inside.says(messages("outside", i, 5 + i));
    }
  }

  void addAccountBeside() throws Exception {
    login("outside");
    for (int i = 20; i < 25; i++) {
      outside.says(chat("outside", i, ChatType.GROUP));
      outside.says(messages("outside", i, 8));
    }
  }

  /** The token whose calls are looked at. */
  void limit(Tokens.Limits limits) {
    limited = hub.tokens().create("limited", Set.of(Scope.WRITE), null, limits).secret();
  }

  /** The secret of that token. */
  String limited() {
    return limited;
  }

  int port() {
    return port;
  }

  /** A WebSocket of the limited token. */
  RawSocket socket() throws IOException {
    return new RawSocket(port, "Authorization: Bearer " + limited);
  }

  /** Server-sent events for the limited token. */
  SseClient stream(@Nullable String after) throws IOException {
    return new SseClient(port, "Authorization: Bearer " + limited, "", after);
  }

  /** Something that the limited token may see, in a chat that it may see. */
  void happenInside(int chat, int kind) throws InterruptedException {
    tick();
    var where = key("inside", chat);
    var sender = person("inside", chat).id();
    String own = "$happened" + now.getEpochSecond();
    inside.says(
        switch (kind) {
          case 0 ->
              List.of(
                  new NetworkEvent.ChatChanged(
                      where,
                      ChatUpdate.builder().title("Renamed " + now.getEpochSecond()).build()));
          case 1 ->
              List.of(
                  new NetworkEvent.MessageReceived(
                      where, own, sender, false, MessageContent.text("soon gone"), now, null),
                  new NetworkEvent.MessageDeleted(
                      where, own + "d", sender, own, now.plusMillis(1), null));
          case 2 ->
              List.of(
                  new NetworkEvent.MessageReceived(
                      where, own, sender, false, MessageContent.text("liked"), now, null),
                  new NetworkEvent.Reacted(
                      where, own + "r", sender, false, own, "👍", true, null, now, null));
          default -> messages("inside", chat, 1 + kind % 3);
        });
  }

  /** A message in the first chat; all that happened before was told before it. */
  String mark() throws InterruptedException {
    tick();
    String text = "marker " + now.getEpochSecond();
    inside.says(
        List.of(
            new NetworkEvent.MessageReceived(
                key("inside", 0),
                "$marker" + now.getEpochSecond(),
                person("inside", 0).id(),
                false,
                MessageContent.text(text),
                now,
                null)));
    return text;
  }

  /** What is older is no longer kept, as after a sweep. */
  void forgetEventsBefore(Instant time) {
    try (var database = new Database(folder.resolve(Hub.STORE), () -> now)) {
      database.write(tx -> tx.changes().sweep(time, Long.MAX_VALUE, Integer.MAX_VALUE));
    }
  }

  Instant now() {
    return now;
  }

  List<Route> routes() {
    return server.routes();
  }

  void tick() {
    now = now.plus(Duration.ofSeconds(1));
  }

  /** Both worlds are set up, whatever time that took. */
  void noon() {
    now = START.plus(Duration.ofDays(1));
  }

  /** Something happens that nobody with the limited token may notice. */
  void happenOutside(TwinNetwork network, int chat) throws InterruptedException {
    Instant at = now;
    var message = messages("outside", chat, 1);
    now = at; // in the very millisecond of what happens inside
    network.says(message);
  }

  TwinNetwork innerNetwork() {
    return inside;
  }

  TwinNetwork outerNetwork() {
    return outside;
  }

  Reply asLimited(String method, String target, String body) throws IOException {
    return exchange(method, target, body, limited);
  }

  Reply asFull(String method, String target, String body) throws IOException {
    return exchange(method, target, body, full);
  }

  private Reply exchange(String method, String target, String body, String token)
      throws IOException {
    String form = "Content-Type: application/x-www-form-urlencoded";
    String type = body.startsWith("{") ? "Content-Type: application/json" : form;
    String json = body.isEmpty() ? "X-None: 1" : type;
    wire.send(Wire.request(method, target, body, json, "Authorization: Bearer " + token));
    var reply = wire.receive();
    if (reply.header("connection").equals("close")) {
      wire.close();
      wire = new Wire(port);
    }
    return reply;
  }

  /** What two worlds may differ in without telling anything: folder, port, and what is random. */
  String told(Reply reply) {
    var headers = new java.util.TreeMap<>(reply.headers());
    headers.remove("content-length");
    headers.remove("date");
    return told(reply.status() + " " + headers + "\n" + reply.text());
  }

  String told(String text) {
    return text.replace(folder.toUri().toString(), "file:///FOLDER/")
        .replace(folder.toString(), "FOLDER")
        .replace(":" + port, ":PORT")
        // Each log has a key of its own, and a position need not be told twice by the same text.
        .replaceAll("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{32}(?![A-Za-z0-9_-])", "CURSOR")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UPLOAD")
        .replaceAll("m[0-9]{16}", "PENDING")
        .transform(TwinWorld::withoutSlots)
        // Of the sign-in.
        .replace(limited, "LIMITED")
        .replaceAll("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])", "SECRET")
        .replaceAll("\\b[B-Z]{4}-[B-Z]{4}\\b", "CODE")
        .replaceAll("\"t[0-9a-f]{8}\"", "TOKEN");
  }

  /** Of places, the milliseconds: which of a millisecond's it is, is chance. */
  private static String withoutSlots(String text) {
    return PLACE
        .matcher(IN_CURSOR.matcher(text).replaceAll("$1"))
        .replaceAll(place -> "place in " + MessageId.millisOf(Long.parseLong(place.group())));
  }

  private void login(String network) throws Exception {
    try (var login = hub.accounts().login(network)) {
      login.begin();
    }
  }

  private List<NetworkEvent> chat(String where, int number, ChatType type) {
    var key = key(where, number);
    var update = ChatUpdate.builder().type(type).archived(number == 12);
    if (number % 3 != 0) {
      update.title("The " + where + " " + number);
    }
    return List.of(
        new NetworkEvent.ChatChanged(key, update.build()),
        new NetworkEvent.MembersChanged(
            key,
            List.of(
                Participant.of(User.of(new UserId("@me:x"), "Me").asSelf()),
                Participant.of(person(where, number)),
                Participant.of(User.of(new UserId("@everywhere:x"), "Everywhere"))),
            List.of(),
            true,
            null));
  }

  static String key(String where, int number) {
    return "!" + where + number + ":x";
  }

  private static User person(String where, int number) {
    var name = where + "-person" + number;
    return new User(
        new UserId("@" + name + ":x"),
        name,
        name,
        (where.equals("inside") ? "+4930111" : "+4930999") + number,
        name + "@example.org",
        "mxc://x/" + name,
        false,
        false);
  }

  private List<NetworkEvent> messages(String where, int chat, int count) {
    var events = new ArrayList<NetworkEvent>();
    for (int i = 0; i < count; i++) {
      tick();
      var sender = person(where, chat).id();
      var text = "hello %s text %d".formatted(where, i);
      events.add(
          new NetworkEvent.MessageReceived(
              key(where, chat),
              "$" + where + now.getEpochSecond(),
              sender,
              false,
              i % 4 == 3
                  ? MessageContent.text(text).withMentions(List.of("@me:x"), true)
                  : MessageContent.text(text),
              now,
              null));
    }
    return events;
  }

  @Override
  public void close() throws IOException {
    wire.close();
    server.close();
    hub.close();
  }
}
