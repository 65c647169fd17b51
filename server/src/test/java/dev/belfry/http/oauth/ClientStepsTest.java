package dev.belfry.http.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.core.Hub;
import dev.belfry.core.access.PendingRequest;
import dev.belfry.http.Listen;
import dev.belfry.http.guard.Rates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real programs do to sign in, request by request (contract, auth.md, Step by step). */
@Tag("hub")
class ClientStepsTest {
  @TempDir Path folder;
  private Stage stage;

  @BeforeEach
  void open() throws IOException {
    stage = new Stage(folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  /** How many ports from the first one on the official client looks at. */
  private static final int PORTS = 20;

  /** The addresses where a server answers that it is one. */
  private static Set<String> scan(int first) throws Exception {
    var found = new ConcurrentSkipListSet<String>();
    try (var http = HttpClient.newHttpClient();
        var all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int port = first; port < first + PORTS; port++) {
        for (String host : List.of("127.0.0.1", "localhost")) {
          String base = "http://" + host + ":" + port;
          var _ =
              all.submit(() -> {
                var question =
                    HttpRequest.newBuilder(URI.create(base + "/v1/info"))
                        .timeout(
                            Duration.ofSeconds(20)) // half a second there; machines are busy here
                        .build();
                var answer = http.send(question, BodyHandlers.ofString());
                if (answer.statusCode() == 200
                    && Stage.json(answer).get("app") instanceof Map<?, ?>) {
                  found.add(base);
                }
                return base;
              });
        }
      }
    }
    return found;
  }

  @Test
  void theOfficialCommandLineClientLooksForUs() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int first = Math.min(taken.getLocalPort(), 65535 - PORTS);
      Thread.ofVirtual().start(() -> hangUp(taken));
      var range = Listen.loopback(first, first + PORTS - 1);
      try (var ours =
          new Stage(
              Files.createDirectory(folder.resolve("ours")),
              new Hub.Options("x"),
              Rates.DEFAULT,
              range)) {
        var found = scan(first);
        assertTrue(found.contains(ours.base), found + " without " + ours.base);
        assertTrue(found.contains(ours.base.replace("127.0.0.1", "localhost")), found::toString);
        assertFalse(found.contains("http://127.0.0.1:" + taken.getLocalPort()));
      }
    }
  }

  /** Another program, which does not speak HTTP. */
  private static void hangUp(ServerSocket taken) {
    try {
      while (true) {
        taken.accept().close();
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void theOfficialCommandLineClient() throws Exception {
    var info = Stage.json(stage.get("/v1/info"));
    assertTrue(info.containsKey("endpoints"));
    var setup = Stage.json(stage.get("/v1/app/setup"));
    assertEquals("needs-login", setup.get("state"), "where it would stop");
    try (var login = stage.hub.accounts().login("sandbox")) {
      var _ = login.begin();
    }
    assertEquals(401, stage.get("/v1/app/setup").statusCode(), "where it goes on");
    var registered =
        stage.postJson(
            "/oauth/register",
            Map.of(
                "client_name",
                "Beeper CLI",
                "grant_types",
                List.of("authorization_code"),
                "response_types",
                List.of("code"),
                "redirect_uris",
                List.of("http://127.0.0.1:51234/callback"),
                "scope",
                "read write",
                "token_endpoint_auth_method",
                "none"));
    assertEquals(2, registered.statusCode() / 100);
    String client = Stage.text(Stage.json(registered), "client_id");
    String redirect = "http://127.0.0.1:51234/callback";
    var query = Stage.asking(client, redirect);
    var page =
        stage.get(
            Stage.text(Stage.json(registered), "authorization_endpoint")
                + "?"
                + Stage.encode(query));
    stage.hub.consents().decide(Stage.shownCode(page), true, null);
    var answer = Stage.query(Stage.location(stage.get(Stage.address(page))));
    assertEquals(query.get("state"), answer.get("state"));
    var given =
        stage.postForm(
            Stage.text(Stage.json(registered), "token_endpoint"),
            Stage.exchange(Stage.text(answer, "code"), client, redirect));
    String token = Stage.text(Stage.json(given), "access_token");
    assertEquals(
        200, stage.get("/v1/chats?limit=200", "Authorization", "Bearer " + token).statusCode());
    var ready = stage.get("/v1/app/setup", "Authorization", "Bearer " + token);
    assertEquals("ready", Stage.json(ready).get("state"));
    var logout =
        stage.postForm("/oauth/revoke", Map.of("token", token, "token_type_hint", "access_token"));
    assertEquals(200, logout.statusCode());
    assertEquals(401, stage.statusWith(token));
  }

  @Test
  void anMcpClient() throws Exception {
    if (!(Stage.json(stage.get("/v1/info")).get("endpoints") instanceof Map<?, ?> endpoints)) {
      throw new AssertionError("no endpoints");
    }
    String mcp = Stage.text(endpoints, "mcp");
    assertEquals(stage.base + "/v0/mcp", mcp);
    var refused = initialize(mcp);
    assertEquals(401, refused.statusCode());
    assertEquals(401, initialize(mcp, "Authorization", "Bearer wrong").statusCode());
    String metadata =
        Stage.between(
            refused.headers().firstValue("WWW-Authenticate").orElse(""),
            "resource_metadata=\"",
            "\"");
    var resource = Stage.json(stage.get(metadata, "MCP-Protocol-Version", "2025-06-18"));
    if (!(resource.get("authorization_servers") instanceof List<?> servers)) {
      throw new AssertionError("no servers in " + resource);
    }
    String issuer = String.valueOf(servers.getFirst());
    var server =
        Stage.json(
            stage.get(
                issuer + "/.well-known/oauth-authorization-server",
                "MCP-Protocol-Version",
                "2025-06-18"));
    assertEquals(issuer, server.get("issuer"));
    var registered =
        Stage.json(
            stage.postJson(
                Stage.text(server, "registration_endpoint"),
                Map.of(
                    "client_name", "Claude Desktop",
                    "redirect_uris", List.of("http://localhost:33418/", "http://127.0.0.1/"),
                    "grant_types", List.of("authorization_code", "refresh_token"),
                    "response_types", List.of("code"),
                    "token_endpoint_auth_method", "none")));
    String client = Stage.text(registered, "client_id");
    var query = Stage.asking(client, "http://localhost:33418/");
    query.remove("scope");
    query.put("resource", Stage.text(resource, "resource"));
    String code = Stage.text(Stage.query(stage.allowed(query)), "code");
    var form = Stage.exchange(code, client, "http://localhost:33418/");
    form.put("resource", Stage.text(resource, "resource"));
    var given = Stage.json(stage.postForm(Stage.text(server, "token_endpoint"), form));
    assertEquals("read", given.get("scope"));
    String bearer = "Bearer " + Stage.text(given, "access_token");
    assertEquals(200, stage.get("/v1/chats", "Authorization", bearer).statusCode());
    var missing = initialize(mcp, "Authorization", bearer);
    assertEquals(501, missing.statusCode());
    assertEquals("NOT_IMPLEMENTED", Stage.json(missing).get("code"));
    assertEquals("false", missing.headers().firstValue("x-should-retry").orElse(""));
  }

  /** The first thing that such a client says. */
  private HttpResponse<String> initialize(String mcp, String... more) throws Exception {
    var headers = new ArrayList<>(List.of("Accept", "application/json, text/event-stream"));
    headers.addAll(List.of(more));
    var message =
        Map.of(
            "jsonrpc",
            "2.0",
            "id",
            1,
            "method",
            "initialize",
            "params",
            Map.of(
                "protocolVersion",
                "2025-06-18",
                "capabilities",
                Map.of(),
                "clientInfo",
                Map.of("name", "Claude Desktop", "version", "1")));
    return stage.postJson(mcp, message, headers.toArray(String[]::new));
  }

  @Test
  void anOpenSocketEndsWithItsToken() throws Exception {
    String token = stage.token(stage.register("Notes", Stage.REDIRECT), Stage.REDIRECT);
    var closed = new CompletableFuture<Integer>();
    var listener =
        new WebSocket.Listener() {
          @Override
          public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
          }
        };
    try (var http = HttpClient.newHttpClient()) {
      var socket =
          http.newWebSocketBuilder()
              .header("Authorization", "Bearer " + token)
              .buildAsync(URI.create(stage.base.replace("http", "ws") + "/v1/ws"), listener)
              .get(50, TimeUnit.SECONDS);
      stage.postForm("/oauth/revoke", Map.of("token", token));
      assertEquals(4401, closed.get(50, TimeUnit.SECONDS));
      socket.abort();
    }
  }

  /** The official stdio proxy. */
  private Map<String, Object> withoutBrowser(String client) {
    var body = new LinkedHashMap<String, Object>();
    body.put("mode", "oauth2");
    body.put("clientInfo", Map.of("clientID", client));
    body.put("scopes", List.of("read", "write"));
    body.put("scope", "read write");
    body.put("redirectUri", Stage.REDIRECT);
    body.put("state", "abc");
    body.put("codeChallenge", Stage.challenge(Stage.VERIFIER));
    body.put("codeChallengeMethod", "S256");
    return body;
  }

  /** The form that the page behind the authorization of other servers sends. */
  private static Map<String, Object> asAPage(String client) {
    var body = new LinkedHashMap<String, Object>();
    body.put(
        "clientInfo",
        Map.of(
            "clientID", client,
            "clientURI", "https://example.org",
            "name", "Notes",
            "remoteAddress", "127.0.0.1",
            "userAgent", "x",
            "version", "1"));
    body.put("codeChallenge", Stage.challenge(Stage.VERIFIER));
    body.put("codeChallengeMethod", "S256");
    body.put("resource", "");
    body.put("scopes", List.of("read"));
    body.put("state", "abc");
    return body;
  }

  private PendingRequest waiting() {
    while (!Thread.currentThread().isInterrupted()) {
      var waiting = stage.hub.consents().waiting();
      if (!waiting.isEmpty()) {
        return waiting.getFirst();
      }
      LockSupport.parkNanos(20_000_000);
    }
    throw new AssertionError("nobody asked in time");
  }

  @Test
  void theProxyThatAsksWithoutABrowser() throws Exception {
    String client = stage.register("Claude Desktop", Stage.REDIRECT);
    try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var body : List.of(withoutBrowser(client), asAPage(client))) {
        Future<HttpResponse<String>> answer =
            other.submit(() -> stage.postJson("/oauth/authorize/callback", body));
        var asked = waiting();
        assertFalse(answer.isDone());
        assertEquals("Claude Desktop", asked.request().clientName());
        stage.hub.consents().decide(asked.code(), true, null);
        var said = Stage.json(answer.get(50, TimeUnit.SECONDS));
        assertEquals("abc", said.get("state"));
        assertNull(said.get("error"));
        var given =
            stage.postForm(
                "/oauth/token", Stage.exchange(Stage.text(said, "code"), client, Stage.REDIRECT));
        assertEquals(200, given.statusCode(), given.body());
      }
      var answer =
          other.submit(() -> stage.postJson("/oauth/authorize/callback", asAPage("unknown")));
      stage.hub.consents().decide(waiting().code(), false, null);
      var said = answer.get(50, TimeUnit.SECONDS);
      assertEquals("{\"error\":\"access_denied\",\"state\":\"abc\"}", said.body());
    }
    assertTrue(stage.hub.consents().waiting().isEmpty());
  }
}
