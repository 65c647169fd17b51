package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.Patience;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Encrypted rooms, with another client's implementation of the encryption on the other side. */
@Tag("e2e")
@ExtendWith({Stage.Provider.class, LogsOnFailure.class})
class MatrixEncryptionTest {
  private final Stage stage;
  private final Neighbourhood people;

  MatrixEncryptionTest(Stage stage) {
    this.stage = stage;
    people = stage.people;
  }

  @Test
  void whatCanBeReadIsShown() {
    var room = stage.freshEncryptedChat("Secrets");
    try (var bob = bobsDevice()) {
      String event = bob.say(room.id(), "for your eyes only", people.alice, people.bob);
      var message =
          stage.messageOnce(
              "decrypted", room, event, m -> "for your eyes only".equals(m.at("text").value()));
      assertEquals(people.bob.id(), message.at("senderID").text());
      assertEquals("m.room.encrypted", room.event(event).at("type").text());
    }
  }

  @Test
  void whatWeSendIsEncryptedAndCanBeRead() {
    var room = stage.freshEncryptedChat("Answers");
    try (var bob = bobsDevice()) {
      stage.message(room, bob.say(room.id(), "who is there?", people.alice, people.bob));
      var answer = stage.sdk.call("messages.send", room.id(), Map.of("text", "it is me"));
      var message =
          Patience.USUAL.until(
              "sent",
              () ->
                  Optional.of(
                      stage.sdk.call(
                          "messages.retrieve",
                          answer.at("pendingMessageID").text(),
                          Map.of("chatID", room.id()))));
      assertEquals("SUCCESS", message.at("sendStatus", "status").text());
      var event = lastOf(room);
      assertEquals("m.room.encrypted", event.at("type").text());
      assertFalse(event.toString().contains("it is me"));
      var read =
          Patience.USUAL.until(
              "the key came", () -> Optional.of(bob.read(room.id(), event.at("event_id").text())));
      assertEquals("it is me", read.at("content", "body").text());
    }
  }

  @Test
  void whatCannotBeReadIsAPlaceholder() {
    var room = people.room("Unreadable");
    var event =
        room.events().stream()
            .filter(e -> e.at("type").text().equals("m.room.encrypted"))
            .findFirst()
            .orElseThrow();
    var message = stage.message(room, event.at("event_id").text());
    assertFalse(message.at("text").text().isBlank());
    assertEquals(people.bob.id(), message.at("senderID").text());
    assertEquals(List.of(), message.at("attachments").list());
  }

  @Test
  void whereWeCannotEncryptSendingIsRefused() {
    var room = stage.freshEncryptedChat("Unheard of", "org.example.unheard.of");
    var refusal =
        Patience.USUAL.until("refused for its encryption", () -> refusedForEncryption(room));
    assertEquals(422, refusal.status());
    assertTrue(stage.chat(room).at("isReadOnly").isTrue());
    assertFalse(room.bodies().contains("not in clear"));
  }

  /** A send is refused from the first, at first because the invitation is not accepted yet. */
  private Optional<OfficialSdk.Refusal> refusedForEncryption(MatrixRoom room) {
    var refusal =
        assertThrows(
            OfficialSdk.Refusal.class,
            () -> stage.sdk.call("messages.send", room.id(), Map.of("text", "not in clear")));
    return Optional.of(refusal)
        .filter(r -> String.valueOf(r.getMessage()).contains("encrypted in a way"));
  }

  private EncryptingDevice bobsDevice() {
    return EncryptingDevice.of(
        stage.synapse.login("bob", Neighbourhood.PASSWORD), stage.synapse.url());
  }

  private static Json lastOf(MatrixRoom room) {
    return room.events().getLast();
  }
}
