package dev.belfry.homeserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("e2e")
class SynapseTest {
  @TempDir private static Path directory;
  private static Synapse synapse;
  private static MatrixUser alice;
  private static MatrixUser bob;

  @BeforeAll
  @Timeout(600)
  static void start() {
    Synapse.missing().ifPresent(reason -> assumeTrue(false, reason));
    synapse = Synapse.start(directory);
    alice = synapse.register("alice", "secret").named("Alice");
    bob = synapse.register("bob", "secret").named("Bob");
  }

  @AfterAll
  static void stop() {
    synapse.close();
  }

  @Test
  void whatAliceSaysIsThereForBob() {
    var room = alice.createDirect(bob).joinedBy(bob);
    String first = room.say("hello");
    String answer = bob.room(room.id()).reply(first, "hello yourself");
    room.react(answer, "👍");
    room.edit(first, "hello, Bob");
    String wrong = room.say("oops");
    room.redact(wrong);
    var seen = bob.room(room.id());
    assertEquals(List.of("hello", "hello yourself", "* hello, Bob"), seen.bodies());
    assertEquals(List.of(room.id()), MatrixUser.texts(alice.accountData("m.direct").at(bob.id())));
  }

  @Test
  void marksAreOnesOwn() {
    var room = alice.createGroup("Marks", bob).joinedBy(bob);
    String first = room.say("one");
    room.say("two");
    var marks = bob.room(room.id()).marks();
    assertFalse(marks.isMarkedUnread());
    marks.markUnread(true);
    marks.readPrivately(first);
    marks.tag("m.favourite");
    marks.mute();
    assertTrue(marks.isMarkedUnread());
    assertEquals(Optional.of(first), marks.readMarker());
    assertEquals(Optional.of(first), marks.receipt("m.read.private", bob.id()));
    assertEquals(Set.of("m.favourite"), marks.tags());
    assertEquals(Optional.empty(), room.marks().receipt("m.read.private", bob.id()));
    assertFalse(room.marks().isMarkedUnread());
    marks.read(first);
    assertEquals(Optional.of(first), room.marks().receipt("m.read", bob.id()));
  }

  @Test
  void aBridgeKeepsTheTimesOfItsNetwork() {
    var ghost = synapse.ghost("carol").named("Carol (Phone)");
    var portal = ghost.createGroup("Carol", alice).joinedBy(synapse.puppet(alice));
    String hers =
        portal.sendAt(
            1_000_000_000_000L, "m.room.message", Map.of("msgtype", "m.text", "body", "old"));
    String mine =
        synapse
            .puppet(alice)
            .room(portal.id())
            .sendAt(
                1_000_000_001_000L, "m.room.message", Map.of("msgtype", "m.text", "body", "mine"));
    var seen = alice.room(portal.id());
    assertEquals(1_000_000_000_000L, seen.event(hers).at("origin_server_ts").number());
    assertEquals(alice.id(), seen.event(mine).at("sender").text());
  }

  @Test
  void theSameTransactionIsOneMessage() {
    var room = alice.createGroup("Once");
    var content = Map.of("msgtype", "m.text", "body", "once");
    assertEquals(
        room.send("m.room.message", content, "tx"), room.send("m.room.message", content, "tx"));
    assertEquals(List.of("once"), room.bodies());
  }

  @Test
  void nothingIsLostOverAStopAndAKill() {
    var room = alice.createGroup("Lasting");
    room.say("before");
    synapse.stop();
    assertThrows(UncheckedIOException.class, () -> room.say("down"));
    synapse.start();
    room.say("between");
    synapse.kill();
    synapse.start();
    assertEquals(List.of("before", "between"), room.bodies());
  }

  @Test
  void loggedOutIsRefused() {
    var device = synapse.login("bob", "secret");
    var carl = synapse.register("carl", "secret");
    carl.logoutEverywhere();
    assertEquals("M_UNKNOWN_TOKEN", assertThrows(MatrixRefusal.class, carl::joinedRooms).code());
    assertTrue(bob.devices().contains(device.device()));
  }
}
