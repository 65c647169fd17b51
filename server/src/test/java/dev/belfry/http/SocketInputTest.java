package dev.belfry.http;

import static dev.belfry.http.TestHub.ALICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.contract.Contract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is said on a WebSocket: an error that names the fault where the protocol allows to go
 * on, a closing where it does not, and nobody else notices.
 */
@Tag("hub")
class SocketInputTest {
  private static final String ALL = "{\"type\":\"subscriptions.set\",\"chatIDs\":[\"*\"]}";

  private static final List<String> NO_COMMANDS =
      List.of(
          "{}",
          "{\"chatIDs\":[]}",
          "{\"type\":null,\"chatIDs\":[]}",
          "{\"type\":7,\"chatIDs\":[]}",
          "{\"type\":\"\",\"chatIDs\":[]}",
          "{\"type\":\"subscriptions.get\"}",
          "{\"type\":\"SUBSCRIPTIONS.SET\",\"chatIDs\":[]}",
          "{\"type\":\"ping\",\"x\":1}");

  /** With a piece of what the error must say. */
  private static final Map<String, String> NO_PAYLOADS =
      Map.ofEntries(
          Map.entry("", "JSON"),
          Map.entry("hello", "JSON"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":[]", "JSON"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":[]}}", "JSON"),
          Map.entry("{\"type\":\"a\",\"type\":\"b\"}", "JSON"),
          Map.entry("\u0000", "JSON"),
          Map.entry("[".repeat(60_000), "JSON"),
          Map.entry("null", "object"),
          Map.entry("[]", "object"),
          Map.entry("\"subscriptions.set\"", "object"),
          Map.entry("17", "object"),
          Map.entry("{\"type\":\"subscriptions.set\"}", "chatIDs"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":null}", "chatIDs"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":\"*\"}", "chatIDs"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":{}}", "chatIDs"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":[1]}", "chatIDs"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":[null]}", "chatIDs"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":[\"\"]}", "chatIDs"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":[[\"a\"]]}", "chatIDs"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":[\"*\",\"a\"]}", "\"*\""),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":[],\"x\":1}", "x:"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":[],\"chatIds\":[]}", "chatIds:"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":[],\"requestID\":1}", "requestID"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":[],\"after\":null}", "after"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":[],\"after\":7}", "after"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":[],\"after\":\"\"}", "after"),
          Map.entry("{\"type\":\"subscriptions.set\",\"chatIDs\":[],\"after\":\"x\"}", "after"));

  @TempDir Path folder;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = new TestHub(folder);
    hub.connect();
  }

  @AfterEach
  void close() throws Exception {
    // Whatever happened: the server goes on for others.
    try (var socket = connect()) {
      assertAlive(socket, "afterwards");
    } finally {
      hub.close();
    }
  }

  private RawSocket connect() throws IOException {
    var socket = new RawSocket(hub.port, hub.readersHeader());
    assertTrue(socket.text().contains("ready"));
    socket.send(ALL);
    assertTrue(socket.text().contains("subscriptions.updated"));
    return socket;
  }

  /** Hears what happens, so the subscriptions are as they were. */
  private void assertAlive(RawSocket socket, String what) throws Exception {
    assertEquals(
        200, hub.post("/v1/chats/" + ALICE + "/messages", "{\"text\":\"hello\"}").status());
    assertNotNull(hub.network.performed.poll(20, TimeUnit.SECONDS));
    while (!socket.text().contains("\"text\":\"hello\"")) {
      // what belongs to an earlier message
    }
    socket.send("{\"type\":\"subscriptions.set\",\"requestID\":\"alive\",\"chatIDs\":[\"*\"]}");
    String text = socket.text();
    while (text.contains("\"seq\"")) {
      text = socket.text();
    }
    assertTrue(text.contains("\"requestID\":\"alive\""), what + ": " + text);
  }

  private static void assertError(RawSocket socket, String code, String told, String what)
      throws IOException {
    var text = socket.text();
    Contract.assertValid("ws.Error", text.getBytes(UTF_8));
    assertTrue(text.contains("\"code\":\"" + code + "\""), what + ": " + text);
    assertTrue(text.contains(told.replace("\"", "\\\"")), what + ": " + text);
  }

  @Test
  void whatIsNoCommandIsAnsweredAndForgotten() throws Exception {
    try (var socket = connect()) {
      for (String text : NO_COMMANDS) {
        socket.send(text);
        assertError(socket, "INVALID_COMMAND", "subscriptions.set", text);
      }
      for (var entry : NO_PAYLOADS.entrySet()) {
        String what = entry.getKey().substring(0, Math.min(60, entry.getKey().length()));
        socket.send(entry.getKey());
        assertError(socket, "INVALID_PAYLOAD", entry.getValue(), what);
      }
      assertAlive(socket, "after bad commands");
    }
  }

  @Test
  void anErrorBearsTheIdOfItsCommand() throws Exception {
    try (var socket = connect()) {
      socket.send("{\"type\":\"nonsense\",\"requestID\":\"r7\"}");
      assertEquals("r7", socket.json().get("requestID"));
      socket.send("{\"type\":\"subscriptions.set\",\"requestID\":\"r8\"}");
      assertEquals("r8", socket.json().get("requestID"));
    }
  }

  @Test
  void binaryFramesAreAnswered() throws Exception {
    try (var socket = connect()) {
      socket.send(RawSocket.BINARY, true, ALL.getBytes(UTF_8));
      assertError(socket, "INVALID_PAYLOAD", "binary", "binary");
      socket.send(RawSocket.BINARY, true, new byte[0]);
      assertError(socket, "INVALID_PAYLOAD", "binary", "empty");
      assertAlive(socket, "after binary frames");
    }
  }

  @Test
  void brokenUtf8IsAnswered() throws Exception {
    try (var socket = connect()) {
      for (byte[] broken :
          List.of(
              new byte[] {(byte) 0xff},
              new byte[] {'"', (byte) 0xc3, '"'},
              new byte[] {-19, -96, -128})) {
        socket.send(RawSocket.TEXT, true, broken);
        assertError(socket, "INVALID_PAYLOAD", "UTF-8", "broken");
      }
      assertAlive(socket, "after broken UTF-8");
    }
  }

  @Test
  void aCommandMayComeInPieces() throws Exception {
    try (var socket = connect()) {
      var bytes = "{\"type\":\"subscriptions.set\",\"chatIDs\":[\"ä\"]}".getBytes(UTF_8);
      for (int i = 0; i < bytes.length; i++) {
        int opcode = i == 0 ? RawSocket.TEXT : RawSocket.CONTINUATION;
        socket.send(opcode, i == bytes.length - 1, new byte[] {bytes[i]});
      }
      assertEquals(List.of("ä"), socket.json().get("chatIDs"));
    }
  }

  @Test
  void whatIsTooLongIsAnsweredAndWhatIsFarTooLongEndsIt() throws Exception {
    try (var socket = connect()) {
      socket.send(" ".repeat(64 << 10));
      assertError(socket, "INVALID_PAYLOAD", "JSON", "just so long");
      socket.send("x".repeat((64 << 10) + 1));
      assertError(socket, "INVALID_PAYLOAD", "65536", "too long");
      socket.send(RawSocket.TEXT, false, new byte[50_000]);
      socket.send(RawSocket.CONTINUATION, true, new byte[50_000]);
      assertError(socket, "INVALID_PAYLOAD", "65536", "in pieces");
      assertAlive(socket, "after long commands");
    }
    try (var socket = connect()) {
      var frame = RawSocket.frame(RawSocket.TEXT, true, new byte[3 << 20]);
      sendAllOfIt(socket, frame);
      assertTrue(socket.isCutOffWith(1009));
    }
  }

  private static void sendAllOfIt(RawSocket socket, byte[] frame) {
    try {
      socket.sendRaw(frame);
    } catch (IOException e) {
      // it was closed before all was sent
      assertNotNull(e);
    }
  }

  @Test
  void framesThatBreakTheProtocolEndIt() throws Exception {
    byte[] unmasked = {(byte) 0x81, 2, '{', '}'};
    byte[] reserved = RawSocket.frame(0x70 | RawSocket.TEXT, true, new byte[] {'a'});
    byte[] unknown = RawSocket.frame(5, true, new byte[] {'a'});
    byte[] longPing = RawSocket.frame(RawSocket.PING, true, new byte[200]);
    byte[] stray = RawSocket.frame(RawSocket.CONTINUATION, true, new byte[] {'a'});
    for (byte[] frame : List.of(unmasked, reserved, unknown, longPing, stray)) {
      try (var socket = connect()) {
        socket.sendRaw(frame);
        assertEquals(1002, socket.closing());
      }
    }
  }

  @Test
  void thousandsOfCommandsASecondEndItAndTroubleNobody() throws Exception {
    try (var other = connect();
        var socket = connect()) {
      var flood = new ByteArrayOutputStream();
      for (int i = 0; i < 5000; i++) {
        flood.writeBytes(RawSocket.frame(RawSocket.TEXT, true, ALL.getBytes(UTF_8)));
      }
      sendAllOfIt(socket, flood.toByteArray());
      assertTrue(socket.isCutOffWith(1008));
      assertAlive(other, "beside a flood");
    }
  }
}
