package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.Patience;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files by the official SDK: to Bob's client and from there, in clear rooms and encrypted ones. */
@Tag("e2e")
@ExtendWith({Stage.Provider.class, LogsOnFailure.class})
class MatrixFilesTest {
  private final Stage stage;
  private final Neighbourhood people;

  MatrixFilesTest(Stage stage) {
    this.stage = stage;
    people = stage.people;
  }

  @Test
  void aPictureWithACaptionArrives() throws IOException {
    var room = stage.freshChat("Pictures");
    byte[] bytes = png();
    var message = sent(room, "look **here**", Map.of("uploadID", uploaded(bytes, "a b.png")));
    var content = there(room, "m.image").at("content");
    assertEquals("look **here**", content.at("body").text());
    assertEquals("look <strong>here</strong>", content.at("formatted_body").text());
    assertEquals("a b.png", content.at("filename").text());
    assertEquals("image/png", content.at("info", "mimetype").text());
    assertEquals(30, content.at("info", "w").number());
    assertEquals(20, content.at("info", "h").number());
    assertEquals(bytes.length, content.at("info", "size").number());
    assertArrayEquals(bytes, people.bob.download(content.at("url").text()));
    assertEquals("IMAGE", message.at("type").text());
    assertEquals("look <strong>here</strong>", message.at("text").text());
    var shown = message.at("attachments").at(0);
    assertEquals("a b.png", shown.at("fileName").text());
    assertArrayEquals(bytes, served(shown.at("id").text()));
  }

  @Test
  void voiceNotesAndStickersAreSuch() throws IOException {
    var room = stage.freshChat("Kinds");
    byte[] sound = random(3000);
    var voice = attachment(sound, "note.ogg");
    voice.putAll(Map.of("type", "voice-note", "mimeType", "audio/ogg", "duration", 1.5));
    var message = sent(room, "", voice);
    assertEquals("VOICE", message.at("type").text());
    assertTrue(message.at("attachments").at(0).at("isVoiceNote").isTrue());
    var content = there(room, "m.audio").at("content");
    assertFalse(content.at("org.matrix.msc3245.voice").missing());
    assertEquals(1500, content.at("info", "duration").number());
    var sticker = attachment(png(), "smile.png");
    sticker.put("type", "sticker");
    message = sent(room, "", sticker);
    assertEquals("STICKER", message.at("type").text());
    var event = there(room, e -> "m.sticker".equals(e.at("type").value()));
    assertArrayEquals(png(), people.bob.download(event.at("content", "url").text()));
  }

  @Test
  void inAnEncryptedRoomOnlyItsPeopleCanOpenTheFile() {
    var room = stage.freshEncryptedChat("Secret files");
    byte[] bytes = random(100_003);
    try (var bob = bobsDevice()) {
      stage.message(room, bob.say(room.id(), "send it", people.alice, people.bob));
      var message = sent(room, "for you", attachment(bytes, "plan.bin"));
      assertEquals("FILE", message.at("type").text());
      var event = room.events().getLast();
      assertEquals("m.room.encrypted", event.at("type").text());
      assertFalse(event.toString().contains("plan.bin"));
      var content =
          Patience.USUAL
              .until(
                  "the key came",
                  () -> Optional.of(bob.read(room.id(), event.at("event_id").text())))
              .at("content");
      assertEquals("for you", content.at("body").text());
      assertEquals("plan.bin", content.at("filename").text());
      assertTrue(content.at("url").missing());
      byte[] sealed = people.bob.download(content.at("file", "url").text());
      assertFalse(Arrays.equals(bytes, sealed));
      assertArrayEquals(bytes, bob.open(sealed, content.at("file")));
      assertArrayEquals(bytes, served(message.at("attachments").at(0).at("id").text()));
    }
  }

  @Test
  void aFileFromAnotherClientIsServed() throws IOException {
    var room = stage.freshChat("Files from Bob");
    byte[] bytes = png();
    String url = people.bob.upload(bytes, "image/png", "b.png");
    var event =
        room.send(
            "m.room.message",
            Map.of(
                "msgtype",
                "m.image",
                "body",
                "b.png",
                "url",
                url,
                "info",
                Map.of("mimetype", "image/png", "size", bytes.length, "w", 30, "h", 20)));
    var file = stage.message(room, event).at("attachments").at(0);
    assertEquals(url, file.at("id").text());
    assertEquals(url, file.at("srcURL").text());
    assertEquals("img", file.at("type").text());
    assertEquals(30, file.at("size", "width").number());
    assertArrayEquals(bytes, served(url));
  }

  @Test
  void anEncryptedFileFromAnotherClientIsServedInClearUnlessItWasChanged() {
    var room = stage.freshEncryptedChat("Secret files from Bob");
    byte[] bytes = random(50_001);
    try (var bob = bobsDevice()) {
      var sealed = bob.seal(bytes);
      String url = people.bob.upload(sealed.bytes(), "application/octet-stream", "x");
      var file = shown(bob, room, sealed.at(url));
      assertEquals(url, file.at("id").text());
      assertArrayEquals(bytes, served(url));
      byte[] changed = sealed.bytes();
      changed[7] ^= 1;
      String other = people.bob.upload(changed, "application/octet-stream", "x");
      shown(bob, room, sealed.at(other));
      var answer = stage.sdk.call("assets.download", Map.of("url", other));
      assertTrue(answer.at("error").text().contains("its hash is another"), answer.toString());
    }
  }

  @Test
  void theRoomsPictureIsChanged() throws IOException {
    var room = stage.freshChat("Pictured");
    room.state("m.room.power_levels", "", Map.of("users", powers(), "state_default", 50));
    String event = room.say("you may");
    stage.message(room, event);
    var upload = upload(png(), "avatar.png");
    Patience.USUAL.until(
        "allowed",
        () ->
            Optional.of(
                stage.sdk.call(
                    "chats.update", room.id(), Map.of("imgURL", upload.at("srcURL").text()))));
    var url =
        Patience.USUAL.until(
            "the picture is there", () -> room.state("m.room.avatar", "").at("url").maybeText());
    assertArrayEquals(png(), people.bob.download(url));
  }

  private Map<String, Object> powers() {
    return Map.of(people.bob.id(), 100, people.alice.id(), 100);
  }

  @Test
  void mentionsAndThreadsAreKept() {
    var room = stage.freshChat("Threads");
    String root = room.say("a topic");
    String inside =
        room.send(
            "m.room.message",
            Map.of(
                "msgtype",
                "m.text",
                "body",
                "about it",
                "m.relates_to",
                Map.of("rel_type", "m.thread", "event_id", root)));
    var asked = stage.message(room, inside);
    stage.sdk.call(
        "messages.send",
        room.id(),
        Map.of(
            "text",
            "you there?",
            "replyToMessageID",
            asked.at("id").text(),
            "mentions",
            List.of(people.bob.id())));
    var content =
        there(room, e -> "you there?".equals(e.at("content", "body").value())).at("content");
    assertEquals("m.thread", content.at("m.relates_to", "rel_type").text());
    assertEquals(root, content.at("m.relates_to", "event_id").text());
    assertEquals(inside, content.at("m.relates_to", "m.in_reply_to", "event_id").text());
    assertEquals(people.bob.id(), content.at("m.mentions", "user_ids").at(0).text());
  }

  private Json shown(EncryptingDevice bob, MatrixRoom room, Map<String, Object> file) {
    var content =
        Map.of(
            "msgtype", "m.file", "body", "plan.bin", "file", file, "info", Map.of("size", 50_001));
    String event = bob.send(room.id(), "m.room.message", content, people.alice, people.bob);
    return stage
        .messageOnce("decrypted", room, event, m -> !m.at("attachments").list().isEmpty())
        .at("attachments")
        .at(0);
  }

  private Json upload(byte[] bytes, String name) {
    var base64 = Base64.getEncoder().encodeToString(bytes);
    return stage.sdk.call(
        "assets.upload", Map.of("file", Map.of("$file", base64, "name", name), "fileName", name));
  }

  private String uploaded(byte[] bytes, String name) {
    return upload(bytes, name).at("uploadID").text();
  }

  private Map<String, Object> attachment(byte[] bytes, String name) {
    return new LinkedHashMap<>(Map.of("uploadID", uploaded(bytes, name)));
  }

  private Json sent(MatrixRoom room, String text, Map<String, Object> attachment) {
    var body = new LinkedHashMap<String, Object>(Map.of("attachment", attachment));
    if (!text.isEmpty()) {
      body.put("text", text);
    }
    String pending = stage.sdk.call("messages.send", room.id(), body).at("pendingMessageID").text();
    return Patience.USUAL.until(
        "the homeserver has confirmed",
        () ->
            Optional.of(stage.sdk.call("messages.retrieve", pending, Map.of("chatID", room.id()))));
  }

  private byte[] served(String url) {
    var answer = stage.sdk.call("assets.serve", Map.of("url", url));
    return Base64.getDecoder().decode(answer.at("$bytes").text());
  }

  private Json there(MatrixRoom room, String msgtype) {
    return there(room, event -> msgtype.equals(event.at("content", "msgtype").value()));
  }

  private static Json there(MatrixRoom room, Predicate<Json> fits) {
    return Patience.USUAL.until(
        "it is there", () -> room.events().stream().filter(fits).findFirst());
  }

  private EncryptingDevice bobsDevice() {
    return EncryptingDevice.of(
        stage.synapse.login("bob", Neighbourhood.PASSWORD), stage.synapse.url());
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] png() throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }
}
