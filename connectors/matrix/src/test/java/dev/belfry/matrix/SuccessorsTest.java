package dev.belfry.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.matrix.http.MatrixApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Following a room to where it was moved. */
@Tag("unit")
class SuccessorsTest {
  private static final String OLD = "!old:example.org";
  private static final String NEW = "!new:example.org";
  private static final String JOIN = "POST /join/%21new%3Aexample.org";
  private static final String CREATE =
      """
      {"type":"m.room.create","event_id":"$0","sender":"@bob:example.org","state_key":"","content":{"room_version":"10"}}
      """;
  private static final String TOMBSTONE =
      """
      {"type":"m.room.tombstone","event_id":"$t","sender":"@bob:example.org","state_key":"","content":{"replacement_room":"!new:example.org"}}
      """;
  private static final String INVITED =
      """
      {"rooms":{"invite":{"!new:example.org":{"invite_state":{"events":[]}}}}}
      """;

  @TempDir Path folder;
  private final FakeHomeserver server = new FakeHomeserver();
  private final MatrixApi api = new MatrixApi(server.url(), "secret");
  private Instant now = SyncWorld.NOW;

  SuccessorsTest() throws IOException {}

  @BeforeEach
  void moved() throws Exception {
    SyncWorld world = new SyncWorld(folder);
    world.read(SyncWorld.joined(OLD, SyncWorld.stateOf(CREATE)), true);
    world.read(SyncWorld.joined(OLD, SyncWorld.timeline(false, TOMBSTONE)), false);
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  private Successors successors(SyncWorld world) {
    return new Successors(api, world.rooms, () -> now);
  }

  @Test
  void aFaultAndARestartDoNotEndIt() throws Exception {
    server.on(JOIN, 502, "").on(JOIN, 403, "<html>").on(JOIN, 200, "{\"room_id\":\"" + NEW + "\"}");
    SyncWorld world = new SyncWorld(folder);
    Successors successors = successors(world);
    assertTrue(successors.isDue());
    successors.follow();
    assertFalse(successors.isDue(), "at once again");
    now = now.plus(Duration.ofHours(1));
    successors.follow();
    world.read("{}", false);
    world = new SyncWorld(folder);
    successors = successors(world);
    assertTrue(successors.isDue());
    successors.follow();
    assertEquals(3, server.requests.size());
    assertEquals(JOIN + "?via=example.org", server.requests.take().line());
    world.read("{}", false);
    assertFalse(successors(new SyncWorld(folder)).isDue());
  }

  @Test
  void theInvitationMayComeAfterARestart() throws Exception {
    server.on(JOIN, 403, "{\"errcode\":\"M_FORBIDDEN\"}").on(JOIN, 200, "{}");
    SyncWorld world = new SyncWorld(folder);
    successors(world).follow();
    world.read("{}", false);
    now = now.plus(Duration.ofDays(1));
    world = new SyncWorld(folder);
    Successors successors = successors(world);
    assertFalse(successors.isDue());
    world.read(INVITED, false);
    assertTrue(successors.isDue());
    successors.follow();
    assertNull(world.rooms.orUnknown(OLD).move());
  }

  @Test
  void whoDeclinesIsNotTakenThere() throws Exception {
    server.on(JOIN, 403, "{\"errcode\":\"M_FORBIDDEN\"}");
    SyncWorld world = new SyncWorld(folder);
    successors(world).follow();
    world.read(INVITED, false);
    String declined =
        """
        {"type":"m.room.member","event_id":"$l","sender":"@alice:example.org","state_key":"@alice:example.org","content":{"membership":"leave"}}
        """;
    world.read(
        "{\"rooms\":{\"leave\":{\"%s\":{%s}}}}".formatted(NEW, SyncWorld.timeline(false, declined)),
        false);
    assertNull(new SyncWorld(folder).rooms.orUnknown(OLD).move());
  }
}
