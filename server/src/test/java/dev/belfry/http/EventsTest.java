package dev.belfry.http;

import static dev.belfry.http.TestHub.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Event;
import dev.belfry.api.EventPage;
import dev.belfry.api.Info;
import dev.belfry.api.codec.Codec;
import dev.belfry.contract.Contract;
import dev.belfry.http.Wire.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /v1/events}, as pages and as a stream. */
@Tag("hub")
class EventsTest {
  private static final Set<String> KEYS =
      Set.of("items", "hasMore", "oldestCursor", "newestCursor");
  private static final String SEND = "/v1/chats/" + ALICE + "/messages";

  @TempDir Path folder;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = new TestHub(folder);
    hub.connect();
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private static EventPage page(Reply reply) {
    assertEquals(200, reply.status(), reply.text());
    var json = (Map<?, ?>) Codec.tree(reply.body());
    if (json == null || !(json.get("items") instanceof List<?> items)) {
      throw new AssertionError(reply.text());
    }
    for (var item : items) {
      Contract.assertValidWith("ws.DomainEvent", Codec.toBytes(item), "cursor");
    }
    assertTrue(json.keySet().containsAll(KEYS), reply.text());
    return Codec.read(EventPage.class, reply.body());
  }

  private EventPage page(String query) throws IOException {
    return page(hub.get("/v1/events" + query));
  }

  private void send(String text) throws IOException, InterruptedException {
    assertEquals(200, hub.post(SEND, "{\"text\":\"" + text + "\"}").status());
    assertTrue(hub.network.performed.poll(20, TimeUnit.SECONDS) != null, "sent");
  }

  @Test
  void pagesWalkTheWholeLogOldestFirst() throws Exception {
    send("hello");
    var all = page("?limit=200").items();
    assertTrue(all.size() > 100);
    var walked = new ArrayList<Event>();
    var page = page("?limit=2");
    while (true) {
      walked.addAll(page.items());
      if (!page.hasMore()) {
        break;
      }
      assertEquals(2, page.items().size());
      assertEquals(page.items().getFirst().cursor(), page.oldestCursor());
      assertEquals(page.items().getLast().cursor(), page.newestCursor());
      page = page("?limit=2&after=" + page.newestCursor());
    }
    assertEquals(
        all.stream().map(e -> e.cursor()).toList(), walked.stream().map(e -> e.cursor()).toList());
    assertEquals(all.size(), all.stream().map(e -> e.cursor()).distinct().count());
    assertEquals(List.of(1L, 2L), all.subList(0, 2).stream().map(e -> e.seq()).toList());
    for (int i = 0; i < all.size(); i++) {
      var rest = page("?limit=200&after=" + all.get(i).cursor()).items();
      assertEquals(all.size() - i - 1, rest.size(), "from " + i);
    }
    var message =
        all.stream().filter(e -> e.type().equals(Event.Type.MESSAGE_UPSERTED)).toList().getLast();
    var entry = Objects.requireNonNull(message.entries()).getFirst();
    Contract.assertValid("Message", Codec.toBytes(entry));
    assertEquals("hello", entry.text());
    assertEquals(2, message.ids().size(), "the final id and the pending one");
    assertEquals(entry.id(), message.ids().getFirst());
  }

  @Test
  void anEmptyPageStillSaysWhereItIs() throws Exception {
    var now = page("?after=now");
    assertEquals(List.of(), now.items());
    assertFalse(now.hasMore());
    assertNull(now.oldestCursor());
    assertNull(now.reset());
    var again = page("?after=" + now.newestCursor());
    assertEquals(List.of(), again.items());
    send("hello");
    assertEquals(
        Event.Type.MESSAGE_UPSERTED,
        page("?after=" + now.newestCursor()).items().getFirst().type());
  }

  @Test
  void aLongPollAnswersAsSoonAsSomethingHappens() throws Exception {
    String now = page("?after=now").newestCursor();
    var polled =
        CompletableFuture.supplyAsync(() -> {
          try {
            return hub.get("/v1/events?wait=15&after=" + now);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    send("hello");
    assertFalse(page(polled.get(10, TimeUnit.SECONDS)).items().isEmpty());
  }

  private String foreignCursor() throws Exception {
    try (var other = new TestHub(Files.createDirectory(folder.resolve("other")))) {
      return page(other.get("/v1/events?after=now")).newestCursor();
    }
  }

  @Test
  void aCursorFromElsewhereGetsAResetAndAFreshOne() throws Exception {
    String foreign = foreignCursor();
    var page = page("?wait=15&after=" + foreign);
    assertTrue(page.isReset());
    assertEquals(List.of(), page.items());
    assertFalse(page.hasMore());
    assertNull(page("?after=" + page.newestCursor()).reset());
  }

  @Test
  void whatCannotBeMeantIsRefused() throws Exception {
    for (var query :
        List.of(
            "after=nonsense",
            "after=%00",
            "after=a&after=b",
            "limit=0",
            "limit=201",
            "limit=x",
            "wait=-1",
            "wait=56",
            "wait=1.5",
            "after=" + "A".repeat(32))) {
      var name = query.substring(0, query.indexOf('='));
      for (String accept : List.of("*/*", "text/event-stream")) {
        var reply = hub.get("/v1/events?" + query, "Accept: " + accept);
        assertEquals(400, reply.status(), query);
        Contract.assertValid("ValidationError", reply.body());
        assertTrue(reply.text().contains("[\"query\",\"" + name + "\"]"), reply.text());
      }
    }
    var header = hub.get("/v1/events", "Accept: text/event-stream", "Last-Event-ID: nonsense");
    assertEquals(400, header.status());
    assertTrue(header.text().contains("Last-Event-ID"), header.text());
    assertEquals(401, Wire.exchange(hub.port, Wire.request("GET", "/v1/events", "")).status());
    assertEquals(405, hub.post("/v1/events", "{}").status());
    assertEquals(
        200,
        Wire.exchange(
                hub.port,
                Wire.request(
                    "HEAD", "/v1/events", "", hub.readersHeader(), "Accept: text/event-stream"))
            .status());
  }

  @Test
  void aStreamTellsWhatHappensAndGoesOnWhereItWas() throws Exception {
    String now = page("?after=now").newestCursor();
    String first;
    try (var stream = new SseClient(hub.port, hub.readersHeader(), "?after=" + now, null)) {
      send("one");
      var event = stream.next();
      assertEquals("message.upserted", event.type());
      Contract.assertValidWith("ws.DomainEvent", event.data(), "cursor");
      assertTrue(event.text().contains("\"seq\":1,"), event.text());
      assertTrue(event.text().contains("\"cursor\":\"" + event.id() + "\""), event.text());
      first = event.id();
      assertTrue(stream.next().text().contains("\"seq\":2,"));
    }
    var missed = page("?after=" + first).items();
    send("two");
    // As a browser does: the first address again, and the header.
    try (var stream = new SseClient(hub.port, hub.readersHeader(), "?after=" + now, first)) {
      for (var each : missed) {
        assertEquals(each.cursor(), stream.next().id());
      }
      while (!stream.next().text().contains("two")) {
        // what else happens with it
      }
    }
  }

  @Test
  void aStreamSaysThatItsCursorLeadsNowhere() throws Exception {
    String foreign = foreignCursor();
    try (var stream = new SseClient(hub.port, hub.readersHeader(), "", foreign)) {
      var reset = stream.next();
      assertEquals("reset", reset.type());
      assertEquals("{\"type\":\"reset\",\"cursor\":\"" + reset.id() + "\"}", reset.text());
      send("hello");
      assertEquals("message.upserted", stream.next().type());
    }
  }

  @Test
  void aStreamEndsWithItsToken() throws Exception {
    try (var stream = new SseClient(hub.port, hub.readersHeader(), "?after=now", null)) {
      hub.hub.tokens().revoke("r");
      assertTrue(stream.isEnded());
    }
  }

  @Test
  void aStreamEndsWithTheServer() throws Exception {
    try (var stream = new SseClient(hub.port, hub.readersHeader(), "?after=now", null)) {
      hub.server.close();
      assertTrue(stream.isEnded());
    }
  }

  @Test
  void howMuchIsKeptIsStated() throws Exception {
    var reply = hub.get("/v1/info");
    Contract.assertValidWith("InfoRetrieveResponse", reply.body(), "events");
    var events = Objects.requireNonNull(Codec.read(Info.class, reply.body()).events());
    assertEquals(30L * 24 * 3600, events.keptSeconds());
    assertEquals(1_000_000, events.keptChanges());
    assertTrue(events.log().endsWith("/v1/events"), events.log());
  }
}
