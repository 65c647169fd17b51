package dev.belfry.matrix.trixnity;

import static dev.belfry.matrix.trixnity.SyncingDevice.body;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.MatrixUser;
import dev.belfry.matrix.MatrixLinks.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("e2e")
class OutageTest {
  @TempDir private Path directory;

  @Test
  @Timeout(600)
  void aHomeserverThatGoesIsABrokenLinkAndNothingIsLost() throws Exception {
    try (MatrixHomeserver home = MatrixHomeserver.start(directory)) {
      MatrixUser alice = home.register("alice");
      MatrixUser bob = home.register("bob");
      MatrixRoom room = home.encrypted(Map.of(), alice, bob);
      Path folder = home.folder("bob");
      SyncingDevice a = home.device(alice).in(room);
      SyncingDevice b = home.device(bob, folder).in(room);
      assertEquals("one", body(b.read(room, a.say(room, "one"))));
      assertThrows(
          RefusedException.class,
          () -> home.links().login(home.folder("x"), home.synapse().url(), "bob", "wrong"));
      assertThrows(
          RefusedException.class,
          () -> home.links().login(home.folder("y"), home.synapse().url(), "nobody", "secret"));
      b.close();
      home.synapse().stop();
      assertInstanceOf(IOException.class, a.end());
      assertThrows(IOException.class, () -> home.login("bob", home.folder("z")));
      SyncingDevice down = home.reopen(bob, folder);
      assertInstanceOf(IOException.class, down.end());
      down.close();
      a.close();
      home.synapse().start();
      try (SyncingDevice again = home.reopen(bob, folder)) {
        String said = again.say(room, "we are back");
        assertEquals("we are back", body(again.read(room, said)));
      }
    }
  }
}
