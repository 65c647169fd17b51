package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.homeserver.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Matrix account's messages, seen through the official SDK. */
@Tag("e2e")
@ExtendWith({Stage.Provider.class, LogsOnFailure.class})
class MatrixMessagesTest {
  private final Stage stage;
  private final Neighbourhood people;

  MatrixMessagesTest(Stage stage) {
    this.stage = stage;
    people = stage.people;
  }

  @Test
  void aLongChatIsThereOnceAndInOrderAcrossBackfill() {
    var expected =
        IntStream.rangeClosed(1, Neighbourhood.LONG).mapToObj(i -> "message " + i).toList();
    var room = people.room("Long");
    var messages = stage.sdk.all("messages.list", room.id()).reversed();
    var said =
        messages.stream().filter(message -> message.at("type").text().equals("TEXT")).toList();
    assertEquals(expected, said.stream().map(message -> message.at("text").text()).toList());
    var keys = messages.stream().map(message -> message.at("sortKey").text()).toList();
    assertEquals(keys.stream().sorted().toList(), keys);
    assertEquals(messages.size(), new HashSet<>(keys).size());
    assertEquals(messages, stage.messages(room), "a second look is the same");
  }

  @Test
  void pagesJoinInBothDirections() {
    var room = people.room("Long");
    var middle = stage.messages(room).get(Neighbourhood.LONG / 2);
    for (var cursor : List.of(middle.at("id").text(), middle.at("sortKey").text())) {
      var older = page(room.id(), cursor, "before");
      var newer = page(room.id(), cursor, "after");
      assertEquals(number(middle) - 1, number(older.at("items").at(0)));
      var items = newer.at("items").list();
      assertEquals(number(middle) + 1, number(items.getLast()));
      assertEquals(number(middle) + items.size(), number(items.getFirst()));
    }
  }

  @Test
  void everyKindOfMessageHasItsType() {
    var room = people.room("Bob");
    var byBody =
        Map.of(
            "hello Bob", "TEXT",
            "waves", "TEXT",
            "this is a notice", "NOTICE",
            "sun.png", "IMAGE",
            "a sticker", "STICKER",
            "here", "LOCATION",
            "of a new kind", "TEXT");
    for (var event : room.events()) {
      var type = event.at("content", "body").maybeText().map(byBody::get);
      type.ifPresent(expected ->
          assertEquals(
              expected,
              stage.message(room, event.at("event_id").text()).at("type").text(),
              event::toString));
    }
  }

  @Test
  void filesAreAttachments() {
    var room = people.room("Bob");
    var picture = eventWithBody("Bob", "sun.png");
    var attachment = stage.message(room, picture.at("event_id").text()).at("attachments").at(0);
    assertEquals("img", attachment.at("type").text());
    assertEquals("sun.png", attachment.at("fileName").text());
    assertEquals("image/png", attachment.at("mimeType").text());
    assertEquals(32, attachment.at("size", "width").number());
  }

  @Test
  void formattingIsKept() {
    var event = eventWithBody("Bob", "bold");
    var message = stage.message(people.room("Bob"), event.at("event_id").text());
    assertEquals("<strong>bold</strong>", message.at("text").text());
  }

  @Test
  void editsReactionsRepliesAndRedactionsOfHistory() {
    var room = people.room("Bob");
    var original = eventWithBody("Bob", "hello Alice");
    var hello = stage.message(room, original.at("event_id").text());
    assertEquals("hello dear Alice", hello.at("text").text());
    assertFalse(hello.at("editedTimestamp").missing());
    var answer = stage.message(room, eventWithBody("Bob", "hello Bob").at("event_id").text());
    assertEquals(hello.at("id"), answer.at("linkedMessageID"));
    assertTrue(answer.at("isSender").isTrue());
    assertEquals("👍", answer.at("reactions").at(0).at("reactionKey").text());
    assertEquals(people.bob.id(), answer.at("reactions").at(0).at("participantID").text());
    var deleted = stage.messages(room).stream().filter(m -> m.at("isDeleted").isTrue()).toList();
    assertEquals(1, deleted.size());
    assertTrue(deleted.getFirst().at("text").missing());
    assertFalse(stage.texts(room).stream().anyMatch(text -> text.contains("taken back")));
  }

  @Test
  void aMessageFromThereArrivesHere() {
    var room = stage.freshChat("Arrivals");
    String eventId = room.say("fresh from Bob");
    var message = stage.message(room, eventId);
    assertEquals("fresh from Bob", message.at("text").text());
    assertEquals(people.bob.id(), message.at("senderID").text());
    assertEquals("Bob", message.at("senderName").text());
    assertFalse(message.at("isSender").isTrue());
    assertTrue(message.at("isUnread").isTrue());
    assertEquals(
        room.event(eventId).at("origin_server_ts").number(),
        java.time.Instant.parse(message.at("timestamp").text()).toEpochMilli());
    var listed = stage.sdk.all("chats.list").getFirst();
    assertEquals(room.id(), listed.at("id").text(), "the newest chat is first");
    assertEquals("fresh from Bob", listed.at("preview", "text").text());
  }

  @Test
  void changesFromThereArriveHere() {
    var room = stage.freshChat("Changes");
    String first = room.say("first");
    String second = room.say("second");
    stage.message(room, second);
    room.edit(first, "first, better");
    String reaction = people.alice.room(room.id()).react(first, "❤️");
    people.carolJoins(room).react(first, "🎉");
    room.redact(second);
    stage.messageOnce("edited", room, first, m -> m.at("text").text().equals("first, better"));
    stage.messageOnce("two reactions", room, first, m -> m.at("reactions").list().size() == 2);
    stage.messageOnce("deleted", room, second, m -> m.at("isDeleted").isTrue());
    people.alice.room(room.id()).redact(reaction);
    var left =
        stage.messageOnce("one reaction", room, first, m -> m.at("reactions").list().size() == 1);
    assertEquals("🎉", left.at("reactions").at(0).at("reactionKey").text());
  }

  @Test
  void bridgedMessagesKeepTheirTimesAndSenders() {
    var messages =
        stage.messages(people.room("Zoe (Phone)")).stream()
            .filter(message -> message.at("text").maybeText().orElse("").startsWith("old "))
            .toList();
    assertEquals(
        List.of("old 0", "old 1", "old 2", "old 3", "old 4", "old 5"),
        messages.stream().map(message -> message.at("text").text()).toList());
    assertEquals("2023-11-14T22:13:20.000Z", messages.getFirst().at("timestamp").text());
    assertFalse(messages.getFirst().at("isSender").isTrue());
    assertTrue(messages.get(1).at("isSender").isTrue());
  }

  private Json page(String chatId, String cursor, String direction) {
    return stage.sdk.call(
        "get",
        "/v1/chats/" + chatId + "/messages",
        Map.of("query", Map.of("cursor", cursor, "direction", direction)));
  }

  private static int number(Json message) {
    return Integer.parseInt(message.at("text").text().substring("message ".length()));
  }

  private Json eventWithBody(String room, String body) {
    return people.aliceIn(room).events().stream()
        .filter(event -> body.equals(event.at("content", "body").value()))
        .findFirst()
        .orElseThrow();
  }
}
