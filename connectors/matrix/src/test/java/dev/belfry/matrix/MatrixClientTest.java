package dev.belfry.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.matrix.json.Json;
import dev.belfry.model.AccountId;
import dev.belfry.model.AccountState;
import dev.belfry.model.MessageContent;
import dev.belfry.network.Action;
import dev.belfry.network.HistoryPage;
import dev.belfry.network.LoggedOutException;
import dev.belfry.network.NetworkClient;
import dev.belfry.network.NetworkEvent.MembersChanged;
import dev.belfry.network.NetworkEvent.MessageEdited;
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.NetworkEvent.MessageRevealed;
import dev.belfry.network.NetworkEvent.PeopleChanged;
import dev.belfry.network.NetworkEvent.SelfChanged;
import dev.belfry.network.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client over a device and a homeserver that say what the test wants. */
@Tag("unit")
class MatrixClientTest {
  private static final String ROOM = "!r:example.org";
  private static final String PATH = "/rooms/%21r%3Aexample.org";
  private static final String CREATE =
      """
      {"type":"m.room.create","event_id":"$0","sender":"@bob:example.org","state_key":"","content":{"room_version":"10"}}
      """;
  private static final String ENCRYPTION =
      """
      {"type":"m.room.encryption","event_id":"$c","sender":"@bob:example.org","state_key":"","origin_server_ts":5,"content":{}}
      """;
  private static final String SEALED =
      """
      {"type":"m.room.encrypted","event_id":"$e","sender":"@bob:example.org","origin_server_ts":9,"content":{"session_id":"s1"}}
      """;

  @TempDir Path folder;
  private final Heard heard = new Heard();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private FakeHomeserver server;
  private FakeLink link;
  private NetworkClient client;
  private Future<?> running;

  MatrixClientTest() throws IOException {
    server = new FakeHomeserver();
    link = new FakeLink(server.url());
    client =
        new MatrixConnector(new FakeLinks(link), SyncWorld.CLOCK)
            .open(new AccountId("matrix"), Path.of(""));
    running = threads.submit(() -> {});
  }

  @BeforeEach
  void start() {
    client =
        new MatrixConnector(new FakeLinks(link), SyncWorld.CLOCK)
            .open(new AccountId("matrix"), folder);
    running =
        threads.submit(() -> {
          client.run(heard);
          return null;
        });
  }

  @AfterEach
  void stop() throws InterruptedException {
    client.close();
    link.close();
    threads.close();
    server.close();
  }

  private void synced(String... state) throws InterruptedException {
    String parts = SyncWorld.stateOf(state) + "," + SyncWorld.timeline(true);
    String json = SyncWorld.joined(ROOM, parts + ",\"summary\":{\"m.joined_member_count\":3}");
    link.turns.add(listener -> listener.synced(json, true));
    assertEquals(AccountState.CONNECTED, heard.states.take());
  }

  private Outcome send(MessageContent content) throws InterruptedException {
    return client.perform(new Action.SendMessage(ROOM, "m7", content, null));
  }

  @Test
  void aMessageIsPutUnderItsTransaction() throws Exception {
    synced(CREATE);
    server.on("PUT " + PATH + "/send/m.room.message/m7", 200, "{\"event_id\":\"$new\"}");
    MessageContent content =
        MessageContent.text("Hi @room")
            .withHtml("<b>Hi</b>")
            .withReplyTo("$text")
            .withMentions(List.of("@bob:example.org", "@room"), false);
    assertEquals(new Outcome.Done("$new"), send(content));
    assertEquals(
        Json.parse(
                """
                {"msgtype":"m.text","body":"Hi @room","format":"org.matrix.custom.html","formatted_body":"<b>Hi</b>",
                "m.relates_to":{"m.in_reply_to":{"event_id":"$text"}},"m.mentions":{"room":true,"user_ids":["@bob:example.org"]}}
                """)
            .toString(),
        server.sent("PUT").toString());
  }

  @Test
  void inAnEncryptedRoomNothingGoesInClear() throws Exception {
    synced(CREATE, ENCRYPTION);
    server.on("PUT " + PATH + "/send/m.room.encrypted/m7", 200, "{\"event_id\":\"$new\"}");
    assertEquals(
        new Outcome.Done("$new"), send(MessageContent.text("secret").withReplyTo("$text")));
    Json content = server.sent("PUT");
    assertFalse(content.toString().contains("secret"));
    assertEquals("$text", content.at("m.relates_to", "m.in_reply_to").text("event_id"));
    link.encryptionFault = "Bob has no device.";
    Outcome.Rejected rejected =
        assertInstanceOf(Outcome.Rejected.class, send(MessageContent.text("x")));
    assertEquals("cannot_encrypt", rejected.code());
    assertEquals("Bob has no device.", rejected.message());
  }

  @Test
  void aRoomThatIsNotKnownIsAskedWhetherItIsEncrypted() throws Exception {
    link.turns.add(listener -> listener.synced("{}", true));
    server.on("PUT " + PATH + "/send/m.room.message/m7", 200, "{\"event_id\":\"$new\"}");
    assertEquals(new Outcome.Done("$new"), send(MessageContent.text("x")));
    server.on("GET " + PATH + "/state/m.room.encryption", 200, "{\"algorithm\":\"m.megolm\"}");
    server.on("PUT " + PATH + "/send/m.room.encrypted/m7", 200, "{\"event_id\":\"$sealed\"}");
    assertEquals(new Outcome.Done("$sealed"), send(MessageContent.text("x")));
  }

  @Test
  void nothingIsSentInClearWhereTheStateCouldNotBeHad() throws Exception {
    server.on("GET " + PATH + "/state", 500, "{}");
    server.on("GET " + PATH + "/state/m.room.encryption", 500, "{}");
    server.on("GET " + PATH + "/state/m.room.encryption", 200, "{}");
    server.on("PUT " + PATH + "/send/m.room.message/m7", 200, "{\"event_id\":\"$clear\"}");
    server.on("PUT " + PATH + "/send/m.room.encrypted/m7", 200, "{\"event_id\":\"$sealed\"}");
    synced();
    assertInstanceOf(Outcome.RetryLater.class, send(MessageContent.text("x")));
    assertEquals(new Outcome.Done("$sealed"), send(MessageContent.text("x")));
  }

  @Test
  void refusalsSayWhetherToTryAgain() throws Exception {
    synced(CREATE);
    String line = "PUT " + PATH + "/send/m.room.message/m7";
    server
        .on(line, 429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":1234}")
        .on(line, 429, "{}")
        .on(line, 502, "<html>bad gateway</html>")
        .on(line, 401, "{\"errcode\":\"M_UNKNOWN_TOKEN\"}")
        .on(line, 403, "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"not in room\"}")
        .on(line, 413, "{\"errcode\":\"M_TOO_LARGE\"}")
        .on(line, 400, "{\"errcode\":\"M_BAD_JSON\",\"error\":\"bad\"}");
    MessageContent text = MessageContent.text("x");
    Outcome.RetryLater limited = assertInstanceOf(Outcome.RetryLater.class, send(text));
    assertEquals(Duration.ofMillis(1234), limited.delay());
    limited = assertInstanceOf(Outcome.RetryLater.class, send(text));
    assertEquals(Duration.ofSeconds(7), limited.delay());
    assertInstanceOf(Outcome.RetryLater.class, send(text));
    assertInstanceOf(Outcome.RetryLater.class, send(text));
    assertEquals("forbidden", assertInstanceOf(Outcome.Rejected.class, send(text)).code());
    assertEquals("too_large", assertInstanceOf(Outcome.Rejected.class, send(text)).code());
    assertEquals("bad_json", assertInstanceOf(Outcome.Rejected.class, send(text)).code());
    server.close();
    assertInstanceOf(Outcome.RetryLater.class, send(text));
  }

  @Test
  void whatAProxySaysIsNoRefusal() throws Exception {
    synced(CREATE);
    String put = "PUT " + PATH + "/send/m.room.message/m7";
    for (int status : new int[] {200, 302, 401, 403, 404, 405}) {
      server.on(put, status, "<html>maintenance</html>");
      server.on("GET " + PATH + "/messages", status, "<html>maintenance</html>");
    }
    for (int i = 0; i < 6; i++) {
      assertInstanceOf(Outcome.RetryLater.class, send(MessageContent.text("x")));
      assertThrows(IOException.class, () -> client.history(ROOM, "t1", 50));
    }
  }

  @Test
  void aProxyDoesNotMakeARoomUnencrypted() throws Exception {
    link.turns.add(listener -> listener.synced("{}", true));
    server.on("GET " + PATH + "/state/m.room.encryption", 404, "<html>not here</html>");
    server.on("PUT " + PATH + "/send/m.room.message/m7", 200, "{\"event_id\":\"$clear\"}");
    assertInstanceOf(Outcome.RetryLater.class, send(MessageContent.text("x")));
  }

  @Test
  void readingMovesMarkersAndClearsFlags() throws Exception {
    synced(CREATE);
    String flag = "PUT /user/%40alice%3Aexample.org" + PATH + "/account_data/m.marked_unread";
    String oldFlag = flag.replace("m.marked_unread", "com.famedly.marked_unread");
    server
        .on("POST " + PATH + "/read_markers", 200, "{}")
        .on(flag, 200, "{}")
        .on(oldFlag, 200, "{}");
    assertEquals(new Outcome.Done(""), client.perform(new Action.MarkUnread(ROOM, "$older")));
    assertEquals("{\"unread\":true}", server.sent("PUT").toString());
    assertEquals("{\"m.fully_read\":\"$older\"}", server.sent("POST").toString());
    assertEquals(new Outcome.Done(""), client.perform(new Action.MarkRead(ROOM, "$new/apart")));
    assertEquals(
        "{\"m.fully_read\":\"$new\",\"m.read.private\":\"$new\"}", server.sent("POST").toString());
    assertEquals("{\"unread\":false}", server.sent("PUT").toString());
    assertEquals(new Outcome.Done(""), client.perform(new Action.MarkRead(ROOM, null)));
    assertNull(server.requests.poll());
    assertEquals(
        new Outcome.Unsupported(),
        client.perform(new Action.SetFlag(ROOM, Action.Flag.ARCHIVED, true)));
  }

  @Test
  void historyComesOldestFirstWithMembersAndNames() throws Exception {
    synced(CREATE);
    String member =
        """
        {"type":"m.room.member","sender":"%1$s","state_key":"%1$s","content":{"membership":"join","displayname":"%2$s"}}
        """;
    server.on(
        "GET " + PATH + "/members",
        200,
        "{\"chunk\":[%s,%s]}"
            .formatted(
                member.formatted("@bob:example.org", "Bob"),
                member.formatted("@erin:example.org", "Erin").replace("\"join\"", "\"ban\"")));
    String message =
        """
        {"type":"m.room.message","event_id":"%s","sender":"@bob:example.org","origin_server_ts":9,"content":{"msgtype":"m.text","body":"x"}}
        """;
    server.on(
        "GET " + PATH + "/messages",
        200,
        "{\"start\":\"t1\",\"end\":\"t2\",\"chunk\":[%s,%s],\"state\":[%s,%s]}"
            .formatted(
                message.formatted("$2"),
                message.formatted("$1"),
                member.formatted("@bob:example.org", "Bobby"),
                member.formatted("@gone:example.org", "Gone")));
    HistoryPage page = client.history(ROOM, "t1", 50);
    assertEquals("t2", page.nextToken());
    MembersChanged members = assertInstanceOf(MembersChanged.class, page.events().getFirst());
    assertTrue(members.complete());
    assertEquals(1, members.total());
    PeopleChanged people = assertInstanceOf(PeopleChanged.class, page.events().get(1));
    assertEquals(1, people.people().size());
    assertEquals("Gone", people.people().getFirst().fullName());
    assertEquals("$1", ((MessageReceived) page.events().get(2)).key());
    assertEquals("$2", ((MessageReceived) page.events().get(3)).key());
    server.on("GET " + PATH + "/messages", 200, "{\"start\":\"t2\",\"chunk\":[]}");
    client.history(ROOM, "t1", 50);
    HistoryPage last = client.history(ROOM, "t2", 50);
    assertNull(last.nextToken());
    assertTrue(last.events().isEmpty());
  }

  @Test
  void historyWaitsWhenToldToAndFailsWhenItMustBeTriedAgain() throws Exception {
    synced(CREATE);
    server
        .on("GET " + PATH + "/messages", 429, "{\"retry_after_ms\":1}")
        .on("GET " + PATH + "/messages", 200, "{\"chunk\":[],\"end\":\"t2\"}")
        .on("GET " + PATH + "/messages", 503, "{}")
        .on("GET " + PATH + "/messages", 403, "{\"errcode\":\"M_FORBIDDEN\"}");
    assertEquals("t2", client.history(ROOM, "t1", 5000).nextToken());
    assertThrows(IOException.class, () -> client.history(ROOM, "t2", 50));
    assertEquals(new HistoryPage(List.of(), null), client.history(ROOM, "t2", 50));
    assertTrue(
        server.requests.stream()
            .map(FakeHomeserver.Request::line)
            .anyMatch(line -> line.contains("limit=1000") && line.contains("dir=b")));
  }

  @Test
  void aKeyThatComesLaterRevealsItsMessage() throws Exception {
    synced(CREATE, ENCRYPTION);
    String later = SyncWorld.joined(ROOM, SyncWorld.timeline(false, SEALED));
    link.turns.add(listener -> listener.synced(later, false));
    assertTrue(heard.await(MessageReceived.class).content().body().startsWith("Waiting"));
    server.on("GET " + PATH + "/event/%24e", 200, SEALED);
    link.keys.put(
        "$e",
        new MatrixLink.Decryption(
            "m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"at last\"}", null, true));
    link.turns.add(listener -> listener.keysArrived(ROOM, "s1"));
    MessageRevealed revealed = heard.await(MessageRevealed.class);
    assertEquals("$e", revealed.key());
    assertEquals("at last", revealed.content().body());
  }

  @Test
  void whatTurnsOutToBeAnEditBecomesOne() throws Exception {
    synced(CREATE, ENCRYPTION);
    String edit =
        SEALED.replace(
            "{\"session_id\"",
            "{\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$first\"},\"session_id\"");
    link.turns.add(listener ->
        listener.synced(SyncWorld.joined(ROOM, SyncWorld.timeline(false, edit)), false));
    assertTrue(heard.await(MessageReceived.class).content().hidden());
    server.on("GET " + PATH + "/event/%24e", 200, edit);
    link.keys.put(
        "$e",
        new MatrixLink.Decryption(
            "m.room.message",
            "{\"msgtype\":\"m.text\",\"body\":\"* b\",\"m.new_content\":{\"msgtype\":\"m.text\",\"body\":\"b\"}}",
            null,
            true));
    link.turns.add(listener -> listener.keysArrived(ROOM, "s1"));
    MessageEdited edited = heard.await(MessageEdited.class);
    assertEquals("$first", edited.targetKey());
    assertEquals("b", edited.content().body());
    assertEquals("$e/apart", edited.key());
  }

  @Test
  void whatWaitsForKeysIsTriedAgainAfterARestart() throws Exception {
    PendingKeys kept = PendingKeys.open(folder);
    kept.add(List.of(new PendingKeys.Pending(ROOM, "s1", "$e")));
    client.close();
    link.close();
    server.on("GET " + PATH + "/event/%24e", 200, SEALED);
    link = new FakeLink(server.url());
    link.keys.put("$e", new MatrixLink.Decryption("m.sticker", "{\"body\":\"wave\"}", null, true));
    start();
    synced(CREATE);
    assertEquals("$e", heard.await(MessageRevealed.class).key());
  }

  @Test
  void theOwnersNameIsTold() throws Exception {
    server.on(
        "GET /profile/%40alice%3Aexample.org",
        200, "{\"displayname\":\"Alice\",\"avatar_url\":\"mxc://example.org/a\"}");
    client.close();
    link.close();
    link = new FakeLink(server.url());
    start();
    SelfChanged self = heard.await(SelfChanged.class);
    assertEquals("Alice", self.self().fullName());
    assertTrue(self.self().isSelf());
  }

  @Test
  void aReplacedRoomIsJoined() throws Exception {
    synced(CREATE);
    server.on("POST /join/%21new", 200, "{\"room_id\":\"!new\"}");
    String tombstone =
        """
        {"type":"m.room.tombstone","event_id":"$t","sender":"@bob:example.org","state_key":"","content":{"replacement_room":"!new"}}
        """;
    link.turns.add(listener ->
        listener.synced(SyncWorld.joined(ROOM, SyncWorld.timeline(false, tombstone)), false));
    FakeHomeserver.Request request = server.requests.take();
    while (!request.line().startsWith("POST")) {
      request = server.requests.take();
    }
    assertEquals("POST /join/%21new?via=example.org", request.line());
  }

  @Test
  void bridgedPeopleAreLookedUp() throws Exception {
    server.on(
        "GET /profile/%40wa_1%3Aexample.org",
        200, "{\"displayname\":\"Bob\",\"com.beeper.bridge.identifiers\":[\"tel:+4412\"]}");
    String bridge =
        """
        {"type":"m.bridge","event_id":"$b","sender":"@bot:example.org","state_key":"x","content":{"bridgebot":"@bot:example.org","protocol":{"displayname":"WhatsApp"}}}
        """;
    String member =
        """
        {"type":"m.room.member","event_id":"$m","sender":"@wa_1:example.org","state_key":"@wa_1:example.org","content":{"membership":"join"}}
        """;
    synced(CREATE, bridge, member);
    assertEquals("+4412", heard.await(PeopleChanged.class).people().getFirst().phoneNumber());
  }

  @Test
  void anEndedLoginEndsTheRun() throws Exception {
    link.turns.add(_ -> {
      throw new LoggedOutException("Log in again.");
    });
    ExecutionException ended = assertThrows(ExecutionException.class, running::get);
    assertInstanceOf(LoggedOutException.class, ended.getCause());
    assertInstanceOf(Outcome.RetryLater.class, send(MessageContent.text("x")));
    assertThrows(IOException.class, () -> client.history(ROOM, "t", 1));
    assertTrue(link.closed);
  }

  @Test
  void theDeviceIsKnownWithoutOpeningIt() throws Exception {
    synced(CREATE);
    NetworkClient other =
        new MatrixConnector(new FakeLinks(link), SyncWorld.CLOCK)
            .open(new AccountId("matrix"), folder);
    assertEquals("@alice:example.org DEVICE", other.device());
  }
}
