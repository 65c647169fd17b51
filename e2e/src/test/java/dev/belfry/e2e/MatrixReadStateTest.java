package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.Patience;
import dev.belfry.homeserver.RoomMarks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What is read and unread, between the official SDK here and another Matrix client of the same
 * person there.
 *
 * <p>A homeserver does not move a receipt back, and Synapse not the read marker either; so what is
 * unread again here is checked there by the flag.
 */
@Tag("e2e")
@ExtendWith({Stage.Provider.class, LogsOnFailure.class})
class MatrixReadStateTest {
  private final Stage stage;
  private final Neighbourhood people;

  MatrixReadStateTest(Stage stage) {
    this.stage = stage;
    people = stage.people;
  }

  /** A new chat with five messages of Bob's, nothing of it read. */
  private final class Conversation {
    final MatrixRoom room;
    final List<String> events;

    Conversation(String name) {
      room = stage.freshChat(name);
      events =
          List.of(
              room.say("one"),
              room.say("two"),
              room.say("three"),
              room.say("four"),
              room.say("five"));
      stage.chatWithUnread(5, room);
    }

    RoomMarks there() {
      return people.alice.room(room.id()).marks();
    }

    Json message(int index) {
      return stage.message(room, events.get(index));
    }

    Json markUnread() {
      return stage.sdk.call("chats.markUnread", room.id());
    }

    Json markUnreadFrom(int index) {
      return stage.sdk.call("chats.markUnread", room.id(), messageId(index));
    }

    Json markRead() {
      return stage.sdk.call("chats.markRead", room.id());
    }

    Json markReadTo(int index) {
      return stage.sdk.call("chats.markRead", room.id(), messageId(index));
    }

    private Map<String, String> messageId(int index) {
      return Map.of("messageID", message(index).at("id").text());
    }

    void assertReadThere(int index) {
      Patience.USUAL.until(
          "the read marker is there",
          () -> there().readMarker(),
          Optional.of(events.get(index))::equals);
      Patience.USUAL.until(
          "the private receipt is there",
          () -> there().receipt("m.read.private", people.alice.id()),
          Optional.of(events.get(index))::equals);
    }

    void assertMarkedThere(boolean unread) {
      Patience.USUAL.until(
          "marked unread is " + unread, there()::isMarkedUnread, is -> is == unread);
    }
  }

  private static void assertRead(Json chat, long unread, boolean marked) {
    assertEquals(unread, chat.at("unreadCount").number(), chat::toString);
    assertEquals(marked, chat.at("isMarkedUnread").isTrue(), chat::toString);
  }

  @Test
  void theFlagAloneLeavesTheCount() {
    var chat = new Conversation("Flag");
    assertRead(chat.markReadTo(2), 2, false);
    assertRead(chat.markUnread(), 2, true);
    chat.assertMarkedThere(true);
    assertRead(chat.markUnread(), 2, true);
    assertRead(stage.chat(chat.room), 2, true);
    assertRead(chat.markRead(), 0, false);
    chat.assertMarkedThere(false);
  }

  @Test
  void readWithoutMessageReadsAll() {
    var chat = new Conversation("Read all");
    var answer = chat.markRead();
    assertRead(answer, 0, false);
    assertEquals(chat.message(4).at("sortKey"), answer.at("lastReadMessageSortKey"));
    chat.assertReadThere(4);
    assertEquals(
        Optional.empty(),
        chat.room.marks().receipt("m.read", people.alice.id()),
        "nobody else is told");
    assertEquals(answer, chat.markRead());
  }

  @Test
  void readUpToAMessageNeverMovesBack() {
    var chat = new Conversation("Read some");
    var answer = chat.markReadTo(2);
    assertRead(answer, 2, false);
    assertEquals(chat.message(2).at("sortKey"), answer.at("lastReadMessageSortKey"));
    assertFalse(chat.message(2).at("isUnread").isTrue());
    assertTrue(chat.message(3).at("isUnread").isTrue());
    chat.assertReadThere(2);
    assertRead(chat.markReadTo(0), 2, false);
    assertEquals(
        answer.at("lastReadMessageSortKey"), stage.chat(chat.room).at("lastReadMessageSortKey"));
    chat.assertReadThere(2);
  }

  @Test
  void unreadFromAMessageMovesTheMarkerBeforeIt() {
    var chat = new Conversation("Unread from");
    chat.markRead();
    chat.assertReadThere(4);
    var answer = chat.markUnreadFrom(3);
    assertRead(answer, 2, true);
    assertEquals(chat.message(2).at("sortKey"), answer.at("lastReadMessageSortKey"));
    assertTrue(chat.message(3).at("isUnread").isTrue());
    assertFalse(chat.message(2).at("isUnread").isTrue());
    chat.assertMarkedThere(true);
    assertEquals(answer, chat.markUnreadFrom(3), "once more changes nothing");
    assertRead(chat.markUnreadFrom(4), 2, true);
    assertRead(chat.markUnreadFrom(0), 5, true);
    chat.room.say("six");
    assertRead(stage.chatWithUnread(6, chat.room), 6, true);
  }

  @Test
  void whatIsUnreadAgainStaysSoOverSyncAndRestart() {
    var chat = new Conversation("Unread for good");
    chat.markRead();
    chat.assertReadThere(4);
    var answer = chat.markUnreadFrom(1);
    assertRead(answer, 4, true);
    chat.assertMarkedThere(true);
    var other = new Conversation("Something else");
    other.markReadTo(1);
    stage.belfry.restart();
    Stage.awaitOnline(stage.sdk);
    stage.message(other.room, other.room.say("later"));
    var later = stage.chat(chat.room);
    assertRead(later, 4, true);
    assertEquals(answer.at("lastReadMessageSortKey"), later.at("lastReadMessageSortKey"));
    assertRead(stage.chatWithUnread(4, other.room), 4, false);
  }

  @Test
  void chatAndMessageGoByAnyOfTheirNames() {
    var chat = new Conversation("Names");
    String local = stage.chat(chat.room).at("localChatID").text();
    assertRead(stage.sdk.call("chats.markRead", local), 0, false);
    var byEvent = Map.of("messageID", chat.events.get(3));
    assertRead(stage.sdk.call("chats.markUnread", local, byEvent), 2, true);
    assertRead(stage.sdk.call("chats.markRead", local, byEvent), 1, false);
    var sent = stage.sdk.call("messages.send", chat.room.id(), Map.of("text", "mine"));
    var pending = Map.of("messageID", sent.at("pendingMessageID").text());
    Patience.USUAL.until(
        "unread from one's own message by its pending id",
        () -> stage.sdk.call("chats.markUnread", local, pending),
        answer -> answer.at("unreadCount").number() == 0 && answer.at("isMarkedUnread").isTrue());
  }

  @Test
  void ownMessagesNeverCount() {
    var chat = new Conversation("Own");
    String own = people.alice.room(chat.room.id()).say("from my phone");
    stage.message(chat.room, own);
    assertRead(stage.chatWithUnread(0, chat.room), 0, false);
    chat.room.say("six");
    stage.chatWithUnread(1, chat.room);
    assertRead(chat.markUnreadFrom(3), 3, true);
  }

  @Test
  void mentionsAreCountedApart() {
    var chat = new Conversation("Mentioned");
    chat.markRead();
    String mention =
        chat.room.send(
            "m.room.message",
            Map.of(
                "msgtype", "m.text",
                "body", "Alice?",
                "m.mentions", Map.of("user_ids", List.of(people.alice.id()))));
    chat.room.say("well?");
    var unread = stage.chatWithUnread(2, chat.room);
    assertEquals(1, unread.at("unreadMentionsCount").number());
    var message = stage.message(chat.room, mention);
    assertEquals(people.alice.id(), message.at("mentions").at(0).text());
    assertEquals(0, chat.markRead().at("unreadMentionsCount").number());
    var again =
        stage.sdk.call(
            "chats.markUnread", chat.room.id(), Map.of("messageID", message.at("id").text()));
    assertEquals(1, again.at("unreadMentionsCount").number());
    assertEquals(2, again.at("unreadCount").number());
  }

  @Test
  void whatIsReadThereIsReadHere() {
    var chat = new Conversation("Read there");
    chat.there().readPrivately(chat.events.get(1));
    assertRead(stage.chatWithUnread(3, chat.room), 3, false);
    chat.there().read(chat.events.get(4));
    var read = stage.chatWithUnread(0, chat.room);
    assertEquals(chat.message(4).at("sortKey"), read.at("lastReadMessageSortKey"));
  }

  @Test
  void whatIsMarkedUnreadThereIsMarkedHere() {
    var chat = new Conversation("Marked there");
    chat.markRead();
    chat.assertReadThere(4);
    chat.there().markUnread(true);
    assertRead(stage.chatOnce("marked", chat.room, c -> c.at("isMarkedUnread").isTrue()), 0, true);
    chat.there().markUnread(false);
    assertRead(
        stage.chatOnce("unmarked", chat.room, c -> !c.at("isMarkedUnread").isTrue()), 0, false);
  }

  @Test
  void clearingTheFlagThereReadsAgainWhatWasMadeUnreadHere() {
    var chat = new Conversation("Cleared there");
    chat.markRead();
    chat.assertReadThere(4);
    assertRead(chat.markUnreadFrom(2), 3, true);
    chat.assertMarkedThere(true);
    chat.there().markUnread(false);
    assertRead(
        stage.chatOnce("unmarked", chat.room, c -> !c.at("isMarkedUnread").isTrue()), 0, false);
  }

  @Test
  void theStateAtTheFirstSyncIsThatOfTheHomeserver() {
    assertRead(stage.chatWithUnread(0, people.room("Read")), 0, false);
    assertRead(stage.chatWithUnread(2, people.room("Half read")), 2, false);
    assertTrue(stage.chat(people.room("Marked unread")).at("isMarkedUnread").isTrue());
  }

  @Test
  void whatIsNotThereIsNotFound() {
    var chat = new Conversation("Faults");
    var elsewhere = stage.message(people.room("Half read"), halfReadEvent()).at("id").text();
    for (var method : List.of("chats.markUnread", "chats.markRead")) {
      assertEquals(404, refusal(method, "!nowhere:localhost", Map.of()).status());
      for (var id :
          List.of(elsewhere, "99999999", "$nothing", "m1234567890123456", "no such message")) {
        assertEquals(404, refusal(method, chat.room.id(), Map.of("messageID", id)).status(), id);
      }
      assertEquals(400, refusal(method, chat.room.id(), Map.of("messageID", 7)).status());
    }
    assertRead(stage.chat(chat.room), 5, false);
    var fault = stage.sdk.exchanges().getLast();
    assertNotEquals(400, fault.status());
    var named =
        stage.sdk.exchanges().reversed().stream()
            .filter(exchange -> exchange.status() == 400)
            .findFirst()
            .orElseThrow();
    assertEquals(
        List.of("body", "messageID"),
        named.json().at("details", "issues").at(0).at("path").list().stream()
            .map(Json::text)
            .toList());
  }

  private String halfReadEvent() {
    return people.room("Half read").events().getLast().at("event_id").text();
  }

  private OfficialSdk.Refusal refusal(String method, String chatId, Map<String, ?> body) {
    return assertThrows(OfficialSdk.Refusal.class, () -> stage.sdk.call(method, chatId, body));
  }
}
