package dev.belfry.http;

import static dev.belfry.http.TestHub.ALICE;
import static dev.belfry.http.TestHub.FULL;
import static dev.belfry.http.Wire.exchange;
import static dev.belfry.http.Wire.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.codec.Codec;
import dev.belfry.contract.Contract;
import dev.belfry.http.Described.Operation;
import dev.belfry.http.Wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table of bad input for events, WebSocket frames, delivery, repeats and the sign-in: a refusal
 * that names the fault, never a 500, never a frame that ends the socket where it need not, and
 * nothing changed.
 */
@Tag("hub")
@Timeout(300)
class BadAccessInputTest {
  private static final String CHAT = "/v1/chats/" + ALICE;
  private static final String SET = "\"type\":\"subscriptions.set\"";
  private static final String GOOD = "{" + SET + ",\"requestID\":\"good\",\"chatIDs\":[\"*\"]}";

  /** Cases that have an own number in the test of all. */
  private static final int MUTATED = Integer.getInteger("belfry.test.mutated", 400);

  @TempDir Path folder;
  private TestHub hub;
  private StoreFile file;
  private Map<String, Integer> before = Map.of();

  @BeforeEach
  void open() throws Exception {
    hub = new TestHub(folder);
    hub.connect();
    file = new StoreFile(folder);
    before = file.content();
  }

  @AfterEach
  void close() throws Exception {
    assertUnchanged("all");
    assertEquals(List.of(), List.copyOf(hub.network.performed));
    file.close();
    hub.close();
  }

  private void assertUnchanged(String what) {
    assertEquals(before, file.content(), () -> "something changed by " + what);
  }

  private static void assertRefused(int status, String told, Reply reply, String what) {
    assertEquals(status, reply.status(), () -> what + ": " + reply.text());
    assertEquals("application/json", reply.header("content-type"), what);
    Contract.assertValid(status == 400 ? "ValidationError" : "Error", reply.body());
    String text = reply.text().toLowerCase(Locale.ROOT);
    assertTrue(text.contains(told.toLowerCase(Locale.ROOT)), () -> what + ": " + reply.text());
  }

  // Events.

  @Test
  void events() throws IOException {
    String after = "[\"query\",\"after\"]";
    var bad = new LinkedHashMap<String, String>();
    for (String cursor :
        List.of(
            "x",
            "0",
            "-1",
            "NOW",
            "now%20",
            "%F0%9F%99%82",
            "%00",
            "a".repeat(31),
            "a".repeat(32),
            "a".repeat(33),
            "_".repeat(32),
            "=".repeat(32),
            "a".repeat(7000))) {
      bad.put("after=" + cursor, after);
    }
    bad.put("after=now&after=now", after);
    for (String limit : List.of("0", "-1", "201", "x", "1.5", "99999999999999999999")) {
      bad.put("limit=" + limit, "[\"query\",\"limit\"]");
    }
    for (String wait : List.of("-1", "56", "x", "0.5", "1e1", "99999999999999999999", "PT1S")) {
      bad.put("wait=" + wait, "[\"query\",\"wait\"]");
    }
    bad.put("wait=1&wait=2", "[\"query\",\"wait\"]");
    bad.put("after=%zz", after);
    bad.put("after=%ff", after);
    for (var each : bad.entrySet()) {
      String target = "/v1/events?" + each.getKey();
      assertRefused(400, each.getValue(), hub.get(target), target);
      String stream = "Accept: text/event-stream";
      assertRefused(400, each.getValue(), hub.get(target, stream), target + " as a stream");
    }
    for (String last : List.of("x", "0", "a".repeat(32), "=".repeat(32), "a".repeat(3000))) {
      Reply reply = hub.get("/v1/events", "Accept: text/event-stream", "Last-Event-ID: " + last);
      assertRefused(400, "Last-Event-ID", reply, last);
    }
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      assertRefused(405, "method", hub.send(method, "/v1/events", "{}"), method);
      assertRefused(405, "method", hub.send(method, "/v1/ws", "{}"), method);
    }
    for (String token : List.of("X: y", "Authorization: Bearer wrong", "Authorization: Basic e")) {
      String target = "/v1/events?after=x";
      assertRefused(401, "token", exchange(hub.port, request("GET", target, "", token)), token);
    }
  }

  // Delivery.

  @Test
  void deliveryOfWhatIsNotThere() throws IOException {
    for (String verb : List.of("/retry", "/cancel")) {
      for (String id :
          List.of("none", "0", "-1", "m1", "m1234567890123456", "M1", "%F0%9F%99%82", "%20")) {
        Reply reply = hub.post(CHAT + "/messages/" + id + verb, "");
        assertRefused(404, "not found", reply, id + verb);
        reply = hub.post("/v1/chats/none/messages/" + id + verb, "");
        assertRefused(404, "not found", reply, id + verb);
      }
      for (String id : List.of("%", "%zz", "%ff", "%00")) {
        Reply reply = hub.post(CHAT + "/messages/" + id + verb, "");
        assertEquals(400, reply.status(), reply.text());
      }
      // One that was received, and one that has been sent.
      assertRefused(422, "", hub.post(CHAT + "/messages/$1" + verb, ""), verb);
      String mine = "/v1/chats/" + FULL + "/messages/$mine";
      assertRefused(422, "", hub.post(mine + verb, ""), verb);
      assertRefused(404, "not found", hub.post(CHAT + "/messages/$mine" + verb, ""), verb);
      Reply reader =
          exchange(
              hub.port, request("POST", CHAT + "/messages/$1" + verb, "", hub.readersHeader()));
      assertRefused(403, "scope", reader, verb);
      assertRefused(405, "method", hub.send("GET", CHAT + "/messages/$1" + verb, ""), verb);
    }
  }

  @Test
  void waits() throws IOException {
    String told = "[\"query\",\"wait\"]";
    for (String wait : List.of("-1", "61", "x", "0.5", "1e1", "99999999999999999999", "PT1S")) {
      String query = "?wait=" + wait;
      assertRefused(400, told, hub.post(CHAT + "/messages" + query, "{\"text\":\"a\"}"), query);
      assertRefused(400, told, hub.post(CHAT + "/messages/$1/retry" + query, ""), query);
    }
    Reply twice = hub.post(CHAT + "/messages?wait=1&wait=2", "{\"text\":\"a\"}");
    assertRefused(400, told, twice, "twice");
    Reply both = hub.post(CHAT + "/messages?wait=x", "{\"text\":1}");
    assertRefused(400, told, both, "both");
    assertTrue(both.text().contains("[\"body\",\"text\"]"), both.text());
  }

  // Repeats.

  @Test
  void idempotencyKeys() throws IOException {
    var writes =
        List.of(
            "POST " + CHAT + "/messages",
            "POST " + CHAT + "/read",
            "PATCH " + CHAT,
            "PUT " + CHAT + "/messages/$1",
            "DELETE " + CHAT + "/messages/$1",
            "POST " + CHAT + "/messages/$1/retry",
            "POST " + CHAT + "/messages/$1/cancel",
            "POST /v1/assets/upload/base64");
    for (String write : writes) {
      String method = write.substring(0, write.indexOf(' '));
      String target = write.substring(method.length() + 1);
      for (String key : List.of("", " ", "k".repeat(256), "k".repeat(5000))) {
        var bytes =
            request(
                    method,
                    target,
                    "{\"text\":\"a\"}",
                    hub.writersHeader(),
                    "Idempotency-Key: " + key)
                .getBytes(ISO_8859_1);
        assertRefused(400, "Idempotency-Key", exchange(hub.port, bytes), write + " " + key);
      }
      Reply two =
          exchange(
              hub.port,
              request(
                  method,
                  target,
                  "{\"text\":\"a\"}",
                  hub.writersHeader(),
                  "Idempotency-Key: a",
                  "Idempotency-Key: b"));
      assertRefused(400, "Idempotency-Key", two, write);
      assertUnchanged(write);
    }
  }

  // The sign-in.

  /** Broken in form, in every way that each endpoint could be asked. */
  @Test
  void signIn() throws IOException {
    var spec = new Described(hub.get("/v1/spec").body());
    int cases = 0;
    for (Operation operation : spec.operations.stream().filter(Operation::isOfSignIn).toList()) {
      String target = operation.filled(Map.of("request", "none"));
      for (byte[] broken : brokenRequests(operation.method(), target)) {
        Reply reply = exchange(hub.port, broken);
        String what = new String(broken, UTF_8);
        String shown = what.substring(0, Math.min(300, what.length()));
        boolean isRead =
            operation.method().equals("GET") && !operation.path().endsWith("authorize");
        assertTrue(
            (reply.status() >= 400 || isRead || operation.path().endsWith("introspect"))
                && reply.status() < 500,
            () -> shown + " " + reply);
        String type = reply.header("content-type").replaceAll(";.*", "");
        assertTrue(type.equals("application/json") || type.equals("text/html"), shown + reply);
        if (type.equals("application/json")) {
          assertNotNull(Codec.tree(reply.body()), shown);
        }
        cases++;
      }
      assertUnchanged(operation.toString());
    }
    assertTrue(cases > 300, cases + " cases");
  }

  private static List<byte[]> brokenRequests(String method, String target) {
    var all = new ArrayList<byte[]>();
    for (String query : List.of("?%", "?%ff=%ff", "?=&=&=", "?a", "?client_id=%00", "?%00=x")) {
      all.add(request(method, target + query, "").getBytes(UTF_8));
    }
    all.add(request(method, target + "?client_id=" + "x".repeat(7000), "").getBytes(UTF_8));
    if (!method.equals("POST")) {
      return all;
    }
    var bodies =
        List.of(
            "{",
            "[]",
            "null",
            "1",
            "\"a\"",
            "{}x",
            "\u0000",
            "%",
            "a=%zz",
            "token=%ff",
            "&&&&",
            "=",
            "{\"token\":\"a\",\"token\":\"b\"}",
            "token=" + "&token=",
            "token=a&token=b",
            "[".repeat(50_000),
            "{\"a\":".repeat(50_000),
            "<token>a</token>");
    for (String type :
        List.of(
            "application/json",
            "application/x-www-form-urlencoded",
            "text/plain",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16",
            ";;;")) {
      for (String body : bodies) {
        all.add(request(method, target, body, "Content-Type: " + type).getBytes(UTF_8));
      }
      var latin = new ByteArrayOutputStream();
      latin.writeBytes(
          request(method, target, "", "Content-Type: " + type, "Content-Length: 8")
              .getBytes(UTF_8));
      latin.writeBytes("token=".getBytes(UTF_8));
      latin.writeBytes(new byte[] {(byte) 0xe9, (byte) 0xff});
      all.add(latin.toByteArray());
    }
    return all;
  }

  @Test
  void signInTakesNoHundredMegabytes() throws Exception {
    for (String path :
        List.of("/oauth/register", "/oauth/token", "/oauth/introspect", "/oauth/revoke")) {
      String type = "Content-Type: application/json";
      try (var wire = new Wire(hub.port)) {
        wire.send(request("POST", path, "", type, "Content-Length: 100000000"));
        var sending =
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    for (int i = 0; i < 100; i++) {
                      wire.send(new byte[1_000_000]);
                    }
                  } catch (IOException e) {
                    // The server has heard enough.
                  }
                });
        Reply reply = wire.receive();
        assertEquals(413, reply.status(), path + reply.text());
        sending.join();
      }
    }
  }

  // Frames.

  /**
   * What is sent, and what comes of it.
   *
   * @param code of the error that answers, or as a number of the closing
   */
  private record Bad(String what, Supplier<byte[]> frame, String code, String told) {
    static Bad text(String code, String told, String text) {
      return new Bad(
          text, () -> RawSocket.frame(RawSocket.TEXT, true, text.getBytes(UTF_8)), code, told);
    }

    static Bad payload(String told, String text) {
      return text("INVALID_PAYLOAD", told, text);
    }

    static Bad bytes(String told, int opcode, byte[] bytes) {
      return new Bad(told, () -> RawSocket.frame(opcode, true, bytes), "INVALID_PAYLOAD", told);
    }

    static Bad end(int code, String what, byte[] frame) {
      return new Bad(what, () -> frame, Integer.toString(code), "");
    }
  }

  private static byte[] bytes(int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static List<Bad> badFrames() {
    var all = new ArrayList<Bad>();
    for (String type :
        List.of(
            "null",
            "7",
            "true",
            "[]",
            "{}",
            "\"\"",
            "\" \"",
            "\"subscriptions.get\"",
            "\"subscriptions.add\"",
            "\"subscriptions.set \"",
            "\"SUBSCRIPTIONS.SET\"",
            "\"ping\"",
            "\"ready\"",
            "\"error\"",
            "\"message.upserted\"",
            "\"\\u0000\"",
            "\"" + "x".repeat(60_000) + "\"",
            "\"🙂\"")) {
      String text = "{\"type\":" + type + ",\"chatIDs\":[]}";
      all.add(Bad.text("INVALID_COMMAND", "subscriptions.set", text));
    }
    all.add(Bad.text("INVALID_COMMAND", "subscriptions.set", "{}"));
    for (String text :
        List.of(
            "",
            " ",
            "hello",
            "{",
            "{" + SET + ",\"chatIDs\":[]",
            "{" + SET + ",\"chatIDs\":[]}}",
            "{" + SET + ",\"chatIDs\":[],}",
            "{" + SET + "," + SET + ",\"chatIDs\":[]}",
            "{'type':'subscriptions.set'}",
            "\u0000",
            "\ufeff{}x",
            "NaN",
            "[".repeat(60_000),
            "{\"a\":".repeat(10_000),
            "type=subscriptions.set",
            "undefined",
            "\u2028",
            "GET / HTTP/1.1\r\n\r\n")) {
      all.add(Bad.payload("JSON", text));
    }
    for (String text : List.of("null", "[]", "1", "1e999", "true", "\"subscriptions.set\"")) {
      all.add(Bad.payload("", text));
    }
    for (String chats :
        List.of(
            "null",
            "7",
            "\"*\"",
            "{}",
            "true",
            "[1]",
            "[null]",
            "[\"\"]",
            "[\" \"]",
            "[[\"*\"]]",
            "[{}]",
            "[\"a\",1]",
            "[\"*\",\"a\"]",
            "[\"a\",\"*\"]")) {
      all.add(Bad.payload("chatIDs", "{" + SET + ",\"chatIDs\":" + chats + "}"));
    }
    for (String after :
        List.of(
            "null",
            "7",
            "[]",
            "\"\"",
            "\"x\"",
            "\"NOW\"",
            "\"" + "a".repeat(32) + "\"",
            "\"" + "=".repeat(32) + "\"",
            "\"" + "_".repeat(30_000) + "\"")) {
      all.add(Bad.payload("after", "{" + SET + ",\"chatIDs\":[\"*\"],\"after\":" + after + "}"));
    }
    for (String id : List.of("null", "7", "[]", "{}", "true")) {
      all.add(Bad.payload("requestID", "{" + SET + ",\"chatIDs\":[],\"requestID\":" + id + "}"));
    }
    for (String key : List.of("chatIds", "cursor", "x", "", "🙂")) {
      all.add(Bad.payload(key, "{" + SET + ",\"chatIDs\":[],\"" + key + "\":1}"));
    }
    byte[] good = GOOD.getBytes(UTF_8);
    all.add(Bad.bytes("binary", RawSocket.BINARY, good));
    all.add(Bad.bytes("binary", RawSocket.BINARY, new byte[0]));
    all.add(Bad.bytes("binary", RawSocket.BINARY, new byte[60_000]));
    for (byte[] broken :
        List.of(
            bytes(0xff),
            bytes('"', 0xc3, '"'),
            bytes(0xc0, 0x80),
            bytes(0xed, 0xa0, 0x80),
            bytes(0xf4, 0x90, 0x80, 0x80),
            bytes('{', '}', 0xe2, 0x82))) {
      all.add(Bad.bytes("UTF-8", RawSocket.TEXT, broken));
    }
    all.add(Bad.payload("65536", "x".repeat((64 << 10) + 1)));
    all.add(Bad.payload("65536", "x".repeat(900_000)));
    all.add(Bad.bytes("", RawSocket.TEXT, new byte[64 << 10]));
    all.add(Bad.end(1009, "huge", RawSocket.frame(RawSocket.TEXT, true, new byte[3 << 20])));
    all.add(Bad.end(1009, "huge", RawSocket.frame(RawSocket.BINARY, true, new byte[3 << 20])));
    all.add(Bad.end(1002, "not masked", bytes(0x81, 2, '{', '}')));
    all.add(Bad.end(1002, "reserved bits", RawSocket.frame(0x71, true, good)));
    for (int opcode : List.of(3, 7, 11, 15)) {
      all.add(Bad.end(1002, "opcode " + opcode, RawSocket.frame(opcode, true, good)));
    }
    all.add(Bad.end(1002, "long ping", RawSocket.frame(RawSocket.PING, true, new byte[126])));
    all.add(Bad.end(1002, "cut ping", RawSocket.frame(RawSocket.PING, false, new byte[1])));
    all.add(Bad.end(1002, "stray", RawSocket.frame(RawSocket.CONTINUATION, true, good)));
    all.add(Bad.end(1002, "short close", RawSocket.frame(RawSocket.CLOSE, true, bytes(3))));
    all.add(Bad.end(1002, "bad close", RawSocket.frame(RawSocket.CLOSE, true, bytes(0, 1))));
    return all;
  }

  @Test
  void frames() throws IOException {
    var frames = badFrames();
    assertTrue(frames.size() >= 100, frames.size() + " frames");
    for (Bad bad : frames) {
      String what = bad.what().substring(0, Math.min(80, bad.what().length()));
      try (var socket = connect()) {
        boolean isSent = send(socket, bad.frame().get());
        if (bad.code().matches("[0-9]+")) {
          assertEquals(Integer.parseInt(bad.code()), socket.closing(), what);
        } else {
          assertTrue(isSent, what);
          String answer = socket.text();
          Contract.assertValid("ws.Error", answer.getBytes(UTF_8));
          assertTrue(answer.contains("\"" + bad.code() + "\""), what + ": " + answer);
          assertTrue(answer.contains(bad.told()), what + ": " + answer);
          assertObeyed(socket, what);
        }
      }
    }
    assertUnchanged("frames");
  }

  /** Subscribed with a writer's token, so it could change what there is. */
  private RawSocket connect() throws IOException {
    var socket = new RawSocket(hub.port, hub.writersHeader());
    assertTrue(socket.text().contains("ready"));
    assertObeyed(socket, "at first");
    return socket;
  }

  private static void assertObeyed(RawSocket socket, String what) throws IOException {
    socket.send(GOOD);
    String answer = socket.text();
    assertTrue(answer.contains("subscriptions.updated"), what + ": " + answer);
    assertTrue(answer.contains("\"good\""), what + ": " + answer);
  }

  /** Whether all of it could be sent. */
  private static boolean send(RawSocket socket, byte[] bytes) {
    try {
      socket.sendRaw(bytes);
      return true;
    } catch (IOException e) {
      return false; // it was closed before
    }
  }

  /** A right command with some bytes wrong, as one frame or as the frame itself. */
  @Test
  void mutatedFrames() throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < MUTATED; i++) {
      boolean isWhole = random.nextInt(4) == 0;
      byte[] frame = RawSocket.frame(RawSocket.TEXT, true, GOOD.getBytes(UTF_8));
      byte[] bad =
          isWhole
              ? mutated(frame, random)
              : RawSocket.frame(RawSocket.TEXT, true, mutated(GOOD.getBytes(UTF_8), random));
      String what = "seed " + seed + ", frame " + i;
      try (var socket = connect()) {
        send(socket, bad);
        if (isWhole) {
          // It may wait for more than will come: what comes next may be the rest of it.
          send(socket, frame);
          send(socket, RawSocket.frame(RawSocket.CLOSE, true, bytes(3, 0xe8)));
          socket.endOutput();
        }
        String end = answer(socket, isWhole);
        assertTrue(end == null || !end.equals("1011"), what + ": " + end);
        assertTrue(isWhole || end == null, what + ": " + end);
      }
    }
    assertUnchanged("seed " + seed);
  }

  /** The code of the closing; null where a text answered. */
  private static @Nullable String answer(RawSocket socket, boolean toItsEnd) throws IOException {
    try {
      while (true) {
        var received = socket.receive();
        if (received.opcode() == RawSocket.CLOSE) {
          return Integer.toString(received.code());
        }
        if (!toItsEnd) {
          assertTrue(received.text().contains("\"type\":"), received.text());
          return null;
        }
      }
    } catch (EOFException | SocketException e) {
      return "ended";
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] result = bytes.clone();
    for (int i = 0; i <= random.nextInt(3); i++) {
      int at = random.nextInt(result.length);
      switch (random.nextInt(4)) {
        case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> result[at] = (byte) random.nextInt(256);
        case 2 -> result = java.util.Arrays.copyOf(result, Math.max(1, at));
        default -> {
          var more = new ByteArrayOutputStream();
          more.write(result, 0, at);
          more.writeBytes(result);
          result = more.toByteArray();
        }
      }
    }
    return result;
  }

  /** Thousands a second, of each kind that is answered. */
  @Test
  void floods() throws IOException {
    for (String text :
        List.of(
            GOOD,
            "{" + SET + ",\"chatIDs\":[]}",
            "{}",
            "x",
            "{" + SET + ",\"chatIDs\":[\"*\"],\"after\":\"now\"}")) {
      var flood = new ByteArrayOutputStream();
      for (int i = 0; i < 5000; i++) {
        flood.writeBytes(RawSocket.frame(RawSocket.TEXT, true, text.getBytes(UTF_8)));
      }
      try (var socket = connect();
          var other = connect()) {
        send(socket, flood.toByteArray());
        assertEquals(1008, socket.closing(), text);
        assertObeyed(other, "beside a flood");
      }
    }
    assertUnchanged("floods");
  }

  /** Pings beyond counting are answered, or end the socket; nobody else notices. */
  @Test
  void floodsOfPings() throws IOException {
    var flood = new ByteArrayOutputStream();
    for (int i = 0; i < 5000; i++) {
      flood.writeBytes(RawSocket.frame(RawSocket.PING, true, new byte[125]));
    }
    try (var socket = connect();
        var other = connect()) {
      send(socket, flood.toByteArray());
      assertObeyed(other, "beside a flood of pings");
      var received = socket.receive();
      int opcode = received.opcode();
      assertTrue(opcode == RawSocket.PONG || opcode == RawSocket.CLOSE, "opcode " + opcode);
    }
    assertUnchanged("pings");
  }

  @Test
  void handshakes() throws IOException {
    String upgrade = "Upgrade: websocket";
    String connection = "Connection: Upgrade";
    String version = "Sec-WebSocket-Version: 13";
    String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    String token = hub.readersHeader();
    var bad = new LinkedHashMap<List<String>, Integer>();
    bad.put(List.of(token), 426);
    bad.put(List.of(token, upgrade, version, key), 400);
    bad.put(List.of(token, connection, version, key), 426);
    bad.put(List.of(token, "Upgrade: h2c", connection, version, key), 426);
    bad.put(List.of(token, upgrade, connection, key), 426);
    bad.put(List.of(token, upgrade, connection, "Sec-WebSocket-Version: 8", key), 426);
    bad.put(List.of(token, upgrade, connection, "Sec-WebSocket-Version: x", key), 426);
    bad.put(List.of(token, upgrade, connection, version), 400);
    for (String wrong : List.of("", "x", "dGhlIHNhbXBsZSBub25jZQ", "a".repeat(5000))) {
      bad.put(List.of(token, upgrade, connection, version, "Sec-WebSocket-Key: " + wrong), 400);
    }
    bad.put(List.of(upgrade, connection, version, key), 401);
    for (String protocols : List.of("", "belfry.v1", "bearer.", "bearer.wrong", "belfry.v1, x")) {
      String protocol = "Sec-WebSocket-Protocol: " + protocols;
      bad.put(List.of(upgrade, connection, version, key, protocol), 401);
    }
    bad.forEach((headers, status) -> {
      try {
        var request = request("GET", "/v1/ws", "", headers.toArray(String[]::new));
        assertRefused(status, "", exchange(hub.port, request), headers.toString());
      } catch (IOException e) {
        throw new AssertionError(headers.toString(), e);
      }
    });
  }
}
