package dev.belfry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.http.Wire.Reply;
import dev.belfry.model.Grant;
import dev.belfry.model.Grant.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The repeats of the official SDKs, which bear no key, as they are on the wire (contract,
 * clients.md): the same bytes, and a count.
 */
@Tag("hub")
class SdkRepeatsTest {
  private static final String BODY = "{\"text\":\"hello\"}";

  private final AtomicInteger done = new AtomicInteger();
  private final Semaphore entered = new Semaphore(0);
  private final Semaphore release = new Semaphore(0);
  private WebServer server = server();
  private int port;

  @BeforeEach
  void start() throws IOException {
    port = server.start();
  }

  @AfterEach
  void close() {
    release.release(100);
    server.close();
  }

  private WebServer server() {
    var grant = new Grant("t1", Set.of(Scope.WRITE), null, null);
    var other = new Grant("t2", Set.of(Scope.WRITE), null, null);
    return new WebServer(
        ServerIdentity.BELFRY,
        Listen.loopback(0, 0),
        Limits.DEFAULT,
        token -> Optional.ofNullable(Map.of("one", grant, "two", other).get(token)),
        null,
        List.of(
            Route.writing("POST", "/work/{id}", this::work),
            Route.writing("PUT", "/work/{id}", this::work),
            Route.open("GET", "/ping", _ -> Answer.NOTHING)));
  }

  private Answer work(Call call) {
    String text = call.read(in -> in.body().requiredString("text"));
    int number = done.incrementAndGet();
    entered.release();
    if (text.startsWith("hello")) {
      release.acquireUninterruptibly();
    }
    return new Answer.Json(Map.of("number", number));
  }

  /** As the JS SDK writes it, without what does not matter. */
  private static String request(int count, String... other) {
    var parts = other.length == 0 ? new String[] {"POST", "/work/a", BODY, "one"} : other;
    return Wire.request(
        parts[0],
        parts[1],
        parts[2],
        "accept: application/json",
        "authorization: Bearer " + parts[3],
        "content-type: application/json",
        "user-agent: BeeperDesktop/JS 5.0.0",
        "x-stainless-lang: js",
        "x-stainless-package-version: 5.0.0",
        "x-stainless-retry-count: " + count,
        "x-stainless-runtime: node");
  }

  private CompletableFuture<Reply> sending(String request) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Wire.exchange(port, request);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  /** A first try whose client hangs up once it is being carried out. */
  private void cut(boolean reset) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request(0).getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      entered.acquire();
      socket.setSoLinger(reset, 0);
    }
  }

  /** Lets the server do what it has to do, and a few more requests. */
  private void letEnd() throws IOException {
    release.release();
    for (int i = 0; i < 30; i++) {
      assertEquals(204, Wire.exchange(port, Wire.request("GET", "/ping", "")).status());
    }
  }

  @Test
  void aRepeatOfARunningRequestWaitsForIt() throws Exception {
    cut(false);
    var second = sending(request(1));
    assertEquals(0, entered.availablePermits());
    letEnd();
    assertEquals("{\"number\":1}", second.get().text());
    assertEquals("true", second.get().header("idempotent-replayed"));
    assertEquals(1, done.get());
  }

  @Test
  void aRepeatAfterTheClientHungUpGetsTheAnswer() throws Exception {
    for (boolean reset : new boolean[] {false, true}) {
      int before = done.get();
      cut(reset);
      letEnd();
      assertEquals("{\"number\":" + (before + 1) + "}", Wire.exchange(port, request(1)).text());
      assertEquals(before + 1, done.get());
      // That one was answered, as the server notes when it has written it, which may be after it
      // is read here: from then on another repeat is work of its own.
      release.release();
      for (int tries = 0; done.get() == before + 1 && tries < 1000; tries++) {
        assertEquals(200, Wire.exchange(port, request(2)).status());
      }
      assertEquals(before + 2, done.get());
    }
  }

  @Test
  void whatWasAnsweredIsNotLookedAt() throws Exception {
    release.release(3);
    var first = Wire.exchange(port, request(0));
    var second = Wire.exchange(port, request(0));
    assertNotEquals(first.text(), second.text());
    assertNotEquals(second.text(), Wire.exchange(port, request(1)).text());
    assertEquals(3, done.get());
  }

  @Test
  void twoThatSayTheSameStayTwo() throws Exception {
    cut(false);
    cut(true);
    var again = sending(request(1));
    var alsoAgain = sending(request(1));
    release.release(2);
    assertEquals(
        Set.of("{\"number\":1}", "{\"number\":2}"),
        Set.of(again.get().text(), alsoAgain.get().text()));
    assertEquals(2, done.get());
  }

  @Test
  void anotherTokenMethodPathQueryOrBodyIsAnotherRequest() throws Exception {
    cut(true);
    letEnd();
    release.release(10);
    for (var other :
        List.of(
            new String[] {"POST", "/work/a", BODY, "two"},
            new String[] {"PUT", "/work/a", BODY, "one"},
            new String[] {"POST", "/work/b", BODY, "one"},
            new String[] {"POST", "/work/a?x=1", BODY, "one"},
            new String[] {"POST", "/work/a", "{\"text\":\"hello!\"}", "one"})) {
      int before = done.get();
      assertEquals(200, Wire.exchange(port, request(1, other)).status());
      assertEquals(before + 1, done.get());
    }
    assertEquals("{\"number\":1}", Wire.exchange(port, request(1)).text());
  }

  @Test
  void oddCountsCountForNothing() throws Exception {
    cut(true);
    letEnd();
    release.release(10);
    for (String count : List.of("-1", "x", "", "1.0", "99999999999")) {
      int before = done.get();
      String odd = request(7).replace("retry-count: 7", "retry-count: " + count);
      assertEquals(200, Wire.exchange(port, odd).status());
      assertEquals(before + 1, done.get(), count);
    }
  }

  /** Looking whether the client is still there must not lose what it sends next. */
  @Test
  void requestsOneAfterTheOtherWithoutWaitingAreAllRead() throws Exception {
    try (var wire = new Wire(port)) {
      wire.send(request(0, "POST", "/work/a", BODY, "one"));
      entered.acquire();
      wire.send(request(0, "POST", "/work/a", "{\"text\":\"quick\"}", "one"));
      wire.send(request(0, "PUT", "/work/a", "{\"text\":\"quick\"}", "one"));
      letEnd();
      for (int i = 1; i <= 3; i++) {
        assertEquals("{\"number\":" + i + "}", wire.receive().text());
      }
    }
  }

  @Test
  void unansweredOnesAreKeptForAMinute() {
    var now = new long[1];
    var unanswered = new Unanswered(() -> now[0]);
    var asked = new Unanswered.Asked("t", "POST", "/", "hash");
    var whole = new Answer.Whole(200, Map.of(), "x");
    var first = unanswered.begin(asked, 0);
    assertEquals(whole, unanswered.run(first, () -> whole));
    first.told(false);
    assertEquals(Optional.empty(), unanswered.find(asked, 0), "the same asked anew");
    assertEquals(Optional.of(first), unanswered.find(asked, 1));
    assertEquals(Optional.empty(), unanswered.find(asked, 1), "it has its repeat");
    assertEquals(Optional.of(whole), unanswered.answer(first));
    now[0] = Unanswered.KEPT.toNanos() - 1;
    assertEquals(Optional.of(first), unanswered.find(asked, 2));
    now[0]++;
    assertEquals(Optional.empty(), unanswered.find(asked, 3));
    assertEquals(0, unanswered.size());
    for (int i = 0; i < 3000; i++) {
      unanswered.begin(new Unanswered.Asked("t", "POST", "/", "h" + i), 0).told(false);
    }
    assertTrue(unanswered.size() <= 1000);
  }
}
