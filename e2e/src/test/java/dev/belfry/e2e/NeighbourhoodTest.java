package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belfry.homeserver.Synapse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("e2e")
class NeighbourhoodTest {
  @Test
  void seeds() {
    Synapse.missing().ifPresent(reason -> assumeTrue(false, reason));
    try (var synapse = Synapse.start(Workspace.fresh("seed"))) {
      long t = System.nanoTime();
      var n = Neighbourhood.on(synapse);
      System.getLogger("x")
          .log(System.Logger.Level.INFO, "seeded in " + (System.nanoTime() - t) / 1000000);
      assertEquals(27, n.alice.joinedRooms().size());
      var room =
          n.bob
              .createRoom(
                  java.util.Map.of(
                      "preset",
                      "private_chat",
                      "invite",
                      java.util.List.of(n.alice.id()),
                      "initial_state",
                      java.util.List.of(Neighbourhood.ENCRYPTION)))
              .joinedBy(n.alice);
      try (var a =
              EncryptingDevice.of(synapse.login("alice", Neighbourhood.PASSWORD), synapse.url());
          var b =
              EncryptingDevice.of(synapse.login("bob", Neighbourhood.PASSWORD), synapse.url())) {
        String e = b.say(room.id(), "secret", n.alice, n.bob);
        assertEquals("secret", a.read(room.id(), e).at("content", "body").text());
      }
    }
  }
}
