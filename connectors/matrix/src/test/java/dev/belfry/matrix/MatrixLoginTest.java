package dev.belfry.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.matrix.room.Rooms;
import dev.belfry.model.AccountId;
import dev.belfry.network.Login;
import dev.belfry.network.LoginStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in and out. */
@Tag("unit")
class MatrixLoginTest {
  private static final AccountId ACCOUNT = new AccountId("matrix");

  @TempDir Path folder;
  private final FakeHomeserver server;
  private final FakeLink link;
  private final MatrixConnector connector;

  MatrixLoginTest() throws IOException {
    server = new FakeHomeserver();
    link = new FakeLink(server.url());
    connector = new MatrixConnector(new FakeLinks(link), SyncWorld.CLOCK);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void loggingOutTellsTheHomeserver() throws Exception {
    server.on("POST /logout", 500, "{}").on("POST /logout", 200, "{}");
    assertThrows(IOException.class, () -> connector.logout(ACCOUNT, folder));
    connector.logout(ACCOUNT, folder);
    assertTrue(server.requests.stream().anyMatch(r -> r.line().equals("POST /logout")));
  }

  @Test
  void aLoginAsksOnceAndTellsWhoItIs() throws Exception {
    server.on("GET /profile/%40alice%3Aexample.org", 200, "{\"displayname\":\"Alice\"}");
    try (Login login = connector.login(ACCOUNT, folder)) {
      LoginStep.UserInput input = assertInstanceOf(LoginStep.UserInput.class, login.begin());
      assertEquals(3, input.fields().size());
      assertInstanceOf(LoginStep.Failed.class, login.submit(Map.of()));
      assertInstanceOf(
          LoginStep.Failed.class,
          login.submit(Map.of("homeserver", "not an address", "user", "a", "password", "b")));
      LoginStep.Failed wrong =
          assertInstanceOf(
              LoginStep.Failed.class,
              login.submit(Map.of("homeserver", "x.org", "user", "a", "password", "wrong")));
      assertEquals("Wrong password.", wrong.message());
      LoginStep.Complete complete =
          assertInstanceOf(
              LoginStep.Complete.class,
              login.submit(Map.of("user", "@alice:example.org", "password", "right")));
      assertEquals("Alice", complete.self().fullName());
      assertEquals("@alice:example.org", complete.loginId());
    }
  }

  @Test
  void whatWaitsForItsKeyWaitsOnInANewLogin(@TempDir Path fresh) throws Exception {
    PendingKeys.Pending one = new PendingKeys.Pending("!r:example.org", "s1", "$e");
    PendingKeys.open(folder).add(List.of(one));
    Identity.keep(fresh, link);
    connector.renewed(folder, fresh);
    assertEquals(List.of(), PendingKeys.open(fresh).all(), "nobody knows whose it is");
    Identity.keep(folder, link);
    connector.renewed(folder, fresh);
    assertEquals(List.of(one), PendingKeys.open(fresh).all());
  }

  @Test
  void anotherUsersRoomsAreForgotten() throws Exception {
    Identity.keep(folder, link);
    Rooms rooms = Rooms.open(folder);
    rooms.findOrMake("!r:example.org");
    rooms.save(Set.of("!r:example.org"));
    Identity.keep(folder, link);
    assertNotNull(Rooms.open(folder).find("!r:example.org"));
    Files.writeString(
        folder.resolve("identity.json"), "{\"user\":\"@eve:example.org\",\"device\":\"X\"}");
    Identity.keep(folder, link);
    assertNull(Rooms.open(folder).find("!r:example.org"));
    assertEquals(new Identity(FakeLink.ME, "DEVICE"), Identity.read(folder));
  }
}
