package dev.belfry.http;

import static dev.belfry.http.TestHub.ALICE;
import static dev.belfry.http.TestHub.FULL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Event;
import dev.belfry.api.EventPage;
import dev.belfry.api.codec.Codec;
import dev.belfry.contract.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /v1/ws}, frame by frame (contract, events.md). */
@Tag("hub")
class EventSocketTest {
  private static final String READY = "{\"type\":\"ready\",\"version\":1,\"chatIDs\":[]}";

  @TempDir Path folder;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = new TestHub(folder);
    hub.connect();
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private RawSocket connect() throws IOException {
    var socket = new RawSocket(hub.port, hub.readersHeader());
    assertEquals(101, socket.status(), socket.head);
    assertEquals(READY, socket.text());
    return socket;
  }

  private RawSocket subscribed(String command) throws IOException {
    var socket = connect();
    socket.send(command);
    Contract.assertValid("ws.SubscriptionsUpdated", socket.text().getBytes(UTF_8));
    return socket;
  }

  private void send(String chat, String text) throws IOException, InterruptedException {
    String target = "/v1/chats/" + chat + "/messages";
    assertEquals(200, hub.post(target, "{\"text\":\"" + text + "\"}").status());
    assertNotNull(hub.network.performed.poll(20, TimeUnit.SECONDS), "sent");
  }

  private static Event event(RawSocket socket) throws IOException {
    var json = socket.text().getBytes(UTF_8);
    Contract.assertValidWith("ws.DomainEvent", json, "cursor");
    return Codec.read(Event.class, json);
  }

  private EventPage page(String query) throws IOException {
    return Codec.read(EventPage.class, hub.get("/v1/events" + query).body());
  }

  @Test
  void aNewSocketIsReadyAndHearsNothing() throws Exception {
    try (var socket = connect()) {
      Contract.assertValid("ws.Ready", READY.getBytes(UTF_8));
      send(ALICE, "unheard");
      socket.send("{\"type\":\"subscriptions.set\",\"requestID\":\"r1\",\"chatIDs\":[\"*\"]}");
      assertEquals(
          "{\"type\":\"subscriptions.updated\",\"requestID\":\"r1\",\"chatIDs\":[\"*\"]}",
          socket.text());
      send(ALICE, "heard");
      assertTrue(socket.text().contains("\"text\":\"heard\""), "and nothing from before");
    }
  }

  @Test
  void aCommandMayComeBeforeTheServerSaidAnything() throws Exception {
    try (var socket = new RawSocket(hub.port, hub.readersHeader())) {
      socket.send("{\"type\":\"subscriptions.set\",\"chatIDs\":[]}");
      assertEquals(READY, socket.text());
      assertEquals("{\"type\":\"subscriptions.updated\",\"chatIDs\":[]}", socket.text());
    }
  }

  @Test
  void eventsCountFromOneAndBearTheMessages() throws Exception {
    try (var socket = subscribed("{\"type\":\"subscriptions.set\",\"chatIDs\":[\"*\"]}")) {
      send(ALICE, "hello");
      var events = new ArrayList<Event>();
      while (events.size() < 3 || events.getLast().ids().size() < 2) {
        events.add(event(socket));
      }
      for (int i = 0; i < events.size(); i++) {
        assertEquals(i + 1, events.get(i).seq());
      }
      var message = assertMessage(events.getLast());
      assertEquals("hello", message.text());
      assertEquals(events.getLast().ids().getFirst(), message.id(), "the final id comes first");
      assertEquals(events.getFirst().ids().getFirst(), events.getLast().ids().getLast());
    }
  }

  private static dev.belfry.api.Message assertMessage(Event event) {
    var entries = event.entries();
    if (entries == null) {
      throw new AssertionError("no entries: " + event);
    }
    Contract.assertValid("Message", Codec.toBytes(entries.getFirst()));
    return entries.getFirst();
  }

  @Test
  void onlyTheSubscribedChatsAreHeardWithoutGapsInTheCount() throws Exception {
    var local = (String) map(hub.get("/v1/chats/" + ALICE).body()).get("localChatID");
    try (var socket = connect()) {
      socket.send(
          "{\"type\":\"subscriptions.set\",\"chatIDs\":[\"%s\",\"!later:x\"]}".formatted(local));
      assertEquals(List.of(ALICE, "!later:x"), socket.json().get("chatIDs"), "canonical ids");
      send(FULL, "elsewhere");
      send(ALICE, "here");
      var first = event(socket);
      assertEquals(1, first.seq());
      assertEquals(ALICE, first.chatID());
      socket.send("{\"type\":\"subscriptions.set\",\"chatIDs\":[]}");
      while (!socket.text().contains("subscriptions.updated")) {
        // what was on its way
      }
      send(ALICE, "paused");
      socket.send("{\"type\":\"subscriptions.set\",\"chatIDs\":[\"" + FULL + "\"]}");
      assertTrue(socket.text().contains("subscriptions.updated"));
      send(FULL, "again");
      assertEquals(FULL, event(socket).chatID());
    }
  }

  private static Map<?, ?> map(byte[] json) {
    if (Codec.tree(json) instanceof Map<?, ?> map) {
      return map;
    }
    throw new AssertionError(new String(json, UTF_8));
  }

  @Test
  void whatWasMissedIsToldAfterACursor() throws Exception {
    String cursor = page("?after=now").newestCursor();
    send(ALICE, "one");
    send(FULL, "two");
    var missed = page("?after=" + cursor).items();
    String all = "{\"type\":\"subscriptions.set\",\"chatIDs\":[\"*\"],\"after\":\"%s\"}";
    try (var socket = subscribed(all.formatted(cursor))) {
      for (var each : missed) {
        assertEquals(each.cursor(), event(socket).cursor());
      }
      send(ALICE, "three");
      assertTrue(socket.text().contains("three"), "then what happens");
    }
    var some = all.replace("*", FULL).formatted(cursor);
    try (var socket = subscribed(some)) {
      for (var each : missed.stream().filter(e -> e.chatID().equals(FULL)).toList()) {
        assertEquals(each.cursor(), event(socket).cursor());
      }
    }
    for (int i = 0; i < missed.size() - 1; i++) {
      try (var socket = subscribed(all.formatted(missed.get(i).cursor()))) {
        var next = event(socket);
        assertEquals(missed.get(i + 1).cursor(), next.cursor());
        assertEquals(1, next.seq(), "of this connection");
      }
    }
  }

  @Test
  void aCursorFromElsewhereGetsAResetAndGoesOn() throws Exception {
    String foreign;
    try (var other = new TestHub(Files.createDirectory(folder.resolve("other")))) {
      foreign =
          Codec.read(EventPage.class, other.get("/v1/events?after=now").body()).newestCursor();
    }
    try (var socket =
        subscribed(
            "{\"type\":\"subscriptions.set\",\"chatIDs\":[\"*\"],\"after\":\"" + foreign + "\"}")) {
      var reset = socket.json();
      assertEquals("reset", reset.get("type"));
      assertEquals(2, reset.size());
      send(ALICE, "hello");
      var first = event(socket);
      assertEquals(
          first.cursor(), page("?after=" + reset.get("cursor")).items().getFirst().cursor());
    }
  }

  @Test
  void refusalsComeBeforeTheUpgradeAndInTheUsualForm() throws Exception {
    String reader = hub.readersHeader();
    assertStatus(401, "/v1/ws");
    assertStatus(401, "/v1/ws", "Upgrade: websocket", "Connection: Upgrade");
    assertStatus(426, "/v1/ws", reader);
    assertStatus(400, "/v1/ws", reader, "Upgrade: websocket"); // no HTTP at all
    assertStatus(
        426,
        "/v1/ws",
        reader,
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 8",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    assertStatus(
        400,
        "/v1/ws",
        reader,
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: short");
    try (var refused = new RawSocket(hub.port, reader, "Origin: https://evil.example")) {
      assertEquals(403, refused.status());
    }
    try (var refused = new RawSocket(hub.port, "Authorization: Bearer wrong")) {
      assertEquals(401, refused.status());
    }
    try (var refused = new RawSocket(hub.port, "Sec-WebSocket-Protocol: belfry.v1, bearer.wrong")) {
      assertEquals(401, refused.status());
    }
    assertEquals(405, hub.post("/v1/ws", "{}").status());
  }

  private void assertStatus(int status, String target, String... headers) throws IOException {
    var reply = Wire.exchange(hub.port, Wire.request("GET", target, "", headers));
    assertEquals(status, reply.status(), reply.text());
    Contract.assertValid("Error", reply.body());
  }

  @Test
  void browsersSendTheTokenAsASubprotocol() throws Exception {
    String token = hub.readersHeader().substring("Authorization: Bearer ".length());
    String origin = "Origin: http://localhost:3000";
    try (var socket =
        new RawSocket(hub.port, origin, "Sec-WebSocket-Protocol: belfry.v1, bearer." + token)) {
      assertEquals(101, socket.status(), socket.head);
      assertTrue(socket.hasHeader("Sec-WebSocket-Protocol: belfry.v1"), socket.head);
      assertFalse(socket.head.contains(token));
      assertEquals(READY, socket.text());
    }
  }

  @Test
  void theSocketEndsWithItsToken() throws Exception {
    try (var socket = subscribed("{\"type\":\"subscriptions.set\",\"chatIDs\":[\"*\"]}");
        var other = new RawSocket(hub.port, hub.writersHeader())) {
      hub.hub.tokens().revoke("r");
      assertEquals(4401, socket.closing());
      assertEquals(READY, other.text());
      send(ALICE, "hello");
      other.send("{\"type\":\"subscriptions.set\",\"chatIDs\":[\"*\"]}");
      assertTrue(other.text().contains("subscriptions.updated"), "another token's goes on");
    }
  }

  @Test
  void theServerSaysGoodbye() throws Exception {
    try (var socket = connect()) {
      hub.server.close();
      assertEquals(1001, socket.closing());
    }
  }

  @Test
  void aClientMayLeaveInGoodOrder() throws Exception {
    try (var socket = connect()) {
      socket.send(RawSocket.CLOSE, true, new byte[] {3, (byte) 0xe8});
      assertEquals(1000, socket.closing());
      assertTrue(socket.isEnded());
    }
  }

  @Test
  void aPingIsAnsweredOnce() throws Exception {
    try (var socket = connect()) {
      socket.send(RawSocket.PING, true, "hi".getBytes(UTF_8));
      var pong = socket.receive();
      assertEquals(RawSocket.PONG, pong.opcode());
      assertEquals("hi", pong.text());
      socket.send("{\"type\":\"subscriptions.set\",\"chatIDs\":[]}");
      assertTrue(socket.text().contains("subscriptions.updated"));
    }
  }
}
