package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.MatrixUser;
import dev.belfry.homeserver.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A backup of a server that is talking with a homeserver, and life after it is put back. */
@Tag("e2e")
@ExtendWith({Stage.Provider.class, LogsOnFailure.class})
class MatrixBackupTest {
  private final Stage stage;
  private final MatrixUser bob;

  @TempDir Path temporary;

  MatrixBackupTest(Stage stage) {
    this.stage = stage;
    bob = stage.people.bob;
  }

  @Test
  void whatIsSaidAfterARestoreCanBeRead() {
    var ursula = stage.synapse.register("ursula", Neighbourhood.PASSWORD);
    var room =
        bob.createRoom(
            Map.of(
                "preset",
                "private_chat",
                "name",
                "Kept",
                "invite",
                List.of(ursula.id()),
                "initial_state",
                List.of(Neighbourhood.ENCRYPTION)));
    ursula.join(room.id());
    var file = temporary.resolve("ursula.backup");
    try (var device =
            EncryptingDevice.of(
                stage.synapse.login("bob", Neighbourhood.PASSWORD), stage.synapse.url());
        var first = BelfryServer.in("backed-up").start();
        var second = BelfryServer.in("put-back")) {
      first.addMatrix(stage.synapse.url(), "ursula", Neighbourhood.PASSWORD);
      try (var sdk = first.sdk()) {
        Stage.awaitOnline(sdk);
        awaitChat(sdk, room);
        assertEquals("one", read(device, room, say(sdk, room, "one")));
        first.cli("", "backup", file.toString()).succeeded();
        assertEquals("two", read(device, room, say(sdk, room, "two")));
        assertEquals("three", read(device, room, say(sdk, room, "three")));
      }
      first.terminate();
      second.cli("", "restore", file.toString()).succeeded();
      second.start();
      try (var sdk = second.sdk()) {
        Stage.awaitOnline(sdk);
        for (var text : List.of("four", "five", "six")) {
          assertEquals(text, read(device, room, say(sdk, room, text)));
        }
        device.say(room.id(), "seven", ursula, bob);
        Patience.USUAL.untilTrue("the answer is read", () -> texts(sdk, room).contains("seven"));
        assertTrue(texts(sdk, room).containsAll(List.of("one", "four", "five", "six")));
      }
    }
    assertTrue(Files.exists(file));
  }

  @Test
  void aNewLoginEndsTheOneBefore() {
    var rita = stage.synapse.register("rita", Neighbourhood.PASSWORD);
    int others = rita.devices().size();
    try (var server = BelfryServer.in("again").start()) {
      for (int i = 0; i < 3; i++) {
        server.addMatrix(stage.synapse.url(), "rita", Neighbourhood.PASSWORD);
        assertEquals(others + 1, rita.devices().size());
      }
      server.cli("", "account", "remove", "matrix", "--forget", "--yes").succeeded();
      assertEquals(others, rita.devices().size());
    }
  }

  private static void awaitChat(OfficialSdk sdk, MatrixRoom room) {
    Patience.USUAL.until(
        "the chat is here",
        () -> sdk.call("chats.retrieve", room.id()),
        chat -> !chat.at("isReadOnly").isTrue());
  }

  /** Sends a message; gives the event's id. */
  private static String say(OfficialSdk sdk, MatrixRoom room, String text) {
    var pending = sdk.call("messages.send", room.id(), Map.of("text", text)).at("pendingMessageID");
    Patience.USUAL.until(
        "sent",
        () -> sdk.call("messages.retrieve", pending.text(), Map.of("chatID", room.id())),
        message -> "SUCCESS".equals(message.at("sendStatus", "status").value()));
    var event = room.events().getLast();
    assertEquals("m.room.encrypted", event.at("type").text());
    assertFalse(event.toString().contains(text));
    return event.at("event_id").text();
  }

  private static String read(EncryptingDevice device, MatrixRoom room, String event) {
    return Patience.USUAL
        .until("the key came", () -> Optional.of(device.read(room.id(), event)))
        .at("content", "body")
        .text();
  }

  private static List<String> texts(OfficialSdk sdk, MatrixRoom room) {
    return sdk.all("messages.list", room.id(), Map.of("limit", 200)).stream()
        .flatMap(message -> message.at("text").maybeText().stream())
        .toList();
  }
}
