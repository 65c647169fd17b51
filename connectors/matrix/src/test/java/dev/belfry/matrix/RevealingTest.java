package dev.belfry.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.room.Rooms;
import dev.belfry.network.NetworkEvent.MessageRevealed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening later what could not be read when it came. */
@Tag("unit")
class RevealingTest {
  private static final String ROOM = "!r:example.org";
  private static final String EVENT = "GET /rooms/%21r%3Aexample.org/event/";

  @TempDir Path folder;
  private final Heard heard = new Heard();
  private final FakeHomeserver server;
  private final FakeLink link;
  private final MatrixApi api;

  RevealingTest() throws IOException {
    server = new FakeHomeserver();
    link = new FakeLink(server.url());
    api = new MatrixApi(server.url(), "secret");
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  private PendingKeys waiting(int sessions) throws IOException {
    PendingKeys pending = PendingKeys.open(folder);
    for (int i = 0; i < sessions; i++) {
      pending.add(List.of(pending(i)));
      server.on(EVENT + "%24e" + i, 200, sealed(i));
    }
    return pending;
  }

  private static PendingKeys.Pending pending(int i) {
    return new PendingKeys.Pending(ROOM, "s" + i, "$e" + i);
  }

  private static String sealed(int i) {
    return """
    {"type":"m.room.encrypted","event_id":"$e%1$d","sender":"@bob:example.org","origin_server_ts":9,"content":{"session_id":"s%1$d"}}
    """
        .formatted(i);
  }

  private Revealing revealing(PendingKeys pending) throws IOException {
    return new Revealing(link, api, Rooms.open(folder), pending, heard, SyncWorld.CLOCK);
  }

  private static MatrixLink.Decryption failed(String why) {
    return new MatrixLink.Decryption(null, null, why, false);
  }

  @Test
  void whatCanBeReadNowIsRevealed() throws Exception {
    PendingKeys pending = waiting(2);
    link.keys.put(
        "s1",
        new MatrixLink.Decryption(
            "m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"hi\"}", null, true));
    revealing(pending).tryAgain();
    MessageRevealed revealed = heard.await(MessageRevealed.class);
    assertEquals("$e1", revealed.key());
    assertEquals("hi", revealed.content().body());
    assertEquals(List.of(pending(0)), pending.of(ROOM, "s0"));
    assertTrue(pending.of(ROOM, "s1").isEmpty());
  }

  @Test
  void whatCannotBeReadWithItsKeyIsWaitedForNoLonger() throws Exception {
    PendingKeys pending = waiting(1);
    link.keys.put("s0", failed("undecryptable"));
    revealing(pending).tryAgain();
    assertEquals(
        "This message cannot be decrypted.", heard.await(MessageRevealed.class).content().body());
    assertTrue(pending.of(ROOM, "s0").isEmpty());
  }

  @Test
  void aHomeserverInTroubleIsLeftAlone() throws Exception {
    PendingKeys pending = PendingKeys.open(folder);
    for (int i = 0; i < 3; i++) {
      pending.add(List.of(pending(i)));
      server.on(EVENT + "%24e" + i, 502, "");
    }
    revealing(pending).tryAgain();
    assertEquals(EVENT + "%24e2", server.requests.take().line());
    assertNull(server.requests.poll(), "one refusal is enough");
    assertEquals(List.of(pending(2)), pending.of(ROOM, "s2"));
  }

  @Test
  void onlyTheHomeserverSaysThatAMessageIsGone() throws Exception {
    PendingKeys pending = PendingKeys.open(folder);
    pending.add(List.of(pending(0)));
    server.on(EVENT + "%24e0", 404, "<html>maintenance</html>");
    server.on(EVENT + "%24e0", 404, "{\"errcode\":\"M_NOT_FOUND\"}");
    revealing(pending).tryAgain();
    assertEquals(List.of(pending(0)), pending.of(ROOM, "s0"));
    revealing(pending).tryAgain();
    assertTrue(pending.of(ROOM, "s0").isEmpty());
  }

  @Test
  void allWaitsTogetherAreBounded() throws Exception {
    PendingKeys pending = waiting(3);
    link.keys.put("s0", failed("no_key"));
    revealing(pending).tryAgain();
    synchronized (link.waits) {
      assertEquals(3, link.waits.size());
      assertTrue(
          link.waits.stream().reduce(Duration.ZERO, Duration::plus).compareTo(Duration.ofSeconds(2))
              <= 0);
    }
  }

  @Test
  void manySessionsHaveTheirTurnOneAfterTheOther() throws Exception {
    PendingKeys pending = waiting(5);
    assertEquals(List.of(pending(4), pending(3)), pending.turn(2));
    assertEquals(List.of(pending(2), pending(1)), pending.turn(2));
    assertEquals(List.of(pending(0)), pending.turn(2));
    assertEquals(List.of(pending(4), pending(3)), pending.turn(2));
  }
}
