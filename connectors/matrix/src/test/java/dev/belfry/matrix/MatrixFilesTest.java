package dev.belfry.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.matrix.json.Json;
import dev.belfry.model.AccountId;
import dev.belfry.model.AccountState;
import dev.belfry.model.Attachment;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import dev.belfry.network.Action;
import dev.belfry.network.NetworkClient;
import dev.belfry.network.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, pictures, timers and threads, as the homeserver sees them come. */
@Tag("unit")
class MatrixFilesTest {
  private static final String ROOM = "!r:example.org";
  private static final String PATH = "/rooms/%21r%3Aexample.org";
  private static final String SEND = "PUT " + PATH + "/send/";
  private static final String UPLOAD = "POST /_matrix/media/v3/upload";
  private static final String CREATE =
      """
      {"type":"m.room.create","event_id":"$0","sender":"@bob:example.org","state_key":"","content":{"room_version":"10"}}
      """;
  private static final String ENCRYPTION =
      """
      {"type":"m.room.encryption","event_id":"$c","sender":"@bob:example.org","state_key":"","origin_server_ts":5,"content":{}}
      """;

  @TempDir Path folder;
  private final Heard heard = new Heard();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final FakeHomeserver server;
  private final FakeLink link;
  private NetworkClient client;

  MatrixFilesTest() throws IOException {
    server = new FakeHomeserver();
    link = new FakeLink(server.url());
    client = open(Path.of(""));
  }

  private NetworkClient open(Path at) {
    return new MatrixConnector(new FakeLinks(link), SyncWorld.CLOCK)
        .open(new AccountId("matrix"), at);
  }

  @BeforeEach
  void start() {
    client = open(folder);
    var _ =
        threads.submit(() -> {
          client.run(heard);
          return null;
        });
    server
        .on(UPLOAD, 200, "{\"content_uri\":\"mxc://e.org/f\"}")
        .on(SEND + "m.room.message/m7", 200, "{\"event_id\":\"$new\"}")
        .on(SEND + "m.sticker/m7", 200, "{\"event_id\":\"$new\"}")
        .on(SEND + "m.room.encrypted/m7", 200, "{\"event_id\":\"$new\"}");
  }

  @AfterEach
  void stop() {
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

  private static Attachment file(
      String name, String mimeType, @Nullable Double duration, boolean gif) {
    return new Attachment(
        "img", null, null, name, mimeType, 5L, 640, 480, duration, gif, false, false, null, null,
        null);
  }

  private Outcome send(MessageContent content) throws IOException, InterruptedException {
    Path bytes = Files.writeString(folder.resolve("upload"), "bytes");
    return client.perform(new Action.SendMessage(ROOM, "m7", content, bytes));
  }

  private Json sent(MessageType type, String caption, Attachment file) throws Exception {
    MessageContent content = MessageContent.text(caption).withAttachments(type, List.of(file));
    assertEquals(new Outcome.Done("$new"), send(content));
    return server.sent("PUT");
  }

  @Test
  void aPictureWithACaption() throws Exception {
    synced(CREATE);
    MessageContent content =
        MessageContent.text("see **this**")
            .withHtml("see <strong>this</strong>")
            .withMentions(List.of("@bob:example.org"), false)
            .withAttachments(MessageType.IMAGE, List.of(file("a.png", "image/png", null, false)));
    assertEquals(new Outcome.Done("$new"), send(content));
    assertEquals(
        Json.parse(
                """
                {"msgtype":"m.image","body":"see **this**","format":"org.matrix.custom.html","formatted_body":"see <strong>this</strong>",
                "m.mentions":{"user_ids":["@bob:example.org"]},"filename":"a.png",
                "info":{"mimetype":"image/png","size":5,"w":640,"h":480},"url":"mxc://e.org/f"}
                """)
            .toString(),
        server.sent("PUT").toString());
  }

  @Test
  void withoutACaptionTheBodyIsTheName() throws Exception {
    synced(CREATE);
    Json content = sent(MessageType.FILE, "", file("a.pdf", "application/pdf", null, false));
    assertEquals("m.file", content.text("msgtype"));
    assertEquals("a.pdf", content.text("body"));
    assertFalse(content.has("format"));
  }

  @Test
  void kindsOfFilesAreToldApart() throws Exception {
    synced(CREATE);
    Json voice = sent(MessageType.VOICE, "", file("v.ogg", "audio/ogg", 1.5, false));
    assertEquals("m.audio", voice.text("msgtype"));
    assertTrue(voice.at("org.matrix.msc3245.voice").isObject());
    assertEquals(1500L, voice.at("org.matrix.msc1767.audio").number("duration"));
    assertEquals(1500L, voice.at("info").number("duration"));
    Json audio = sent(MessageType.AUDIO, "", file("v.ogg", "audio/ogg", 1.5, false));
    assertFalse(audio.has("org.matrix.msc3245.voice"));
    Json gif = sent(MessageType.VIDEO, "", file("g.mp4", "video/mp4", 2.0, true));
    assertEquals("m.video", gif.text("msgtype"));
    assertTrue(gif.at("info").isTrue("fi.mau.gif"));
    Json sticker = sent(MessageType.STICKER, "", file("s.webp", "image/webp", null, false));
    assertFalse(sticker.has("msgtype"));
    assertEquals("s.webp", sticker.text("body"));
  }

  @Test
  void inAnEncryptedRoomTheFileIsEncryptedAndItsKeyToo() throws Exception {
    synced(CREATE, ENCRYPTION);
    Json content = sent(MessageType.IMAGE, "hush", file("a.png", "image/png", null, false));
    assertTrue(content.has("ciphertext"));
    Json within = Json.parse(link.encrypted);
    assertEquals("mxc://e.org/f", within.at("file").text("url"));
    assertFalse(within.has("url"));
    assertNotNull(within.at("file", "key").text("k"));
  }

  @Test
  void aRepeatMakesOneMessageAndBringsTheFileOnce() throws Exception {
    synced(CREATE);
    String line = SEND + "m.room.message/m8";
    server.on(line, 502, "").on(line, 200, "{\"event_id\":\"$8\"}");
    Path bytes = Files.writeString(folder.resolve("upload"), "bytes");
    Action action =
        new Action.SendMessage(
            ROOM,
            "m8",
            MessageContent.text("")
                .withAttachments(MessageType.FILE, List.of(file("a", "text/plain", null, false))),
            bytes);
    assertInstanceOf(Outcome.RetryLater.class, client.perform(action));
    assertEquals(new Outcome.Done("$8"), client.perform(action));
    assertEquals(1, server.requests.stream().filter(r -> r.line().startsWith(UPLOAD)).count());
  }

  @Test
  void aFileThatIsGoneIsNoReasonToTryAgain() throws Exception {
    synced(CREATE);
    MessageContent content =
        MessageContent.text("")
            .withAttachments(MessageType.FILE, List.of(file("a", "text/plain", null, false)));
    Outcome gone =
        client.perform(new Action.SendMessage(ROOM, "m7", content, folder.resolve("gone")));
    assertEquals("no_file", assertInstanceOf(Outcome.Rejected.class, gone).code());
    gone = client.perform(new Action.SendMessage(ROOM, "m7", content, null));
    assertEquals("no_file", assertInstanceOf(Outcome.Rejected.class, gone).code());
  }

  @Test
  void filesAreFetched() throws Exception {
    synced(CREATE);
    server.on("GET /_matrix/client/v1/media/download/e.org/f", 200, "the file");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    client.download("mxc://e.org/f", null, out);
    assertEquals("the file", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void anAnswerToWhatStandsInAThreadStandsThereToo() throws Exception {
    synced(CREATE, ENCRYPTION);
    server.on(
        "GET " + PATH + "/event/%24in",
        200,
        "{\"content\":{\"m.relates_to\":{\"rel_type\":\"m.thread\",\"event_id\":\"$root\",\"is_falling_back\":true,\"m.in_reply_to\":{\"event_id\":\"$x\"}}}}");
    server.on("GET " + PATH + "/event/%24in", 404, "{}"); // once is enough
    for (int times = 0; times < 2; times++) {
      send(MessageContent.text("yes").withReplyTo("$in/apart"));
      assertEquals(
          Json.parse(
                  "{\"rel_type\":\"m.thread\",\"event_id\":\"$root\",\"is_falling_back\":false,\"m.in_reply_to\":{\"event_id\":\"$in\"}}")
              .names(),
          server.sent("PUT").at("m.relates_to").names());
    }
    send(MessageContent.text("yes").withReplyTo("$out"));
    Json plain = server.sent("PUT").at("m.relates_to");
    assertEquals("$out", plain.at("m.in_reply_to").text("event_id"));
    assertFalse(plain.has("rel_type"));
    server.on("GET " + PATH + "/event/%24later", 503, "{}");
    assertInstanceOf(
        Outcome.RetryLater.class, send(MessageContent.text("yes").withReplyTo("$later")));
  }

  @Test
  void theRoomsPictureIsBroughtInClear() throws Exception {
    synced(CREATE, ENCRYPTION);
    server.on("PUT " + PATH + "/state/m.room.avatar", 200, "{\"event_id\":\"$a\"}");
    Path picture = Files.writeString(folder.resolve("p"), "GIF89a");
    assertEquals(new Outcome.Done(""), client.perform(new Action.SetAvatar(ROOM, picture)));
    assertEquals(
        "{\"url\":\"mxc://e.org/f\",\"info\":{\"mimetype\":\"image/gif\",\"size\":6}}",
        ordered(server.sent("PUT"), "url", "info", "mimetype", "size"));
    assertEquals(new Outcome.Done(""), client.perform(new Action.SetAvatar(ROOM, null)));
    assertEquals("{}", server.sent("PUT").toString());
    Path text = Files.writeString(folder.resolve("t"), "no picture");
    Outcome refused = client.perform(new Action.SetAvatar(ROOM, text));
    assertEquals("no_picture", assertInstanceOf(Outcome.Rejected.class, refused).code());
    refused = client.perform(new Action.SetAvatar(ROOM, folder.resolve("gone")));
    assertEquals("no_file", assertInstanceOf(Outcome.Rejected.class, refused).code());
  }

  private static String ordered(Json content, String... fields) {
    Json info = content.at(fields[1]);
    return Json.of(java.util.Map.of())
        .with(fields[0], content.at(fields[0]))
        .with(
            fields[1],
            Json.of(java.util.Map.of())
                .with(fields[2], info.at(fields[2]))
                .with(fields[3], info.at(fields[3])))
        .toString();
  }

  @Test
  void aMessageBearsTheRoomsTimer() throws Exception {
    String timer =
        "{\"type\":\"com.beeper.disappearing_timer\",\"event_id\":\"$t\",\"sender\":\"@bot:example.org\",\"state_key\":\"\",\"content\":%s}";
    synced(CREATE, timer.formatted("{\"type\":\"after_send\",\"timer\":60000}"));
    send(MessageContent.text("soon gone"));
    assertEquals(60_000L, server.sent("PUT").at("com.beeper.disappearing_timer").number("timer"));
    String json = SyncWorld.joined(ROOM, SyncWorld.timeline(false, timer.formatted("{}")));
    link.turns.add(listener -> {
      listener.synced(json, false);
      heard.states.add(AccountState.CONNECTED);
    });
    assertEquals(AccountState.CONNECTED, heard.states.take());
    send(MessageContent.text("stays"));
    assertFalse(server.sent("PUT").has("com.beeper.disappearing_timer"));
  }

  @Test
  void aTimerIsSetWhereTheBridgeHasOne() throws Exception {
    synced(CREATE);
    Action day = new Action.SetMessageExpiry(ROOM, 86_400);
    assertEquals(
        "unsupported", assertInstanceOf(Outcome.Rejected.class, client.perform(day)).code());
    server
        .on(
            "GET " + PATH + "/state/com.beeper.room_features",
            200,
            "{\"disappearing_timer\":{\"types\":[\"after_send\",\"after_read\"]}}")
        .on("PUT " + PATH + "/state/com.beeper.disappearing_timer", 200, "{}");
    assertEquals(new Outcome.Done(""), client.perform(day));
    Json timer = server.sent("PUT");
    assertEquals("after_send", timer.text("type"));
    assertEquals(86_400_000L, timer.number("timer"));
    assertEquals(new Outcome.Done(""), client.perform(new Action.SetMessageExpiry(ROOM, null)));
    assertEquals("{}", server.sent("PUT").toString());
  }
}
