package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.Patience;
import dev.belfry.sdk.Belfry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each endpoint of version 5.0.0 through the Java client, on the sandbox and on Matrix; every
 * answer is held against the contract's schemas on its way.
 */
@Tag("e2e")
@ExtendWith({Stage.Provider.class, LogsOnFailure.class})
class EveryEndpointInJavaTest {
  /** Only clients of the 4.x API go there. */
  private static final List<String> LEFT_OUT =
      List.of("DELETE /v1/chats/[^/]+/messages/[^/]+/reactions");

  @TempDir private Path folder;

  @Test
  void onTheSandbox() throws IOException {
    try (var belfry = BelfryServer.in("java", "--sandbox").start();
        var sdk = belfry.sdk()) {
      Stage.awaitOnline(sdk);
      var chat = sdk.call("chats.retrieve", "!lisbon:sandbox.local");
      var people =
          sdk.all("accounts.contacts.list", chat.at("accountID").text()).stream()
              .filter(person -> !person.at("cannotMessage").isTrue())
              .map(person -> person.at("id").text())
              .limit(2)
              .toList();
      go(belfry.url(), belfry.token(), chat, people);
    }
  }

  @Test
  void onMatrix(Stage stage) throws IOException {
    var people = stage.people;
    var room = stage.freshChat("For Java");
    var powers = Map.of(people.bob.id(), 100, people.alice.id(), 100);
    room.state("m.room.power_levels", "", Map.of("users", powers));
    stage.message(room, room.say("it is yours"));
    var chat = stage.chat(room);
    var others = List.of(people.carol.id(), people.bob.id());
    go(stage.belfry.url(), stage.belfry.token(), chat, others);
    assertEquals("Samovar", room.state("m.room.name", "").at("name").text());
    assertEquals("all of it", room.state("m.room.topic", "").at("topic").text());
    var mine = people.alice.room(room.id()).marks();
    Patience.USUAL.until("pinned", mine::tags, tags -> tags.contains("m.favourite"));
    Patience.USUAL.untilTrue("not marked", () -> !mine.isMarkedUnread());
    Patience.USUAL.untilTrue(
        "the reaction is taken back",
        () ->
            room.events().stream()
                .filter(event -> "m.reaction".equals(event.at("type").value()))
                .allMatch(event -> event.at("content").entries().isEmpty()));
    Patience.USUAL.until(
        "what is left",
        room::bodies,
        List.of("it is yours", "the frist", "* the *first*", "with it")::equals);
  }

  private void go(URI server, String token, Json chat, List<String> people) throws IOException {
    try (var witness = new Witness(server);
        var client = Belfry.connect(witness.url(), token)) {
      var account = chat.at("accountID").text();
      new JavaRound(client, chat.at("id").text(), account, people).go(folder);
      var exchanges = witness.exchanges();
      exchanges.forEach(Exchange::asInContract);
      assertTrue(exchanges.size() > 40, () -> "few: " + exchanges.size());
      assertEquals(LEFT_OUT, Exchange.routesWithout(exchanges));
    }
  }
}
