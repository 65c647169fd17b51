package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.belfry.api.Account;
import dev.belfry.api.Message;
import dev.belfry.homeserver.Patience;
import dev.belfry.sdk.Belfry;
import dev.belfry.sdk.BelfryException;
import dev.belfry.sdk.ChatListParams;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Java client against the packaged server, with real Matrix chats. */
@Tag("e2e")
@ExtendWith({Stage.Provider.class, LogsOnFailure.class})
class JavaSdkTest {
  private final Stage stage;
  private final Neighbourhood people;
  private final Belfry client;

  JavaSdkTest(Stage stage) {
    this.stage = stage;
    people = stage.people;
    client = Belfry.connect(stage.belfry.url(), stage.belfry.token());
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void accountsAndChatsAreWhatTheOfficialSdkSees() {
    assertEquals(
        List.of("matrix"), client.accounts().list().stream().map(Account::accountID).toList());
    assertEquals("ready", client.app().setup().state().toString());
    var here =
        client.chats().list(ChatListParams.ALL.withLimit(5)).stream()
            .map(item -> item.chat().id())
            .toList();
    var official = stage.sdk.all("chats.list").stream().map(chat -> chat.at("id").text()).toList();
    assertEquals(official, here);
    assertEquals("Gardeners", client.chats().retrieve(people.room("Gardeners").id()).title());
  }

  @Test
  void allMessagesOfALongChat() {
    var texts =
        client.messages().list(people.room("Long").id()).stream()
            .filter(message -> Message.Type.TEXT.equals(message.type()))
            .map(Message::text)
            .toList();
    var expected =
        IntStream.rangeClosed(1, Neighbourhood.LONG).mapToObj(i -> "message " + i).toList();
    assertEquals(expected.reversed(), texts);
  }

  @Test
  void readUnreadAndSend() {
    var room = stage.freshChat("Java");
    stage.message(room, room.say("one"));
    var two =
        client.messages().retrieve(room.id(), stage.message(room, room.say("two")).at("id").text());
    assertEquals(0, client.chats().markRead(room.id()).unreadCount());
    assertEquals(true, client.chats().markUnread(room.id()).isMarkedUnread());
    assertEquals(1, client.chats().markUnread(room.id(), two.id()).unreadCount());
    Patience.USUAL.untilTrue(
        "the homeserver knows", people.alice.room(room.id()).marks()::isMarkedUnread);
    var sent = client.messages().send(room.id(), "**three**");
    var message =
        Patience.USUAL.until(
            "confirmed",
            () -> Optional.of(client.messages().retrieve(room.id(), sent.pendingMessageID())));
    assertEquals("<strong>three</strong>", message.text());
    assertEquals(List.of("one", "two", "**three**"), room.bodies());
    assertEquals(0, client.chats().retrieve(room.id()).unreadCount());
  }

  @Test
  void aRefusalIsAnException() {
    var refusal =
        assertThrows(
            BelfryException.NotFound.class, () -> client.chats().markUnread("!no:where", "1"));
    assertNotNull(refusal.getMessage());
    try (var stranger = Belfry.connect(stage.belfry.url(), "wrong")) {
      assertThrows(BelfryException.Unauthorized.class, () -> stranger.chats().list());
    }
  }
}
