package dev.belfry.http;

import static dev.belfry.http.Wire.exchange;
import static dev.belfry.http.Wire.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.contract.Contract;
import dev.belfry.http.Wire.Reply;
import dev.belfry.model.Grant;
import dev.belfry.model.Grant.Scope;
import dev.belfry.model.HubException;
import dev.belfry.model.StoreFault;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server itself, with endpoints that exist in this test only. */
@Tag("hub")
class WebServerTest {
  private static final Limits LIMITS = limits(64, Duration.ofSeconds(3));
  private static final String READER = "Authorization: Bearer reader";
  private static final String WRITER = "authorization: bearer  writer";

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private WebServer server = server(Listen.loopback(0, 0), LIMITS);
  private int port;

  @BeforeEach
  void start() throws IOException {
    port = server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private WebServer server(Listen listen, Limits limits) {
    Map<String, Grant> tokens = Map.of("reader", grant(Scope.READ), "writer", grant(Scope.WRITE));
    return new WebServer(
        ServerIdentity.BELFRY,
        listen,
        limits,
        token -> Optional.ofNullable(tokens.get(token)),
        null,
        List.of(
            Route.open("GET", "/open", _ -> new Answer.Json(onVirtualThread())),
            Route.reading(
                "GET", "/echo/{id}", call -> new Answer.Json(Map.of("id", call.path("id")))),
            Route.writing(
                "POST",
                "/echo/{id}",
                call ->
                    new Answer.Json(
                        Map.of("text", call.read(in -> in.body().requiredString("text"))))),
            Route.writing("POST", "/done", _ -> Answer.NOTHING),
            Route.reading("GET", "/fail/{how}", call -> fail(call.path("how"))),
            Route.writing("POST", "/fail/{how}", call -> fail(call.path("how"))),
            Route.open("GET", "/slow", _ -> slow())));
  }

  private static Grant grant(Scope scope) {
    return new Grant("test", Set.of(scope), null, null);
  }

  private static Answer fail(String how) {
    throw switch (how) {
      case "missing" -> HubException.notFound("Chat");
      case "invalid" -> HubException.invalid("no such cursor", "query", "cursor");
      case "refused" -> HubException.unprocessable("READ_ONLY", "nobody can write here");
      case "unauthorized" -> new HubException(HubException.Reason.UNAUTHORIZED, "who are you?");
      case "forbidden" -> new HubException(HubException.Reason.FORBIDDEN, "not yours");
      case "large" -> new HubException(HubException.Reason.TOO_LARGE, "too much");
      case "full" -> new HubException(HubException.Reason.STORAGE, "the disk is full");
      case "broken" -> new StoreFault("the file is corrupt: restore a backup");
      case "error" -> throw new AssertionError("secret text");
      default -> new IllegalStateException("secret text");
    };
  }

  /** That endpoints may block without holding up others. */
  private static Map<String, Boolean> onVirtualThread() {
    return Map.of("ok", Thread.currentThread().isVirtual());
  }

  private Answer slow() {
    entered.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Answer.Json(Map.of("ok", true));
  }

  private static void assertCommon(Reply reply) {
    assertEquals("4.2.808", reply.header("x-beeper-desktop-version"));
    assertEquals("nosniff", reply.header("x-content-type-options"));
    assertEquals("no-store", reply.header("cache-control"));
    assertEquals("", reply.header("server"));
  }

  private static void assertError(int status, String code, Reply reply) {
    assertEquals(status, reply.status(), reply.text());
    assertCommon(reply);
    assertEquals("application/json", reply.header("content-type"));
    Contract.assertValid("Error", reply.body());
    assertTrue(reply.text().contains("\"code\":\"" + code + "\""), reply.text());
  }

  @Test
  void answers() throws IOException {
    Reply open = exchange(port, request("GET", "/open", ""));
    assertEquals(200, open.status());
    assertEquals("{\"ok\":true}", open.text());
    assertEquals("application/json", open.header("content-type"));
    assertCommon(open);
    Reply echo = exchange(port, request("GET", "/echo/a%2Fb%20%F0%9F%99%82;x=..", "", READER));
    assertEquals("{\"id\":\"a/b 🙂;x=..\"}", echo.text());
    Reply posted = exchange(port, request("POST", "/echo/1", "{\"text\":\"é\"}", WRITER));
    assertEquals("{\"text\":\"é\"}", posted.text());
  }

  @Test
  void answersOnBothLoopbackAddresses() throws IOException {
    try (var wire = new Wire("::1", port)) {
      wire.send(request("GET", "/open", "", "Host: [::1]:" + port));
      assertEquals(200, wire.receive().status());
    }
  }

  @Test
  void saysNothingWith204() throws IOException {
    Reply done = exchange(port, request("POST", "/done", "", WRITER));
    assertEquals(204, done.status());
    assertCommon(done);
    assertFalse(done.headers().containsKey("content-type"));
    assertEquals("", done.header("content-length"));
  }

  @Test
  void answersHeadAndOptions() throws IOException {
    Reply head = exchange(port, request("HEAD", "/open", ""));
    assertEquals(200, head.status());
    assertEquals("11", head.header("content-length"));
    Reply missing = exchange(port, request("HEAD", "/nothing", ""));
    assertEquals(404, missing.status());
    Reply options = exchange(port, request("OPTIONS", "/echo/1", ""));
    assertEquals(204, options.status());
    assertEquals("GET, HEAD, OPTIONS, POST", options.header("allow"));
  }

  @Test
  void refusesUnknownPathsAndMethods() throws IOException {
    for (String path : List.of("/", "/v1", "/open/", "//open", "/open/../open", "/echo")) {
      Reply reply = exchange(port, request("GET", path, ""));
      assertError(404, "NOT_FOUND", reply);
      assertTrue(reply.text().contains("not found"), reply.text());
    }
    Reply method = exchange(port, request("DELETE", "/echo/1", ""));
    assertError(405, "METHOD_NOT_ALLOWED", method);
    assertEquals("GET, HEAD, OPTIONS, POST", method.header("allow"));
    assertEquals("false", method.header("x-should-retry"));
    assertError(405, "METHOD_NOT_ALLOWED", exchange(port, request("BREW", "/open", "")));
    for (String path : List.of("/echo/%zz", "/echo/%00", "/../open")) {
      assertError(400, "VALIDATION_ERROR", exchange(port, request("GET", path, "", READER)));
    }
  }

  @Test
  void asksForATokenWhereOneIsNeeded() throws IOException {
    List<String> wrong =
        List.of(
            "Authorization: Bearer stale",
            "Authorization: Bearer",
            "Authorization: Bearer ",
            "Authorization: Basic cmVhZGVy",
            "Authorization: reader",
            READER + "\r\n" + READER,
            "X-None: 1");
    for (String header : wrong) {
      Reply reply = exchange(port, request("GET", "/echo/1", "", header, "Host: 127.0.0.1:99"));
      assertError(401, "UNAUTHORIZED", reply);
      assertEquals(
          "Bearer resource_metadata=\"http://127.0.0.1:99/.well-known/oauth-protected-resource\"",
          reply.header("www-authenticate"));
      assertEquals(200, exchange(port, request("GET", "/open", "", header)).status());
    }
    assertError(403, "FORBIDDEN", exchange(port, request("POST", "/done", "", READER)));
    assertEquals(200, exchange(port, request("GET", "/echo/1", "", WRITER)).status());
  }

  @Test
  void turnsAwayOtherNamesAndWebSites() throws IOException {
    for (String host :
        List.of("evil.example", "localhost.evil.example:" + port, "10.0.0.1", "127.evil")) {
      assertError(403, "FORBIDDEN", exchange(port, request("GET", "/open", "", "Host: " + host)));
    }
    for (String host : List.of("localhost", "LOCALHOST:1", "127.0.0.1:" + port, "[::1]")) {
      assertEquals(200, exchange(port, request("GET", "/open", "", "Host: " + host)).status());
    }
    for (String origin :
        List.of(
            "https://evil.example", "null", "http://localhost.evil.example", "http://", "x y")) {
      assertError(
          403, "FORBIDDEN", exchange(port, request("GET", "/open", "", "Origin: " + origin)));
    }
    for (String origin :
        List.of("http://localhost:3000", "https://127.0.0.1", "chrome-extension://abc")) {
      assertEquals(200, exchange(port, request("GET", "/open", "", "Origin: " + origin)).status());
    }
  }

  @Test
  void mapsRefusals() throws IOException {
    assertFailure(404, "NOT_FOUND", "missing");
    assertFailure(422, "READ_ONLY", "refused");
    assertFailure(401, "UNAUTHORIZED", "unauthorized");
    assertFailure(403, "FORBIDDEN", "forbidden");
    assertFailure(413, "PAYLOAD_TOO_LARGE", "large");
    assertFailure(500, "STORAGE_ERROR", "full");
    assertFailure(500, "STORAGE_ERROR", "broken");
    assertFailure(500, "INTERNAL_ERROR", "unexpected");
    assertFailure(500, "INTERNAL_ERROR", "error");
    Reply invalid = assertFailure(400, "VALIDATION_ERROR", "invalid");
    Contract.assertValid("ValidationError", invalid.body());
    assertTrue(invalid.text().contains("[\"query\",\"cursor\"]"), invalid.text());
  }

  private Reply assertFailure(int status, String code, String how) throws IOException {
    Reply got = exchange(port, request("GET", "/fail/" + how, "", READER));
    assertError(status, code, got);
    assertFalse(got.text().contains("secret"));
    assertEquals(code.equals("STORAGE_ERROR") ? "false" : "", got.header("x-should-retry"));
    Reply posted = exchange(port, request("POST", "/fail/" + how, "", WRITER));
    assertError(status, code, posted);
    assertEquals("false", posted.header("x-should-retry"));
    return got;
  }

  @Test
  void answersBrokenHttpInTheSameForm() throws IOException {
    List<String> broken =
        List.of(
            "nonsense\r\n\r\n",
            "GET /open\r\n\r\n",
            "GET /open HTTP/9.9\r\n\r\n",
            "GET /open HTTP/1.1\r\n\r\n",
            "GET /open HTTP/1.1\r\nHost: a b\r\n\r\n",
            "GET /open HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
            "GET /open HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
            "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /open HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n",
            "POST /done HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
            "POST /done HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "POST /done HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n");
    for (String text : broken) {
      Reply reply = exchange(port, text);
      assertTrue(reply.status() >= 400 && reply.status() < 600, text);
      assertTrue(reply.status() != 500, text);
      assertCommon(reply);
      Contract.assertValid("Error", reply.body());
    }
    assertError(
        431,
        "REQUEST_HEADER_FIELDS_TOO_LARGE",
        exchange(port, request("GET", "/open", "", "X-Long: " + "x".repeat(5000))));
    assertError(414, "URI_TOO_LONG", exchange(port, request("GET", "/" + "x".repeat(5000), "")));
    assertError(
        417, "EXPECTATION_FAILED", exchange(port, request("POST", "/done", "", "Expect: luck")));
  }

  @Test
  void readsBodiesOfEveryForm() throws IOException {
    String chunked = "Transfer-Encoding: chunked";
    Reply reply =
        exchange(
            port,
            request("POST", "/echo/1", "", WRITER, chunked)
                + "e\r\n{\"text\":\"abc\"}\r\n0\r\n\r\n");
    assertEquals("{\"text\":\"abc\"}", reply.text());
    Reply broken = exchange(port, request("POST", "/echo/1", "", WRITER, chunked) + "zz\r\n");
    assertEquals(400, broken.status());
    Contract.assertValid("Error", broken.body());
    Reply empty = exchange(port, request("POST", "/echo/1", "", WRITER, "Content-Length: 0"));
    assertError(400, "VALIDATION_ERROR", empty);
    assertTrue(empty.text().contains("[\"body\",\"text\"]"), empty.text());
    String form = "Content-Type: application/x-www-form-urlencoded";
    assertEquals(
        200, exchange(port, request("POST", "/echo/1", "{\"text\":\"a\"}", WRITER, form)).status());
  }

  @Test
  void refusesBodiesOverTheLimitWithoutReadingThem() throws IOException {
    String promised = "Content-Length: 100000000";
    Reply reply = exchange(port, request("POST", "/echo/1", "", WRITER, promised));
    assertError(413, "PAYLOAD_TOO_LARGE", reply);
    assertEquals("close", reply.header("connection"));
    assertEquals("false", reply.header("x-should-retry"));
    String expecting = "Expect: 100-continue";
    assertError(
        413,
        "PAYLOAD_TOO_LARGE",
        exchange(port, request("POST", "/echo/1", "", WRITER, promised, expecting)));
    String large = "{\"text\":\"" + "x".repeat(5_000_000) + "\"}";
    assertError(
        413, "PAYLOAD_TOO_LARGE", exchange(port, request("POST", "/echo/1", large, WRITER)));
    assertError(401, "UNAUTHORIZED", exchange(port, request("POST", "/echo/1", large)));
    String chunk = "7530\r\n" + "x".repeat(30_000) + "\r\n0\r\n\r\n";
    assertError(
        413,
        "PAYLOAD_TOO_LARGE",
        exchange(
            port, request("POST", "/echo/1", "", WRITER, "Transfer-Encoding: chunked") + chunk));
  }

  @Test
  void keepsTheConnectionAfterASmallBodyNobodyRead() throws IOException {
    try (var wire = new Wire(port)) {
      wire.send(request("POST", "/echo/1", "{\"text\":\"a\"}"));
      assertError(401, "UNAUTHORIZED", wire.receive());
      wire.send(request("POST", "/nothing", "x".repeat(20_000)));
      assertError(404, "NOT_FOUND", wire.receive());
      wire.send(request("GET", "/open", ""));
      assertEquals(200, wire.receive().status());
    }
  }

  @Test
  void asksForTheBodyOnlyWhenItIsWanted() throws IOException {
    String expecting = "Expect: 100-continue";
    try (var wire = new Wire(port)) {
      wire.send(request("POST", "/echo/1", "", WRITER, expecting, "Content-Length: 12"));
      assertEquals(100, wire.receive().status());
      wire.send("{\"text\":\"a\"}");
      assertEquals(200, wire.receive().status());
      wire.send(request("POST", "/echo/1", "", expecting, "Content-Length: 12"));
      assertError(401, "UNAUTHORIZED", wire.receive());
      assertTrue(wire.isEnded());
    }
  }

  @Test
  void letsARequestUnderWayEndWhenItCloses() throws Exception {
    try (var wire = new Wire(port)) {
      wire.send(request("GET", "/slow", ""));
      entered.await();
      Thread closing = Thread.ofVirtual().start(server::close);
      release.countDown();
      assertEquals(200, wire.receive().status());
      closing.join();
    }
    assertThrows(IOException.class, () -> new Wire(port).close());
  }

  @Test
  void cutsOffARequestThatOutlastsTheGrace() throws Exception {
    var impatient = server(Listen.loopback(0, 0), limits(64, Duration.ofMillis(300)));
    try (var wire = new Wire(impatient.start())) {
      wire.send(request("GET", "/slow", ""));
      entered.await();
      impatient.close();
      assertThrows(IOException.class, wire::receive);
    }
  }

  @Test
  void letsClientsWaitWhenThereAreTooMany() throws IOException {
    try (var crowded = server(Listen.loopback(0, 0), limits(2, Duration.ofSeconds(1)))) {
      int number = crowded.start();
      var first = new Wire(number);
      try (var second = new Wire(number);
          var third = new Wire(number)) {
        for (Wire wire : List.of(first, second)) {
          wire.send(request("GET", "/open", ""));
          assertEquals(200, wire.receive().status());
        }
        third.send(request("GET", "/open", ""));
        first.close();
        assertEquals(200, third.receive().status());
      }
    }
  }

  private static Limits limits(int connections, Duration grace) {
    return new Limits(4096, 10_000, connections, Duration.ofSeconds(10), grace);
  }

  @Test
  void closesWithIdleConnectionsOpen() throws IOException {
    try (var wire = new Wire(port)) {
      wire.send(request("GET", "/open", ""));
      assertEquals(200, wire.receive().status());
      server.close();
      assertTrue(wire.isEnded());
    }
  }

  @Test
  void takesTheNextFreePort() throws IOException {
    var next = server(Listen.loopback(port, Math.min(65535, port + 20)), LIMITS);
    int other = next.start();
    assertTrue(other > port);
    next.close();
  }

  @Test
  void saysWhenThePortIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
      int number = taken.getLocalPort();
      var refused = server(Listen.loopback(number, number), LIMITS);
      var thrown = assertThrows(BindException.class, refused::start);
      assertTrue(String.valueOf(thrown.getMessage()).contains("Port " + number + " is taken"));
      refused.close();
    }
    var nowhere = server(Listen.on("192.0.2.1", 0), LIMITS);
    var thrown = assertThrows(IOException.class, nowhere::start);
    assertTrue(String.valueOf(thrown.getMessage()).contains("Cannot listen on 192.0.2.1"));
    nowhere.close();
  }
}
