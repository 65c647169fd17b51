package dev.belfry.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Event;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Following the event log. */
@Tag("unit")
class EventsTest extends SdkTest {
  private static String event(String cursor, String ts) {
    return "{\"type\":\"message.upserted\",\"seq\":1,\"ts\":%s,\"chatID\":\"!c:x\",\"ids\":[\"1\"],\"entries\":[%s],\"cursor\":\"%s\"}"
        .formatted(ts, message("1"), cursor);
  }

  private static String events(String newest, String... items) {
    return "{\"items\":[%s],\"hasMore\":false,\"oldestCursor\":null,\"newestCursor\":\"%s\"}"
        .formatted(String.join(",", items), newest);
  }

  @Test
  void aReaderGoesOnFromPageToPage() throws InterruptedException {
    server
        .answer(200, events("a", event("a", "\"2026-11-20T08:15:30.120Z\"")))
        .answer(200, events("b"))
        .answer(200, events("c", event("c", "1763626530120")));
    var reader = client.events().fromOldest();
    assertEquals(Optional.empty(), reader.cursor());
    var first = reader.next();
    assertEquals(Event.Type.MESSAGE_UPSERTED, first.items().get(0).type());
    assertEquals(Instant.parse("2026-11-20T08:15:30.120Z"), first.items().get(0).at());
    assertEquals("/v1/events?limit=200&wait=15", server.request().target());
    assertEquals(Optional.of("a"), reader.cursor());
    var second = reader.next();
    assertEquals("/v1/events?after=a&limit=200&wait=15", server.request().target());
    assertEquals("/v1/events?after=b&limit=200&wait=15", server.request().target());
    assertEquals(Instant.ofEpochMilli(1763626530120L), second.items().get(0).at());
    assertFalse(second.isReset());
  }

  @Test
  void nowIsHadBeforeItIsWaitedFor() throws InterruptedException {
    server.answer(200, events("a")).cut();
    server.answer(200, events("b", event("b", "1")));
    assertEquals("b", client.events().fromNow().next().newestCursor());
    assertEquals("/v1/events?after=now&limit=200&wait=0", server.request().target());
    assertEquals("/v1/events?after=a&limit=200&wait=15", server.request().target());
    assertEquals("/v1/events?after=a&limit=200&wait=15", server.request().target());
  }

  @Test
  void faultsThatPassAreWaitedOut() throws InterruptedException {
    server.answer(503, "{}").answer(503, "{}").answer(503, "{}").cut();
    server.answer(429, "{}").answer(200, events("b", event("b", "1")));
    var page = client.events().after("a").next();
    assertEquals("b", page.newestCursor());
    assertEquals(5, waits.size());
    for (int i = 0; i < 6; i++) {
      assertTrue(server.request().target().startsWith("/v1/events?after=a&"));
    }
  }

  @Test
  void faultsThatStayAreToldAtOnce() {
    server.answer(401, "{}");
    assertThrows(BelfryException.Unauthorized.class, client.events().fromNow()::next);
    server.answer(400, "{}");
    assertThrows(BelfryException.BadRequest.class, client.events().after("x")::next);
  }

  @Test
  void aResetIsToldAndGoneOnFrom() throws InterruptedException {
    server
        .answer(200, events("n").replace("}", ",\"reset\":true}"))
        .answer(200, events("o", event("o", "1")));
    var reader = client.events().after("old");
    assertTrue(reader.next().isReset());
    assertFalse(reader.next().isReset());
    server.request();
    assertTrue(server.request().target().startsWith("/v1/events?after=n&"));
  }
}
