package dev.belfry.matrix.trixnity;

import static dev.belfry.matrix.trixnity.SyncingDevice.body;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.MatrixUser;
import dev.belfry.homeserver.Patience;
import dev.belfry.matrix.MatrixLink;
import dev.belfry.matrix.MatrixLink.EncryptionFault;
import dev.belfry.network.Connector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("e2e")
class EncryptionTest {
  @TempDir private static Path directory;
  private static MatrixHomeserver home;
  private static MatrixUser alice;
  private static MatrixUser bob;

  @BeforeAll
  @Timeout(600)
  static void start() throws Exception {
    home = MatrixHomeserver.start(directory);
    alice = home.register("alice");
    bob = home.register("bob");
  }

  @AfterAll
  static void stop() {
    home.close();
  }

  private static String session(MatrixRoom room, String event) {
    return room.event(event).at("content", "session_id").text();
  }

  private static Json content(MatrixLink.Decryption decryption) {
    return Json.parse(Objects.requireNonNull(decryption.content(), decryption::toString));
  }

  @Test
  void bothReadEachOther() throws Exception {
    MatrixRoom room = home.encrypted(Map.of(), alice, bob);
    try (SyncingDevice a = home.device(alice).in(room);
        SyncingDevice b = home.device(bob).in(room)) {
      String hello = a.say(room, "hello");
      MatrixLink.Decryption read = b.read(room, hello);
      assertEquals("hello", body(read));
      assertEquals("m.room.message", read.type());
      assertTrue(read.verified());
      assertTrue(a.read(room, hello).verified(), "one's own");
      assertEquals("hello yourself", body(a.read(room, b.say(room, "hello yourself"))));
      assertFalse(room.event(hello).toString().contains("hello"), "nothing is in clear");
      assertEquals(
          List.of(room.id() + " " + session(room, hello)),
          b.keys().stream().filter(k -> k.endsWith(session(room, hello))).toList());
    }
  }

  @Test
  void allFieldsArriveAndRelationsAreInClear() throws Exception {
    MatrixRoom room = home.encrypted(Map.of(), alice, bob);
    try (SyncingDevice a = home.device(alice).in(room);
        SyncingDevice b = home.device(bob).in(room)) {
      String first = a.say(room, "frist");
      Map<String, Object> edit =
          Map.of(
              "msgtype", "m.text",
              "body", "* first",
              "com.example", Map.of("deep", List.of(1, Map.of("er", true))),
              "m.new_content", Map.of("msgtype", "m.text", "body", "first"),
              "m.relates_to", Map.of("rel_type", "m.replace", "event_id", first));
      String id = a.say(room, edit);
      assertEquals(
          edit.get("m.relates_to"),
          SyncingDevice.map(room.event(id).at("content", "m.relates_to")));
      Json content = content(b.read(room, id));
      assertEquals(Json.parse(new Json(edit).toString()).entries(), content.entries());
      String sticker =
          room.send(
              "m.room.encrypted",
              SyncingDevice.map(
                  Json.parse(
                      a.link()
                          .encrypt(room.id(), "m.sticker", "{\"url\":\"mxc://a/b\",\"x\":1}"))));
      assertEquals("m.sticker", b.read(room, sticker).type());
      assertEquals(
          Map.of("url", "mxc://a/b", "x", 1L).keySet(),
          content(b.read(room, sticker)).entries().keySet());
    }
  }

  @Test
  void aNewDeviceReadsWhatComesAfterIt() throws Exception {
    MatrixRoom room = home.encrypted(Map.of(), alice, bob);
    try (SyncingDevice a = home.device(alice).in(room)) {
      String before = a.say(room, "before");
      try (SyncingDevice late = home.device(bob).in(room)) {
        String after =
            Patience.USUAL.until(
                "a message for the new device",
                () -> {
                  String id = a.say(room, "after");
                  return "after".equals(body(late.read(room, id)))
                      ? Optional.of(id)
                      : Optional.empty();
                });
        assertTrue(late.read(room, after).verified());
        assertEquals("no_key", late.fetch(room, before).failure());
      }
    }
  }

  @Test
  void membersWhoNeverSpokeReadToo() throws Exception {
    MatrixUser[] others = new MatrixUser[3];
    List<SyncingDevice> devices = new ArrayList<>();
    for (int i = 0; i < others.length; i++) {
      others[i] = home.register("silent" + i);
    }
    MatrixRoom room = home.encrypted(Map.of(), alice, others);
    for (MatrixUser other : others) {
      devices.add(home.device(other).in(room));
    }
    for (int i = 0; i < 40; i++) {
      room.say("noise " + i);
    }
    try (SyncingDevice a = home.device(alice).in(room)) {
      String id = a.say(room, "to all");
      for (SyncingDevice device : devices) {
        assertEquals("to all", body(device.read(room, id)));
      }
    }
  }

  @Test
  void sessionsRotateAsTheRoomSays() throws Exception {
    MatrixRoom room = home.encrypted(Map.of("rotation_period_msgs", 3), alice, bob);
    try (SyncingDevice a = home.device(alice).in(room);
        SyncingDevice b = home.device(bob).in(room)) {
      List<String> sessions = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        String id = a.say(room, "message " + i);
        assertEquals("message " + i, body(b.read(room, id)));
        sessions.add(session(room, id));
      }
      assertEquals(3, new HashSet<>(sessions).size());
      assertEquals(sessions.get(3), sessions.get(5));
      assertNotEquals(sessions.get(5), sessions.get(6));
    }
  }

  @Test
  void sessionsRotateAfterAWeek() throws Exception {
    MatrixRoom room = home.encrypted(Map.of(), alice, bob);
    try (SyncingDevice a = home.device(alice).in(room)) {
      String first = session(room, a.say(room, "monday"));
      assertEquals(first, session(room, a.say(room, "monday")));
      home.pass(Duration.ofDays(8));
      String second = session(room, a.say(room, "a week on"));
      assertNotEquals(first, second);
      assertEquals(second, session(room, a.say(room, "a week on")), "not at each message");
    }
  }

  @Test
  void anothersCiphertextIsNotTheirs() throws Exception {
    MatrixUser mallory = home.register("mallory");
    MatrixRoom room = home.encrypted(Map.of(), alice, bob, mallory);
    try (SyncingDevice a = home.device(alice).in(room);
        SyncingDevice b = home.device(bob).in(room)) {
      String real = a.say(room, "I resign");
      String forged =
          mallory
              .room(room.id())
              .send("m.room.encrypted", SyncingDevice.map(room.event(real).at("content")));
      b.event(room.id(), forged);
      // Backwards, as a page of history may come.
      MatrixLink.Decryption forgery = b.read(room, forged);
      MatrixLink.Decryption genuine = b.read(room, real);
      assertFalse(forgery.verified());
      assertEquals("I resign", body(genuine));
      assertTrue(genuine.verified());
      assertEquals("replayed", b.read(room, forged).failure());
    }
  }

  @Test
  void aDeviceWithoutKeysIsTriedAgain() throws Exception {
    MatrixUser dora = home.register("dora");
    MatrixRoom room = home.encrypted(Map.of(), alice, dora);
    Path folder = home.folder("dora");
    // Logged in, but it has never synced: nobody can write to it yet.
    MatrixLink asleep = home.login("dora", folder);
    try (SyncingDevice a = home.device(alice).in(room)) {
      String missed = a.say(room, "are you there?");
      asleep.close();
      try (SyncingDevice d = home.reopen(dora, folder).in(room)) {
        home.pass(Duration.ofMinutes(2));
        String id = a.say(room, "now?");
        assertEquals(session(room, missed), session(room, id), "the same session, given late");
        assertEquals("now?", body(d.read(room, id)));
      }
    }
  }

  @Test
  void aCrashLosesNoKey() throws Exception {
    MatrixRoom room = home.encrypted(Map.of(), alice, bob);
    Path folder = home.folder("crash");
    Path left = home.folder("left");
    try (SyncingDevice a = home.device(alice).in(room)) {
      String id;
      String answer;
      try (SyncingDevice b = home.device(bob, folder).in(room)) {
        id = a.say(room, "remember this");
        assertEquals("remember this", body(b.read(room, id)));
        answer = b.say(room, "I do");
        SyncingDevice.copyOfCrash(folder, left);
      }
      try (SyncingDevice again = home.reopen(bob, left)) {
        assertEquals("remember this", body(again.fetch(room, id)));
        assertEquals("and on", body(again.read(room, a.say(room, "and on"))));
        String more = again.say(room, "me too");
        assertEquals("me too", body(a.read(room, more)));
        assertEquals(session(room, answer), session(room, more));
      }
    }
  }

  @Test
  void whatComesOutOfABackupRepeatsNothing() throws Exception {
    MatrixRoom room = home.encrypted(Map.of("rotation_period_msgs", 2), alice, bob);
    Path folder = home.folder("backed-up");
    Path left = home.folder("put-back");
    try (SyncingDevice b = home.device(bob).in(room)) {
      String hello;
      try (SyncingDevice a = home.device(alice, folder).in(room)) {
        hello = a.say(room, "before the backup");
        SyncingDevice.copyOfCrash(folder, left);
        for (int i = 1; i < 4; i++) {
          String text = "after it " + i; // two of them with a new session
          assertEquals(text, body(b.read(room, a.say(room, text))));
        }
      }
      Files.createFile(left.resolve(Connector.RESTORED));
      try (SyncingDevice again = home.reopen(alice, left).in(room)) {
        assertFalse(Files.exists(left.resolve(Connector.RESTORED)));
        assertEquals("before the backup", body(again.fetch(room, hello)));
        for (int i = 1; i < 4; i++) {
          String text = "put back " + i;
          assertEquals(text, body(b.read(room, again.say(room, text))));
        }
        assertEquals("an answer", body(again.read(room, b.say(room, "an answer"))));
      }
    }
  }

  @Test
  void nothingLeavesUnencrypted() throws Exception {
    MatrixRoom plain = alice.createGroup("Plain", bob).joinedBy(bob);
    try (SyncingDevice a = home.device(alice).in(plain)) {
      assertThrows(EncryptionFault.class, () -> a.say(plain, "in clear?"));
      MatrixRoom odd =
          alice.createRoom(
              Map.of(
                  "initial_state",
                  List.of(
                      Map.of(
                          "type",
                          "m.room.encryption",
                          "state_key",
                          "",
                          "content",
                          Map.of("algorithm", "rot13")))));
      a.in(odd);
      assertThrows(EncryptionFault.class, () -> a.say(odd, "unknown"));
    }
  }

  @Test
  void whatIsNoCiphertextIsSaid() throws Exception {
    MatrixRoom room = home.encrypted(Map.of(), alice, bob);
    try (SyncingDevice a = home.device(alice).in(room)) {
      String plain = room.say("plain");
      assertEquals("malformed", a.read(room, plain).failure());
      assertEquals("malformed", a.link().decrypt("{]", Duration.ZERO).failure());
      String odd =
          room.send("m.room.encrypted", Map.of("algorithm", "m.olm.v1", "ciphertext", Map.of()));
      assertEquals("unknown_algorithm", a.read(room, odd).failure());
    }
  }

  @Test
  void thoseWhoLeftReadNoMore() throws Exception {
    MatrixUser eve = home.register("eve");
    MatrixRoom room = home.encrypted(Map.of(), alice, bob, eve);
    try (SyncingDevice a = home.device(alice).in(room);
        SyncingDevice e = home.device(eve).in(room)) {
      String first = a.say(room, "all three");
      assertEquals("all three", body(e.read(room, first)));
      eve.room(room.id()).leave();
      String mark = room.say("she is gone");
      a.event(room.id(), mark);
      String second = a.say(room, "just us");
      assertNotEquals(session(room, first), session(room, second));
      assertTrue(e.keys().stream().noneMatch(key -> key.endsWith(session(room, second))));
    }
  }
}
