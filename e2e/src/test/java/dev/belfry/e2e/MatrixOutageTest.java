package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.request.MessageSendParams;
import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.Patience;
import dev.belfry.sdk.Belfry;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers that die, are away, or no longer know us. */
@Tag("e2e")
@ExtendWith({Stage.Provider.class, LogsOnFailure.class})
class MatrixOutageTest {
  private static final int EACH = 120;
  private static final Patience LONG = Patience.seconds(60);
  private final Stage stage;
  private final Neighbourhood people;

  MatrixOutageTest(Stage stage) {
    this.stage = stage;
    people = stage.people;
  }

  @Test
  @Timeout(180)
  void killedInTheMiddleOfTrafficEverythingIsThereOnce() throws InterruptedException {
    var room = stage.freshChat("Killed");
    try (var traffic = new Traffic(stage, room, EACH)) {
      for (int kills = 1; kills <= 3; kills++) {
        int enough = kills * EACH / 4;
        LONG.untilTrue(
            "traffic both ways",
            () -> traffic.accepted().size() >= enough && traffic.theirs().size() >= enough / 2);
        stage.belfry.kill();
        stage.belfry.start();
      }
      traffic.finish();
      assertOnceOnBothSides(room, traffic);
    }
  }

  @Test
  @Timeout(180)
  void withTheHomeserverKilledInTheMiddleOfTrafficEverythingIsThereOnce()
      throws InterruptedException {
    var room = stage.freshChat("Homeserver killed");
    try (var traffic = new Traffic(stage, room, EACH)) {
      LONG.untilTrue("traffic", () -> traffic.theirs().size() >= EACH / 3);
      stage.synapse.kill();
      stage.synapse.start();
      traffic.finish();
      assertOnceOnBothSides(room, traffic);
    }
  }

  private void assertOnceOnBothSides(MatrixRoom room, Traffic traffic) {
    var there =
        LONG.until(
            "all of it is there",
            room::bodies,
            bodies ->
                bodies.containsAll(traffic.accepted()) && bodies.containsAll(traffic.theirs()));
    var known = new HashSet<>(traffic.accepted());
    known.addAll(traffic.uncertain());
    known.addAll(traffic.theirs());
    for (var text : there) {
      assertEquals(1, Collections.frequency(there, text), text);
      assertTrue(known.contains(text), text);
    }
    // An unanswered one may still be on its way.
    LONG.until(
        "the same, in the same order, is here",
        () -> new BothSides(room.bodies(), said(room)),
        both -> both.there.equals(both.here));
    assertFalse(
        stage.messages(room).stream()
            .anyMatch(message -> "PENDING".equals(message.at("sendStatus", "status").value())));
  }

  private record BothSides(List<String> there, List<String> here) {}

  private List<String> said(MatrixRoom room) {
    return stage.texts(room).stream()
        .filter(text -> text.startsWith("here ") || text.startsWith("there "))
        .toList();
  }

  @Test
  void withTheHomeserverDownTheServerStartsWorksAndCatchesUp() {
    var room = stage.freshChat("Down");
    var first = stage.message(room, room.say("before"));
    assertEquals(0, stage.sdk.call("chats.markRead", room.id()).at("unreadCount").number());
    stage.belfry.terminate();
    stage.synapse.stop();
    try {
      stage.belfry.start();
      Stage.awaitStatus(stage.sdk, "disconnected");
      var account = stage.sdk.call("accounts.list").at(0);
      assertFalse(account.at("statusText").text().isBlank());
      assertTrue(
          stage.belfry.cli("", "account", "list").succeeded().output().contains("disconnected"));
      assertTrue(stage.sdk.all("chats.list").size() > 20);
      var unread = Map.of("messageID", first.at("id").text());
      var marked = stage.sdk.call("chats.markUnread", room.id(), unread);
      assertEquals(1, marked.at("unreadCount").number());
      stage.sdk.call("messages.send", room.id(), Map.of("text", "written while it was down"));
      var newest = stage.messages(room).getLast();
      assertEquals("written while it was down", newest.at("text").text());
      assertEquals("PENDING", newest.at("sendStatus", "status").text());
      regret(room);
    } finally {
      stage.synapse.start();
    }
    Stage.awaitOnline(stage.sdk);
    LONG.until("it is there", room::bodies, bodies -> bodies.contains("written while it was down"));
    assertEquals("after", stage.message(room, room.say("after")).at("text").text());
    assertEquals(1, Collections.frequency(room.bodies(), "written while it was down"));
    assertFalse(room.bodies().contains("regretted"));
  }

  /** Sends something and cancels it, while nobody can take it. */
  private void regret(MatrixRoom room) {
    try (var client = Belfry.connect(stage.belfry.url(), stage.belfry.token())) {
      var params = MessageSendParams.ofText("regretted");
      var sent = client.messages().send(room.id(), params, Duration.ofSeconds(1));
      assertNull(sent.message());
      client.messages().cancel(room.id(), sent.pendingMessageID());
    }
    assertFalse(stage.texts(room).contains("regretted"));
  }

  @Test
  void loggedOutIsAStateAndANewLoginGoesOn() {
    var olga = stage.synapse.register("olga", Neighbourhood.PASSWORD);
    var room = people.bob.createGroup("Olga's", olga).joinedBy(olga);
    room.say("first");
    try (var belfry = BelfryServer.in("logged-out").start()) {
      belfry.addMatrix(stage.synapse.url(), "olga", Neighbourhood.PASSWORD);
      try (var sdk = belfry.sdk()) {
        Stage.awaitOnline(sdk);
        LONG.until(
            "the chat is here",
            () -> sdk.call("chats.retrieve", room.id()).at("unreadCount").number(),
            count -> count >= 1);
        olga.logoutEverywhere();
        Stage.awaitStatus(sdk, "reconnect_required");
        assertFalse(sdk.call("accounts.list").at(0).at("statusText").text().isBlank());
        assertTrue(
            belfry.cli("", "account", "list").succeeded().output().contains("reconnect required"));
        belfry.restart();
        Stage.awaitStatus(sdk, "reconnect_required");
        assertEquals(1, sdk.all("chats.list").size());
        room.say("while logged out");
        belfry.addMatrix(stage.synapse.url(), "olga", Neighbourhood.PASSWORD);
        Stage.awaitOnline(sdk);
        assertEquals(1, sdk.call("accounts.list").list().size());
        LONG.until(
            "both messages, once",
            () ->
                sdk.all("messages.list", room.id()).reversed().stream()
                    .flatMap(message -> message.at("text").maybeText().stream())
                    .filter(text -> text.equals("first") || text.equals("while logged out"))
                    .toList(),
            List.of("first", "while logged out")::equals);
      }
    }
  }
}
