package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.Patience;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is sent with the official SDK, looked up on the homeserver. */
@Tag("e2e")
@ExtendWith({Stage.Provider.class, LogsOnFailure.class})
class MatrixSendTest {
  private final Stage stage;
  private final Neighbourhood people;

  MatrixSendTest(Stage stage) {
    this.stage = stage;
    people = stage.people;
  }

  @Test
  void plainTextGoesOutAsItIs() {
    var room = stage.freshChat("Plain");
    var message = sent(room, Map.of("text", "hello from here"));
    assertEquals("SUCCESS", message.at("sendStatus", "status").text());
    assertTrue(message.at("isSender").isTrue());
    assertEquals("hello from here", message.at("text").text());
    var event = there(room, "hello from here");
    assertEquals(people.alice.id(), event.at("sender").text());
    assertEquals("m.text", event.at("content", "msgtype").text());
    assertTrue(event.at("content", "formatted_body").missing());
    assertEquals(
        message.at("id"),
        stage.message(room, event.at("event_id").text()).at("id"),
        "the event id is a name of the same message");
    assertEquals(1, Collections.frequency(stage.texts(room), "hello from here"));
  }

  @Test
  void markdownBecomesHtml() {
    var room = stage.freshChat("Markdown");
    sent(room, Map.of("text", "some **bold** and `code`"));
    var content = there(room, "some **bold** and `code`").at("content");
    assertEquals("org.matrix.custom.html", content.at("format").text());
    assertEquals(
        "some <strong>bold</strong> and <code>code</code>", content.at("formatted_body").text());
  }

  @Test
  void aReplyNamesWhatItAnswers() {
    var room = stage.freshChat("Replies");
    String question = room.say("how are you?");
    var asked = stage.message(room, question);
    var message = sent(room, Map.of("text", "fine", "replyToMessageID", asked.at("id").text()));
    assertEquals(asked.at("id"), message.at("linkedMessageID"));
    assertEquals(
        question,
        there(room, "fine").at("content", "m.relates_to", "m.in_reply_to", "event_id").text());
  }

  @Test
  void manyAtOnceKeepTheirOrder() {
    var room = stage.freshChat("Many");
    var texts = java.util.stream.IntStream.range(0, 30).mapToObj(i -> "number " + i).toList();
    for (var text : texts) {
      stage.sdk.call("messages.send", room.id(), Map.of("text", text));
    }
    Patience.USUAL.until("all are there", room::bodies, texts::equals);
    Patience.USUAL.until("all are here", () -> numbered(room), texts::equals);
  }

  @Test
  void aPendingMessageIsTheNewestUntilItIsConfirmed() {
    var room = stage.freshChat("Pending");
    var answer = stage.sdk.call("messages.send", room.id(), Map.of("text", "on its way"));
    String pending = answer.at("pendingMessageID").text();
    assertEquals(room.id(), answer.at("chatID").text());
    assertTrue(pending.matches("m\\d+"), pending);
    var newest = stage.messages(room).getLast();
    assertEquals("on its way", newest.at("text").text());
    var message = confirmed(room, pending);
    assertTrue(!message.at("id").text().equals(pending));
    assertEquals(
        message, stage.sdk.call("messages.retrieve", pending, in(room)), "the alias stays");
  }

  @Test
  void whatIsSentFromAnotherDeviceIsOurs() {
    var room = stage.freshChat("Two devices");
    var event = people.alice.room(room.id()).say("from my phone");
    var message = stage.message(room, event);
    assertTrue(message.at("isSender").isTrue());
    assertEquals("SUCCESS", message.at("sendStatus", "status").text());
  }

  @Test
  void whereWeMayNotWriteSendingIsRefused() {
    var room = stage.freshChat("Read only");
    room.state(
        "m.room.power_levels",
        "",
        Map.of("users", Map.of(people.bob.id(), 100), "events_default", 50));
    stage.chatOnce("read only", room, chat -> chat.at("isReadOnly").isTrue());
    var refusal =
        org.junit.jupiter.api.Assertions.assertThrows(
            OfficialSdk.Refusal.class,
            () -> stage.sdk.call("messages.send", room.id(), Map.of("text", "may I?")));
    assertEquals(422, refusal.status());
  }

  @Test
  void aMessageThatWasReadThereIsSeen() {
    var room = stage.freshChat("Seen");
    sent(room, Map.of("text", "did you see?"));
    String event = there(room, "did you see?").at("event_id").text();
    room.marks().read(event);
    stage.messageOnce("seen by Bob", room, event, message -> !message.at("seen").missing());
  }

  private Json sent(MatrixRoom room, Map<String, ?> body) {
    var answer = stage.sdk.call("messages.send", room.id(), body);
    return confirmed(room, answer.at("pendingMessageID").text());
  }

  /** Waits as the official command line client does: the first answer that is not a 404. */
  private Json confirmed(MatrixRoom room, String pendingId) {
    return Patience.USUAL.until(
        "the homeserver has confirmed",
        () -> Optional.of(stage.sdk.call("messages.retrieve", pendingId, in(room))));
  }

  private static Map<String, String> in(MatrixRoom room) {
    return Map.of("chatID", room.id());
  }

  private static Json there(MatrixRoom room, String body) {
    return Patience.USUAL.until(
        "it is there",
        () ->
            room.events().stream()
                .filter(event -> body.equals(event.at("content", "body").value()))
                .findFirst());
  }

  private List<String> numbered(MatrixRoom room) {
    return stage.texts(room).stream().filter(text -> text.startsWith("number ")).toList();
  }
}
