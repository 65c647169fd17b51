package dev.belfry.http;

import static dev.belfry.http.Wire.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.contract.Contract;
import dev.belfry.http.Wire.Reply;
import dev.belfry.http.guard.Patience;
import dev.belfry.http.guard.PemFiles;
import dev.belfry.http.guard.Rates;
import dev.belfry.http.guard.Reach;
import dev.belfry.http.guard.Tls;
import dev.belfry.model.Grant;
import dev.belfry.model.Grant.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may reach the server, under which names, how often and how slowly. */
@Tag("hub")
class GuardTest {
  private static final String GOOD = "Authorization: Bearer good";
  private static final Patience HASTY = new Patience(Duration.ofMillis(400), 10_000);

  private final CompletableFuture<Exception> cutOff = new CompletableFuture<>();
  private @Nullable WebServer server;
  private int port;

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private void start(Reach reach, Patience patience, Rates rates, @Nullable Tls tls)
      throws IOException {
    var limits =
        new Limits(
            4096, 10_000, 64, Duration.ofSeconds(30), Duration.ofSeconds(1), patience, rates);
    var settings = new WebSettings(Listen.loopback(0, 0), limits, reach, tls);
    var grant = new Grant("good", Set.of(Scope.WRITE), null, null);
    server =
        new WebServer(
            ServerIdentity.BELFRY,
            settings,
            token -> Optional.of(grant).filter(_ -> token.equals("good")),
            null,
            List.of(
                Route.open(
                    "GET", "/base", call -> new Answer.Json(Map.of("base", call.base().at("")))),
                Route.open("GET", "/.well-known/oauth-test", _ -> new Answer.Json(Map.of())),
                Route.reading("GET", "/read", _ -> new Answer.Json(Map.of())),
                Route.writing(
                    "POST",
                    "/write",
                    call ->
                        new Answer.Json(
                            Map.of(
                                "n", call.read(in -> in.body().requiredString("text")).length()))),
                Route.reading(
                    "GET",
                    "/endless",
                    _ ->
                        new Answer.Streamed((_, response) -> {
                          try {
                            while (true) {
                              Content.Sink.write(response, false, ByteBuffer.allocate(64 << 10));
                            }
                          } catch (IOException e) {
                            cutOff.complete(e);
                            throw e;
                          }
                        }))),
            null);
    port = server.start();
  }

  private void start(Reach reach) throws IOException {
    start(reach, Patience.DEFAULT, Rates.DEFAULT, null);
  }

  private static Reach remote(String... names) {
    return new Reach(true, false, Set.of(names), Set.of());
  }

  private Reply ask(String method, String path, String... headers) throws IOException {
    return Wire.exchange(port, request(method, path, "", headers));
  }

  private String base(String... headers) throws IOException {
    var reply = ask("GET", "/base", headers);
    assertEquals(200, reply.status(), reply.text());
    return reply.text().replaceAll(".*\"base\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void answersToNamesThatAreAllowed() throws Exception {
    start(remote("Chat.Example.org"));
    for (String host :
        List.of(
            "chat.example.org",
            "CHAT.example.org:443",
            "localhost:1",
            "10.0.0.7:99",
            "[fe80::1]",
            "127.0.0.1")) {
      assertEquals(200, ask("GET", "/base", "Host: " + host).status(), host);
    }
    for (String host :
        List.of(
            "evil.example",
            "example.org",
            "chat.example.org.evil.example",
            "10.0.0.7.evil.example")) {
      var refused = ask("GET", "/base", "Host: " + host);
      assertEquals(403, refused.status(), host);
      Contract.assertValid("Error", refused.body());
      assertTrue(refused.text().contains("--allow-host"), refused.text());
    }
  }

  @Test
  void answersToAnyNameWhereNoneIsGivenAndOthersCanConnect() throws Exception {
    start(remote());
    assertEquals("http://belfry.lan:8080", base("Host: belfry.lan:8080"));
    assertEquals(
        403, ask("GET", "/base", "Host: belfry.lan", "Origin: http://evil.example").status());
    assertEquals(
        200, ask("GET", "/base", "Host: belfry.lan:80", "Origin: http://belfry.lan").status());
  }

  @Test
  void believesAProxyWithRemoteAccessOnly() throws Exception {
    String[] forwarded = {
      "Host: localhost:5", "X-Forwarded-Proto: https", "X-Forwarded-Host: chat.example.org"
    };
    start(Reach.LOCAL);
    assertEquals("http://localhost:5", base(forwarded));
    close();
    start(new Reach(true, true, Set.of("chat.example.org"), Set.of()));
    assertEquals("https://chat.example.org", base(forwarded));
    assertEquals(
        "https://chat.example.org:8443",
        base(
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: chat.example.org",
            "X-Forwarded-Port: 8443"));
    assertEquals("http://chat.example.org:81", base("X-Forwarded-Host: chat.example.org:81"));
    assertEquals(
        "https://chat.example.org",
        base("Host: chat.example.org", "X-Forwarded-Proto: https, http"));
    for (String nonsense :
        List.of(
            "X-Forwarded-Proto: javascript",
            "X-Forwarded-Host: a:b:c:d/e",
            "X-Forwarded-Host: a:70000",
            "X-Forwarded-Port: 99999",
            "X-Forwarded-Port: x",
            "X-Forwarded-For: unknown, _hidden",
            "Forwarded: host=evil.example;proto=https")) {
      assertEquals("http://localhost:5", base("Host: localhost:5", nonsense), nonsense);
    }
    assertEquals(403, ask("GET", "/base", "X-Forwarded-Host: evil.example").status());
    var challenge = ask("GET", "/read", forwarded).header("www-authenticate");
    assertTrue(challenge.contains("\"https://chat.example.org/.well-known/"), challenge);
  }

  @Test
  void letsPagesReadThatMay() throws Exception {
    start(new Reach(true, false, Set.of(), Set.of("https://App.example.org")));
    for (String origin :
        List.of(
            "http://localhost:3000",
            "https://127.0.0.1:1",
            "http://[::1]:5",
            "https://app.example.org",
            "http://me.lan")) {
      var reply = ask("GET", "/read", "Host: me.lan", GOOD, "Origin: " + origin);
      assertEquals(200, reply.status(), origin);
      assertEquals(origin, reply.header("access-control-allow-origin"));
      assertEquals("Origin", reply.header("vary"));
      assertTrue(reply.header("access-control-expose-headers").contains("Retry-After"));
      assertFalse(reply.headers().containsKey("access-control-allow-credentials"));
    }
    for (String origin :
        List.of(
            "https://evil.example",
            "null",
            "http://app.example.org",
            "https://app.example.org.evil.example",
            "http://localhost.evil.example",
            "",
            "x y")) {
      var reply = ask("GET", "/read", "Host: me.lan", GOOD, "Origin: " + origin);
      assertEquals(403, reply.status(), origin);
      assertFalse(reply.headers().containsKey("access-control-allow-origin"), origin);
    }
    var extension = ask("GET", "/read", GOOD, "Origin: chrome-extension://abc");
    assertEquals(200, extension.status());
    assertFalse(extension.headers().containsKey("access-control-allow-origin"));
    assertFalse(ask("GET", "/read", GOOD).headers().containsKey("vary"));
    var open = ask("GET", "/.well-known/oauth-test", "Origin: https://evil.example");
    assertEquals(200, open.status());
    assertEquals("*", open.header("access-control-allow-origin"));
  }

  @Test
  void answersWhatBrowsersAskBefore() throws Exception {
    start(Reach.LOCAL);
    String[] asked = {
      "Access-Control-Request-Method: POST",
      "Access-Control-Request-Headers: authorization,content-type,x-stainless-lang",
      "Access-Control-Request-Private-Network: true"
    };
    var reply =
        ask("OPTIONS", "/write", asked[0], asked[1], asked[2], "Origin: http://localhost:3000");
    assertEquals(204, reply.status());
    assertEquals("http://localhost:3000", reply.header("access-control-allow-origin"));
    assertEquals("OPTIONS, POST", reply.header("access-control-allow-methods"));
    assertEquals(
        "authorization,content-type,x-stainless-lang",
        reply.header("access-control-allow-headers"));
    assertEquals("true", reply.header("access-control-allow-private-network"));
    assertEquals("600", reply.header("access-control-max-age"));
    assertEquals(403, ask("OPTIONS", "/write", asked[0], "Origin: https://evil.example").status());
    assertEquals(404, ask("OPTIONS", "/nothing", asked[0], "Origin: http://localhost").status());
    var plain = ask("OPTIONS", "/write", "Origin: http://localhost");
    assertEquals(204, plain.status());
    assertFalse(plain.headers().containsKey("access-control-allow-methods"));
    var discovery =
        ask(
            "OPTIONS",
            "/.well-known/oauth-test",
            "Access-Control-Request-Method: GET",
            "Access-Control-Request-Headers: mcp-protocol-version",
            "Origin: https://app.example");
    assertEquals("*", discovery.header("access-control-allow-origin"));
    assertEquals("mcp-protocol-version", discovery.header("access-control-allow-headers"));
  }

  @Test
  void limitsHowOftenATokenIsUsed() throws Exception {
    start(Reach.LOCAL, Patience.DEFAULT, new Rates(1, 3, 1, 2), null);
    try (var wire = new Wire(port)) {
      for (int i = 0; i < 3; i++) {
        wire.send(request("GET", "/read", "", GOOD));
        assertEquals(200, wire.receive().status());
      }
      wire.send(request("POST", "/write", "{\"text\":\"a\"}", GOOD));
      var refused = wire.receive();
      assertEquals(429, refused.status());
      Contract.assertValid("Error", refused.body());
      assertTrue(refused.text().contains("RATE_LIMITED"), refused.text());
      assertEquals("1", refused.header("retry-after"));
      assertFalse(refused.headers().containsKey("x-should-retry"));
    }
    assertEquals(200, ask("GET", "/base").status());
  }

  @Test
  void limitsBadTokensByAddressAndNobodyElseThere() throws Exception {
    start(
        new Reach(true, true, Set.of(), Set.of()),
        Patience.DEFAULT,
        new Rates(1000, 1000, 1, 2),
        null);
    String bad = "Authorization: Bearer bad";
    String far = "X-Forwarded-For: 127.0.0.1, 203.0.113.9";
    assertEquals(401, ask("GET", "/read", bad, far).status());
    assertEquals(401, ask("GET", "/read", bad, far).status());
    var refused = ask("GET", "/read", bad, far);
    assertEquals(429, refused.status());
    assertEquals("1", refused.header("retry-after"));
    assertEquals(200, ask("GET", "/read", GOOD, far).status());
    assertEquals(401, ask("GET", "/read", far).status(), "no token is no guess");
    assertEquals(401, ask("GET", "/read", bad, "X-Forwarded-For: 203.0.113.10").status());
    assertEquals(401, ask("GET", "/read", bad).status());
  }

  @Test
  void closesOnHeadersThatNeverEnd() throws Exception {
    start(Reach.LOCAL, HASTY, Rates.NONE, null);
    try (var slow = new Wire(port);
        var kept = new Wire(port);
        var silent = new Wire(port)) {
      kept.send(request("GET", "/base", ""));
      assertEquals(200, kept.receive().status());
      kept.send("GET /base HTTP/1.1\r\nHost: localhost\r\nX: ");
      slow.send("GET /base HTTP/1.1\r\nHost: localhost\r\nX: ");
      trickle(slow, "a");
      trickle(kept, "a");
      // Who has said nothing at all is let be, as browsers connect beforehand.
      silent.send(request("GET", "/base", ""));
      assertEquals(200, silent.receive().status());
    }
  }

  /** Sends a little now and then until the other side has had enough. */
  private static void trickle(Wire wire, String piece) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (System.nanoTime() < end) {
      try {
        wire.send(piece);
      } catch (IOException e) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("it would listen for ever");
  }

  @Test
  void answers408ToABodyThatComesTooSlowly() throws Exception {
    start(Reach.LOCAL, HASTY, Rates.NONE, null);
    try (var wire = new Wire(port)) {
      wire.send(request("POST", "/write", "", GOOD, "Content-Length: 5000") + "{\"text\":\"");
      var reply = CompletableFuture.supplyAsync(() -> receive(wire));
      while (!reply.isDone()) {
        try {
          wire.send("a");
        } catch (IOException e) {
          break;
        }
        Thread.sleep(20);
      }
      assertEquals(408, reply.get(40, TimeUnit.SECONDS).status());
      Contract.assertValid("Error", reply.get().body());
    }
    // As slow a beginning does no harm.
    try (var wire = new Wire(port)) {
      wire.send(request("POST", "/write", "", GOOD, "Content-Length: 12"));
      wire.send("{\"text\":\"a\"}");
      assertEquals(200, wire.receive().status());
    }
  }

  private static Reply receive(Wire wire) {
    try {
      return wire.receive();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void cutsOffWhoDoesNotRead() throws Exception {
    start(Reach.LOCAL, HASTY, Rates.NONE, null);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              request("GET", "/endless", "", GOOD)
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      var in = socket.getInputStream();
      while (!cutOff.isDone()) {
        assertTrue(in.read() >= 0); // a byte now and then
        Thread.sleep(50);
      }
      assertTrue(cutOff.isDone());
    }
  }

  @Test
  void speaksTls(@TempDir Path folder) throws Exception {
    var files = PemFiles.make(folder, "EC");
    var tls = Tls.read(files.certificate(), files.key());
    start(Reach.LOCAL, Patience.DEFAULT, Rates.NONE, tls);
    try (var client = HttpClient.newBuilder().sslContext(files.trusting()).build()) {
      for (String host : List.of("127.0.0.1", "localhost")) {
        var base = URI.create("https://" + host + ":" + port + "/base");
        var reply = client.send(HttpRequest.newBuilder(base).build(), BodyHandlers.ofString());
        assertEquals(200, reply.statusCode());
        assertEquals("{\"base\":\"https://" + host + ":" + port + "\"}", reply.body());
      }
    }
    close();
    start(Reach.LOCAL, HASTY, Rates.NONE, tls);
    // Plain HTTP gets no answer there, and a handshake that does not go on is ended.
    try (var plain = new Wire(port);
        var slow = new Wire(port)) {
      plain.send(request("GET", "/base", ""));
      org.junit.jupiter.api.Assertions.assertThrows(IOException.class, plain::receive);
      slow.send(new byte[] {22, 3, 1, 2, 0});
      trickle(slow, "\1");
    }
  }
}
