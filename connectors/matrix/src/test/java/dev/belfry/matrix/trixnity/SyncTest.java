package dev.belfry.matrix.trixnity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.MatrixUser;
import dev.belfry.matrix.MatrixLink;
import dev.belfry.network.LoggedOutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("e2e")
class SyncTest {
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

  /** Fails at each answer until it is mended. */
  private static final class Failing implements MatrixLink.SyncListener {
    private final List<String> seen = new ArrayList<>();
    private final List<Boolean> initial = new ArrayList<>();
    private boolean mended;

    @Override
    public void synced(String json, boolean initial) {
      seen.add(json);
      this.initial.add(initial);
      throw mended ? new Enough() : new IllegalStateException("the disk is full");
    }

    @Override
    public void keysArrived(String roomId, String sessionId) {}
  }

  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void anAnswerThatWasNotTakenComesAgain() throws Exception {
    MatrixRoom room = alice.createGroup("Room", bob).joinedBy(bob);
    Path folder = home.folder("again");
    var listener = new Failing();
    try (var link = home.login("alice", folder)) {
      assertThrows(IllegalStateException.class, () -> link.sync(listener));
      assertThrows(IllegalStateException.class, () -> link.sync(listener), "on the same link");
    }
    String said = room.say("after the failure");
    listener.mended = true;
    try (var link = home.links().open(folder)) {
      assertThrows(Enough.class, () -> link.sync(listener));
    }
    assertEquals(List.of(true, true, true), listener.initial);
    assertTrue(listener.seen.get(2).contains(said));
    assertTrue(
        Json.parse(listener.seen.get(0)).at("rooms", "join").entries().containsKey(room.id()));
  }

  @Test
  void theAnswerIsGivenAsItCame() throws Exception {
    MatrixRoom room = alice.createGroup("Raw", bob).joinedBy(bob);
    room.state("com.example.bridge", "", Map.of("network", "pigeons", "feathers", 3));
    try (SyncingDevice device = home.device(alice).in(room)) {
      String id =
          bob.room(room.id())
              .send(
                  "m.room.message",
                  Map.of("msgtype", "m.text", "body", "hi", "com.example", Map.of("a", 1)));
      Json event = device.event(room.id(), id);
      assertEquals(1, event.at("content", "com.example", "a").number());
      assertFalse(event.at("unsigned", "age").missing());
    }
  }

  @Test
  void onlyTheOwnerCanReadTheKeys() throws Exception {
    Path folder = home.folder("private");
    home.login("bob", folder).close();
    assertEquals(
        "[OWNER_READ, OWNER_WRITE]",
        new java.util.TreeSet<>(Files.getPosixFilePermissions(folder.resolve("matrix.db")))
            .toString());
  }

  @Test
  void aDeviceRunsOnce() throws Exception {
    Path folder = home.folder("once");
    try (MatrixLink first = home.login("bob", folder)) {
      assertThrows(IOException.class, () -> home.links().open(folder));
      assertFalse(first.deviceId().isEmpty());
    }
  }

  @Test
  void closingEndsTheSyncAndLeavesNoThread() throws Exception {
    SyncingDevice device = home.device(bob);
    device.close();
    assertEquals("returned", device.end());
    device.close();
    assertFalse(
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("matrix-device-file"))
            .anyMatch(Thread::isAlive));
  }

  @Test
  void anInterruptEndsTheSync() throws Exception {
    try (SyncingDevice device = home.device(bob)) {
      device.interrupt();
      assertInstanceOf(InterruptedException.class, device.end());
    }
  }

  @Test
  void theEndOfALoginIsToldAndTheNextOneIsTheSameDevice() throws Exception {
    MatrixUser carol = home.register("carol");
    Path folder = home.folder("carol");
    SyncingDevice device = home.device(carol, folder);
    String id = device.link().deviceId();
    carol.logoutEverywhere();
    assertInstanceOf(LoggedOutException.class, device.end());
    device.close();
    try (MatrixLink link = home.links().open(folder)) {
      assertThrows(LoggedOutException.class, () -> link.sync(device));
    }
    MatrixUser again = home.synapse().login("carol", "secret");
    try (SyncingDevice renewed = home.device(again, folder)) {
      assertEquals(id, renewed.link().deviceId());
    }
  }

  @Test
  void anEmptyFolderHoldsNoLogin() throws Exception {
    Path folder = home.folder("nobody");
    assertThrows(LoggedOutException.class, () -> home.links().open(folder));
  }
}
