package dev.belfry.http.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.contract.Contract;
import dev.belfry.model.Grant.Scope;
import dev.belfry.model.HubException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scripted program goes from the discovery of the server to the end of its token. */
@Tag("hub")
class SignInTest {
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

  private static Map<?, ?> valid(int status, String schema, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
    Contract.assertValid(schema, answer.body().getBytes(UTF_8));
    return Stage.json(answer);
  }

  /** Requests and codes are not kept, and nobody is left to wonder. */
  @Test
  void saysWhatARestartInBetweenMeans() throws Exception {
    String client = stage.register("Notes", Stage.REDIRECT);
    var page = stage.authorize(Stage.asking(client, Stage.REDIRECT));
    var other = stage.authorize(Stage.asking(client, Stage.REDIRECT));
    stage.hub.consents().decide(Stage.shownCode(other), true, null);
    String code = Stage.text(Stage.query(Stage.location(stage.get(Stage.address(other)))), "code");
    stage.close();
    stage = new Stage(folder);

    for (String path : List.of("", "/sign-in")) {
      var gone = stage.get(Stage.address(page) + path);
      assertEquals(404, gone.statusCode());
      assertTrue(gone.body().contains("started again since"), gone.body());
    }
    var key = Map.of("form_key", Stage.formKey(page, "decline"), "decision", "decline");
    var late = stage.postForm(Stage.address(page) + "/decision", key);
    assertEquals(404, late.statusCode());
    assertTrue(late.body().contains("Start again from the program"), late.body());
    var unknown =
        assertThrows(
            HubException.class,
            () -> stage.hub.consents().decide(Stage.shownCode(page), true, null));
    assertTrue(String.valueOf(unknown.getMessage()).contains("started again since"));
    var lost = stage.postForm("/oauth/token", Stage.exchange(code, client, Stage.REDIRECT));
    assertEquals("invalid_grant", Stage.error(lost));
    assertTrue(lost.body().contains("started again since"), lost.body());
    // The program itself is known as before.
    assertFalse(stage.token(client, Stage.REDIRECT).isEmpty());
  }

  @Test
  void goesFromDiscoveryToRevocation() throws Exception {
    var server =
        valid(
            200,
            "oauth.AuthorizationServerMetadata",
            stage.get("/.well-known/oauth-authorization-server"));
    assertEquals(stage.base, server.get("issuer"));
    assertEquals(true, server.get("authorization_response_iss_parameter_supported"));

    var registered =
        valid(
            201,
            "oauth.RegisterResponse",
            stage.postJson(
                Stage.text(server, "registration_endpoint"),
                Map.of(
                    "client_name", "Notes",
                    "redirect_uris", List.of("http://127.0.0.1:1/callback"),
                    "grant_types", List.of("authorization_code", "refresh_token"),
                    "token_endpoint_auth_method", "client_secret_basic",
                    "client_uri", "https://notes.example.org/",
                    "scope", "read openid")));
    assertEquals("read", registered.get("scope"));
    String client = Stage.text(registered, "client_id");

    var query = Stage.asking(client, Stage.REDIRECT);
    query.put("resource", stage.base + "/v0/mcp");
    var page = stage.get(server.get("authorization_endpoint") + "?" + Stage.encode(query));
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("<strong>Notes</strong>"));
    assertTrue(page.body().contains("<code>" + Stage.REDIRECT + "</code>"));
    assertTrue(page.body().contains("read and write"));
    String refresh = page.headers().firstValue("Refresh").orElse("");
    assertEquals("2; url=" + Stage.address(page), refresh);

    // Nothing happens by looking again.
    var waiting = stage.get(Stage.address(page));
    assertEquals(Stage.shownCode(page), Stage.shownCode(waiting));

    var asked = stage.hub.consents().waiting().getFirst();
    assertEquals("Notes", asked.request().clientName());
    stage.hub.consents().decide(asked.code().toLowerCase(Locale.ROOT), true, null);
    String location = Stage.location(stage.get(Stage.address(page)));
    assertTrue(location.startsWith(Stage.REDIRECT + "?"), location);
    var answer = Stage.query(location);
    assertEquals("s t/a&t=e", answer.get("state"));
    assertEquals(stage.base, answer.get("iss"));

    var given =
        valid(
            200,
            "oauth.TokenResponse",
            stage.postForm(
                Stage.text(server, "token_endpoint"),
                Stage.exchange(Stage.text(answer, "code"), client, Stage.REDIRECT)));
    assertEquals("read write", given.get("scope"));
    assertEquals(Duration.ofDays(90).toSeconds(), given.get("expires_in"));
    String token = Stage.text(given, "access_token");
    assertEquals(200, stage.statusWith(token));
    assertEquals(200, stage.get(Stage.address(page)).statusCode(), "the page ends");

    var user =
        valid(
            200,
            "oauth.UserInfo",
            stage.get(Stage.text(server, "userinfo_endpoint"), "Authorization", "Bearer " + token));
    assertEquals(client, user.get("client_id"));
    assertEquals(stage.base + "/v0/mcp", user.get("aud"));

    String introspection = Stage.text(server, "introspection_endpoint");
    var inspected =
        valid(200, "oauth.Introspection", stage.postForm(introspection, Map.of("token", token)));
    assertEquals(true, inspected.get("active"));
    assertEquals(user.get("sub"), inspected.get("sub"));
    assertEquals(Map.of("id", client, "name", "Notes"), inspected.get("client"));

    var listed = stage.hub.tokens().list().getFirst();
    assertEquals("Notes", listed.name());
    assertEquals(user.get("sub"), listed.id());

    var ended = new ArrayList<String>();
    stage.hub.tokens().onRevoke(ended::add);
    String revocation = Stage.text(server, "revocation_endpoint");
    for (int i = 0; i < 2; i++) {
      var revoked =
          stage.postForm(revocation, Map.of("token", token, "token_type_hint", "access_token"));
      assertEquals(200, revoked.statusCode());
      assertEquals("{}", revoked.body());
    }
    assertEquals(List.of(Stage.text(user, "sub")), ended);
    assertEquals(401, stage.statusWith(token));
    assertEquals(
        "{\"active\":false}", stage.postForm(introspection, Map.of("token", token)).body());
    var refused =
        stage.get(Stage.text(server, "userinfo_endpoint"), "Authorization", "Bearer " + token);
    valid(401, "oauth.ErrorResponse", refused);
    assertTrue(refused.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer "));
  }

  @Test
  void declines() throws Exception {
    String client = stage.register("Notes", Stage.REDIRECT);
    var page = stage.authorize(Stage.asking(client, Stage.REDIRECT));
    stage.hub.consents().decide(Stage.shownCode(page), false, null);
    String location = Stage.location(stage.get(Stage.address(page)));
    assertEquals("access_denied", Stage.query(location).get("error"));
    assertEquals("s t/a&t=e", Stage.query(location).get("state"));
    assertNull(Stage.query(location).get("code"));

    // By the button, which takes nothing but the page.
    var other = stage.authorize(Stage.asking(client, Stage.REDIRECT));
    var clicked =
        stage.postForm(
            Stage.address(other) + "/decision",
            Map.of("form_key", Stage.formKey(other, "decline"), "decision", "decline"));
    assertEquals(
        "0; url=" + Stage.address(other), clicked.headers().firstValue("Refresh").orElse(""));
    assertEquals(
        "access_denied", Stage.query(Stage.location(stage.get(Stage.address(other)))).get("error"));
  }

  @Test
  void approvesInTheBrowserWithAToken() throws Exception {
    String mine = stage.handMade(Scope.WRITE);
    String client = stage.register("Notes", Stage.REDIRECT);
    var page = stage.authorize(Stage.asking(client, Stage.REDIRECT));
    var form = stage.get(Stage.address(page) + "/sign-in");
    assertTrue(form.headers().firstValue("Refresh").isEmpty(), "it would wipe out what is typed");
    String key = Stage.between(form.body(), "name=\"form_key\" value=\"", "\"");

    var wrong =
        stage.postForm(
            Stage.address(page) + "/sign-in", Map.of("form_key", key, "token", mine + "x"));
    assertEquals(403, wrong.statusCode());
    assertTrue(wrong.body().contains("unknown, expired or revoked"));

    var signedIn =
        stage.postForm(
            Stage.address(page) + "/sign-in",
            Map.of("form_key", key, "token", " " + mine + "\n"),
            "Origin",
            stage.base);
    assertEquals(Stage.address(page), Stage.location(signedIn));
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElse("");
    assertTrue(cookie.contains("; HttpOnly; SameSite=Strict"), cookie);
    assertTrue(cookie.contains("; Path=" + Stage.address(page) + ";"), cookie);
    String shown = cookie.substring(0, cookie.indexOf(';'));

    var ready = stage.get(Stage.address(page), "Cookie", "other=1; " + shown);
    var approved =
        stage.postForm(
            Stage.address(page) + "/decision",
            Map.of("form_key", Stage.formKey(ready, "approve"), "decision", "approve"),
            "Cookie",
            shown);
    assertEquals(200, approved.statusCode(), approved.body());
    var answer = Stage.query(Stage.location(stage.get(Stage.address(page))));
    var given =
        stage.postForm(
            "/oauth/token", Stage.exchange(Stage.text(answer, "code"), client, Stage.REDIRECT));
    assertEquals(200, given.statusCode(), given.body());
  }

  @Test
  void aTokenOfTheEnvironmentMayApproveAndCannotBeRevoked() throws Exception {
    String client = stage.register("Notes", Stage.REDIRECT);
    var page = stage.authorize(Stage.asking(client, Stage.REDIRECT));
    String key = Stage.between(page.body(), "name=\"form_key\" value=\"", "\"");
    var signedIn =
        stage.postForm(
            Stage.address(page) + "/sign-in",
            Map.of("form_key", key, "token", "a-token-of-the-environment"));
    assertEquals(303, signedIn.statusCode());
    var revoked = stage.postForm("/oauth/revoke", Map.of("token", "a-token-of-the-environment"));
    assertEquals(400, revoked.statusCode());
    assertEquals("unsupported_token_type", Stage.error(revoked));
    var inspected =
        stage.postForm("/oauth/introspect", Map.of("token", "a-token-of-the-environment"));
    valid(200, "oauth.Introspection", inspected);
  }

  @Test
  void tokensMadeByHandCanBeInspectedToo() throws Exception {
    String mine = stage.handMade(Scope.READ);
    var inspected =
        valid(
            200, "oauth.Introspection", stage.postJson("/oauth/introspect", Map.of("token", mine)));
    assertEquals("read", inspected.get("scope"));
    assertFalse(inspected.containsKey("client_id"));
    var missing = stage.postForm("/oauth/introspect", Map.of());
    valid(400, "oauth.ErrorResponse", missing);
    assertEquals("invalid_request", Stage.error(missing));
  }

  @Test
  void unknownClientsAreLetThroughByThatName() throws Exception {
    var query = Stage.asking("raycast-beeper-extension", "raycast://oauth?package_name=Extension");
    var page = stage.authorize(query);
    assertTrue(page.body().contains("<strong>unknown client</strong>"));
    assertTrue(page.body().contains("raycast-beeper-extension"));
    stage.hub.consents().decide(Stage.shownCode(page), true, null);
    String location = Stage.location(stage.get(Stage.address(page)));
    assertTrue(location.startsWith("raycast://oauth?package_name=Extension&"), location);
    var answer =
        stage.postForm(
            "/oauth/token",
            Stage.exchange(
                Stage.text(Stage.query(location), "code"),
                "raycast-beeper-extension",
                "raycast://oauth?package_name=Extension"));
    assertEquals(200, answer.statusCode(), answer.body());
  }

  @Test
  void scopesAreThoseThatThereAre() throws Exception {
    for (var asked :
        Map.of("read offline_access", "read", "write", "write", "", "read").entrySet()) {
      var query = Stage.asking("some", Stage.REDIRECT);
      query.put("scope", asked.getKey());
      String code = Stage.text(Stage.query(stage.allowed(query)), "code");
      var given = stage.postForm("/oauth/token", Stage.exchange(code, "some", Stage.REDIRECT));
      assertEquals(asked.getValue(), Stage.json(given).get("scope"));
    }
    var query = Stage.asking("some", Stage.REDIRECT);
    query.put("scope", "openid profile");
    assertEquals("invalid_scope", Stage.query(Stage.location(stage.authorize(query))).get("error"));
  }

  @Test
  void thePersonSaysForHowLong() throws Exception {
    var page = stage.authorize(Stage.asking("some", Stage.REDIRECT));
    stage.hub.consents().decide(Stage.shownCode(page), true, Duration.ofHours(1));
    String code = Stage.text(Stage.query(Stage.location(stage.get(Stage.address(page)))), "code");
    var given = stage.postForm("/oauth/token", Stage.exchange(code, "some", Stage.REDIRECT));
    assertEquals(3600L, Stage.json(given).get("expires_in"));
  }

  @Test
  void tokensExpire() throws Exception {
    String token = stage.token(stage.register("Notes", Stage.REDIRECT), Stage.REDIRECT);
    stage.pass(Duration.ofDays(89));
    assertEquals(200, stage.statusWith(token));
    stage.pass(Duration.ofDays(2));
    assertEquals(401, stage.statusWith(token));
    assertEquals(
        "{\"active\":false}", stage.postForm("/oauth/introspect", Map.of("token", token)).body());
  }

  @Test
  void theDocumentsAreForPagesOfAnyOrigin() throws Exception {
    for (String path :
        List.of(
            "/.well-known/oauth-authorization-server",
            "/.well-known/oauth-authorization-server/v0/mcp",
            "/.well-known/oauth-protected-resource",
            "/.well-known/oauth-protected-resource/v0/mcp")) {
      var document = stage.get(path, "Origin", "https://inspector.example.org");
      assertEquals(200, document.statusCode());
      assertEquals("*", document.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
      var asked =
          stage.send(
              HttpRequest.newBuilder(stage.at(path))
                  .method("OPTIONS", HttpRequest.BodyPublishers.noBody()),
              "Origin",
              "https://inspector.example.org",
              "Access-Control-Request-Headers",
              "mcp-protocol-version",
              "Access-Control-Request-Method",
              "GET");
      assertEquals(204, asked.statusCode());
      assertTrue(
          asked
              .headers()
              .firstValue("Access-Control-Allow-Headers")
              .orElse("")
              .contains("MCP-Protocol-Version"));
    }
    var resource =
        valid(
            200,
            "oauth.ProtectedResourceMetadata",
            stage.get("/.well-known/oauth-protected-resource/v0/mcp"));
    assertEquals(stage.base + "/v0/mcp", resource.get("resource"));
    var plain = Stage.json(stage.get("/.well-known/oauth-protected-resource"));
    assertEquals(stage.base, plain.get("resource"));
    // And nothing else is.
    assertEquals(
        403,
        stage
            .postForm("/oauth/introspect", Map.of("token", "x"), "Origin", "https://example.org")
            .statusCode());
    assertNotEquals(
        "*",
        stage
            .authorize(Stage.asking("some", Stage.REDIRECT))
            .headers()
            .firstValue("Access-Control-Allow-Origin")
            .orElse(""));
  }
}
