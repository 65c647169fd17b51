package dev.belfry.http;

import static dev.belfry.http.Wire.exchange;
import static dev.belfry.http.Wire.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.contract.Contract;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The table of bad input for WebSocket frames: an answer that names the fault, never a frame that
 * ends the socket where it need not, and nothing changed.
 */
@Tag("hub")
@Timeout(300)
class BadFramesTest extends Untouched {
  private static final String SET = "\"type\":\"subscriptions.set\"";
  private static final String GOOD = "{" + SET + ",\"requestID\":\"good\",\"chatIDs\":[\"*\"]}";

  /** Cases that have an own number in the test of all. */
  private static final int MUTATED = Integer.getInteger("belfry.test.mutated", 400);

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
        assertTrue(socket.isCutOffWith(1008), text);
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
