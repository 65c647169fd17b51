package dev.belfry.http.oauth;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.codec.Codec;
import dev.belfry.model.Grant.Scope;
import dev.belfry.model.HubException;
import java.io.IOException;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The attacks of RFC 9700 (best current practice for OAuth's security) that apply here. */
@Tag("hub")
class AttacksTest {
  @TempDir Path folder;
  private Stage stage;
  private String client;

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(folder);
    client = stage.register("Notes", "http://127.0.0.1:1/callback", "com.example.notes:/callback");
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Map<String, String> asking() {
    return Stage.asking(client, Stage.REDIRECT);
  }

  private String code() throws Exception {
    return Stage.text(Stage.query(stage.allowed(asking())), "code");
  }

  private HttpResponse<String> exchange(Map<String, String> form) throws Exception {
    return stage.postForm("/oauth/token", form);
  }

  private void refused(String error, Map<String, String> form) throws Exception {
    var answer = exchange(form);
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals(error, Stage.error(answer));
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
  }

  private Map<String, String> form(String code) {
    return Stage.exchange(code, client, Stage.REDIRECT);
  }

  private static Map<String, String> with(Map<String, String> form, String name, String value) {
    var changed = new LinkedHashMap<>(form);
    changed.put(name, value);
    return changed;
  }

  // Codes.

  @Test
  void aCodeUsedTwiceEndsWhatItGave() throws Exception {
    String code = code();
    String token = Stage.text(Stage.json(exchange(form(code))), "access_token");
    assertEquals(200, stage.statusWith(token));
    refused("invalid_grant", with(form(code), "code_verifier", "x".repeat(43)));
    assertEquals(401, stage.statusWith(token));
    refused("invalid_grant", form(code));
  }

  @Test
  void aStolenCodeIsOfNoUseAndOfNoneToTheThiefLater() throws Exception {
    for (var wrong :
        List.of(
            Map.entry("code_verifier", "A".repeat(43)),
            Map.entry("client_id", "another"),
            Map.entry("redirect_uri", "http://127.0.0.1:4711/other"))) {
      String code = code();
      refused("invalid_grant", with(form(code), wrong.getKey(), wrong.getValue()));
      refused("invalid_grant", form(code));
    }
    String code = code();
    refused("invalid_target", with(form(code), "resource", "https://example.org/"));
    var without = form(code);
    without.remove("code_verifier");
    refused("invalid_request", without);
    refused("invalid_request", with(form(code), "code_verifier", "short"));
  }

  @Test
  void aCodeOfAnotherResourceOrClientIsRefused() throws Exception {
    var query = with(asking(), "resource", stage.base + "/v0/mcp");
    String code = Stage.text(Stage.query(stage.allowed(query)), "code");
    refused("invalid_target", with(form(code), "resource", stage.base + "/v1"));
    String other = stage.register("Other", "http://127.0.0.1:2/callback");
    refused("invalid_grant", with(form(code()), "client_id", other));
  }

  @Test
  void aCodeIsGoodForMinutes() throws Exception {
    String code = code();
    stage.pass(Duration.ofMinutes(5));
    refused("invalid_grant", form(code));
  }

  @Test
  void onlyCodesAreExchanged() throws Exception {
    refused("unsupported_grant_type", with(form(code()), "grant_type", "password"));
    refused("unsupported_grant_type", with(form(code()), "grant_type", "client_credentials"));
    refused("unsupported_grant_type", with(form(code()), "grant_type", "refresh_token"));
    refused("invalid_request", Map.of("code", "x"));
    var twice =
        stage.post(
            "/oauth/token",
            "application/x-www-form-urlencoded",
            Stage.encode(form(code())) + "&code=other");
    assertEquals("invalid_request", Stage.error(twice));
    assertEquals(405, stage.get("/oauth/token?" + Stage.encode(form(code()))).statusCode());
  }

  // PKCE.

  @Test
  void nobodyGoesWithoutPkceOrDownToPlain() throws Exception {
    for (var query :
        List.of(
            with(asking(), "code_challenge", ""),
            with(asking(), "code_challenge", Stage.VERIFIER + "x"),
            with(with(asking(), "code_challenge_method", "plain"), "code_challenge", "x"),
            with(asking(), "code_challenge_method", "plain"),
            with(asking(), "code_challenge_method", "s256"))) {
      var answer = Stage.query(Stage.location(stage.authorize(query)));
      assertEquals("invalid_request", answer.get("error"), answer.toString());
      assertEquals("s t/a&t=e", answer.get("state"));
      assertEquals(stage.base, answer.get("iss"));
    }
    // Without a method it is S256, not plain as elsewhere.
    var query = asking();
    query.remove("code_challenge_method");
    String code = Stage.text(Stage.query(stage.allowed(query)), "code");
    refused("invalid_grant", with(form(code), "code_verifier", Stage.challenge(Stage.VERIFIER)));
  }

  // Redirects.

  @Test
  void nobodyIsSentElsewhereThanWasRegistered() throws Exception {
    for (String redirect :
        List.of(
            "https://evil.example/callback",
            "http://127.0.0.1.evil.example:1/callback",
            "http://127.0.0.1:1@evil.example/callback",
            "http://user@127.0.0.1:1/callback",
            "http://127.0.0.1:1/callback#fragment",
            "http://127.0.0.1:1/callback/",
            "http://127.0.0.1:1/callback/../other",
            "http://127.0.0.1:1/callbackk",
            "http://127.0.0.1:1/callback?more=1",
            "http://127.0.0.1:1/CALLBACK",
            "https://127.0.0.1:1/callback",
            "http://localhost:1/callback",
            "http://127.0.0.1:99999/callback",
            "http://127.1:1/callback",
            "http://2130706433:1/callback",
            "http://%31%32%37.0.0.1:1/callback",
            "http:\\\\evil.example\\callback",
            "http://127.0.0.1\\@evil.example/callback",
            "//evil.example/callback",
            "/callback",
            "http:/127.0.0.1/callback",
            "http://127.0.0.1:1/call\tback",
            "http://127.0.0.1:1/callback\r\nSet-Cookie: a=b",
            "com.example.notes:/callback/more",
            "com.example.other:/callback",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd")) {
      for (String error : List.of("code", "token")) {
        var page =
            stage.authorize(with(with(asking(), "redirect_uri", redirect), "response_type", error));
        assertEquals(400, page.statusCode());
        assertTrue(page.headers().firstValue("Location").isEmpty());
        assertTrue(page.headers().firstValue("Refresh").isEmpty());
        assertFalse(page.body().contains("evil.example"), "nothing is repeated");
      }
      assertTrue(stage.hub.consents().waiting().isEmpty());
    }
  }

  @Test
  void thePortOfALoopbackAddressIsFree() throws Exception {
    for (String redirect :
        List.of(
            "http://127.0.0.1:65535/callback",
            "http://127.0.0.1/callback",
            "com.example.notes:/callback")) {
      var page = stage.authorize(with(asking(), "redirect_uri", redirect));
      assertEquals(200, page.statusCode());
      stage.hub.consents().decide(Stage.shownCode(page), true, null);
      assertTrue(Stage.location(stage.get(Stage.address(page))).startsWith(redirect + "?"));
    }
  }

  @Test
  void nothingElseCanBeRegisteredOrUsedUnregistered() throws Exception {
    for (String redirect :
        List.of(
            "https://example.org/cb",
            "http://192.168.0.1/cb",
            "http://localhost.example.org/cb",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,hi",
            "vbscript:x",
            "file:///tmp/x",
            "blob:http://localhost/x",
            "about:blank",
            "view-source:http://localhost/",
            "chrome://settings",
            "ms-msdt:/id",
            "intent://x",
            "ws://localhost/",
            "http://localhost/#x",
            "http://user:pw@localhost/",
            "http://[::2]/",
            "localhost/cb",
            "",
            "http://localhost/ü")) {
      var answer =
          stage.postJson(
              "/oauth/register",
              Map.of("client_name", "Bad", "redirect_uris", List.of(Stage.REDIRECT, redirect)));
      assertEquals(400, answer.statusCode());
      assertEquals("invalid_redirect_uri", Stage.error(answer));
      assertEquals(400, stage.authorize(Stage.asking("unregistered", redirect)).statusCode());
    }
  }

  @Test
  void errorsGoToNobodyBeforeTheAddressIsKnownToBeRight() throws Exception {
    var noRedirect = asking();
    noRedirect.remove("redirect_uri");
    var noClient = asking();
    noClient.remove("client_id");
    for (var query : List.of(noRedirect, noClient, with(asking(), "client_id", "\u0000\u202e"))) {
      var page = stage.authorize(query);
      assertEquals(400, page.statusCode());
      assertTrue(page.headers().firstValue("Location").isEmpty());
    }
  }

  // Mix-up, and answers by other ways than the query.

  @Test
  void everyAnswerSaysWhoGivesIt() throws Exception {
    assertEquals(stage.base, Stage.query(stage.allowed(asking())).get("iss"));
    for (var query :
        Map.of(
                "unsupported_response_type", with(asking(), "response_type", "token"),
                "invalid_scope", with(asking(), "scope", "admin"),
                "invalid_target", with(asking(), "resource", "https://example.org"),
                "request_not_supported", with(asking(), "request", "eyJhbGciOiJub25lIn0.e30."))
            .entrySet()) {
      var answer = Stage.query(Stage.location(stage.authorize(query.getValue())));
      assertEquals(stage.base, answer.get("iss"));
      assertEquals("s t/a&t=e", answer.get("state"), query.getKey());
      assertTrue(answer.containsKey("error"));
    }
    for (String mode : List.of("fragment", "form_post", "web_message")) {
      String location = Stage.location(stage.authorize(with(asking(), "response_mode", mode)));
      assertTrue(location.startsWith(Stage.REDIRECT + "?"), location);
      assertEquals("invalid_request", Stage.query(location).get("error"));
    }
  }

  // Consent.

  @Test
  void thePageCannotBeFramedOrRunAnything() throws Exception {
    var page = stage.authorize(asking());
    for (String address : List.of(Stage.address(page), Stage.address(page) + "/sign-in")) {
      var shown = stage.get(address).headers();
      String policy = shown.firstValue("Content-Security-Policy").orElse("");
      assertAll(
          () -> assertEquals("DENY", shown.firstValue("X-Frame-Options").orElse("")),
          () -> assertTrue(policy.contains("default-src 'none'")),
          () -> assertTrue(policy.contains("frame-ancestors 'none'")),
          () -> assertTrue(policy.contains("form-action 'self'")),
          () -> assertFalse(policy.contains("unsafe-inline")),
          () -> assertFalse(policy.contains("script-src")),
          () -> assertEquals("no-store", shown.firstValue("Cache-Control").orElse("")),
          () -> assertEquals("same-origin", shown.firstValue("Referrer-Policy").orElse("")));
    }
  }

  @Test
  void whatAClientSaysIsEscaped() throws Exception {
    String evil =
        stage.register("<script>alert(1)</script>\"'&\u202e\u001b[2J\n", "com.x.y:/a?b='");
    var page = stage.authorize(Stage.asking(evil, "com.x.y:/a?b='"));
    assertEquals(200, page.statusCode());
    assertFalse(page.body().contains("<script>"));
    assertTrue(page.body().contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"));
    String name = stage.hub.consents().waiting().getFirst().request().clientName();
    assertTrue(name != null && name.chars().noneMatch(c -> c < ' ' || c == 0x202e), name);
    assertTrue(page.body().contains("com.x.y:/a?b=&#39;"));
    var unknown = stage.authorize(Stage.asking("<img src=x>", Stage.REDIRECT));
    assertFalse(unknown.body().contains("<img"));
  }

  @Test
  void noClickOfWhoMerelyReachesThePortApproves() throws Exception {
    var page = stage.authorize(asking());
    String decision = Stage.address(page) + "/decision";
    String key = Stage.formKey(page, "decline");
    assertEquals(
        403, stage.postForm(decision, Map.of("form_key", key, "decision", "approve")).statusCode());
    assertEquals(
        403,
        stage
            .postForm(
                decision,
                Map.of("form_key", key, "decision", "approve"),
                "Cookie",
                "belfry_consent=" + key)
            .statusCode());
    assertEquals(405, stage.get(decision + "?decision=approve&form_key=" + key).statusCode());
    assertEquals(400, stage.postForm(decision, Map.of("decision", "approve")).statusCode());
    assertEquals(1, stage.hub.consents().waiting().size());
    // Nor does knowing the code that the page shows.
    String code = Stage.shownCode(page).replace("-", "");
    for (String name : List.of("code", "user_code")) {
      assertEquals(
          403,
          stage
              .postForm(decision, Map.of("form_key", key, "decision", "approve", name, code))
              .statusCode());
    }
  }

  @Test
  void formsOfOtherPagesAreRefused() throws Exception {
    String mine = stage.handMade(Scope.WRITE);
    var page = stage.authorize(asking());
    String address = Stage.address(page);
    String key = Stage.formKey(page, "decline");
    var form = Map.of("form_key", key, "token", mine);
    for (String[] header :
        new String[][] {
          {"Origin", "https://evil.example"},
          {"Origin", "null"},
          {"Origin", "http://127.0.0.1:1"}, // the same site to a browser, and another program
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"}
        }) {
      assertEquals(403, stage.postForm(address + "/sign-in", form, header).statusCode());
      assertEquals(
          403,
          stage
              .postForm(
                  address + "/decision", Map.of("form_key", key, "decision", "decline"), header)
              .statusCode());
    }
    assertEquals(
        403,
        stage.postForm(address + "/sign-in", with(form, "form_key", "x".repeat(43))).statusCode());
    // Signed in for one request is signed in for that alone.
    String cookie =
        stage
            .postForm(address + "/sign-in", form)
            .headers()
            .firstValue("Set-Cookie")
            .orElse("")
            .split(";", 2)[0];
    var ready = stage.get(address, "Cookie", cookie);
    var other = stage.authorize(asking());
    assertEquals(
        403,
        stage
            .postForm(
                Stage.address(other) + "/decision",
                Map.of("form_key", Stage.formKey(ready, "approve"), "decision", "approve"),
                "Cookie",
                cookie)
            .statusCode());
    assertEquals(
        403,
        stage
            .postForm(
                address + "/decision",
                Map.of("form_key", key, "decision", "approve"),
                "Cookie",
                cookie)
            .statusCode());
  }

  @Test
  void nobodyGivesMoreThanTheyHave() throws Exception {
    String reader = stage.handMade(Scope.READ);
    String given = stage.token(client, Stage.REDIRECT);
    for (String token : List.of(reader, given, "unknown", "")) {
      var page = stage.authorize(asking());
      String key = Stage.formKey(page, "decline");
      var answer =
          stage.postForm(Stage.address(page) + "/sign-in", Map.of("form_key", key, "token", token));
      assertEquals(403, answer.statusCode(), token);
      assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
      stage.hub.consents().decide(Stage.shownCode(page), false, null);
    }
  }

  @Test
  void whoWasSignedInWithARevokedTokenIsNot() throws Exception {
    String mine = stage.handMade(Scope.WRITE);
    var page = stage.authorize(asking());
    String address = Stage.address(page);
    var signedIn =
        stage.postForm(
            address + "/sign-in",
            Map.of("form_key", Stage.formKey(page, "decline"), "token", mine));
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElse("").split(";", 2)[0];
    String key = Stage.formKey(stage.get(address, "Cookie", cookie), "approve");
    stage.postForm("/oauth/revoke", Map.of("token", mine));
    assertEquals(
        403,
        stage
            .postForm(
                address + "/decision",
                Map.of("form_key", key, "decision", "approve"),
                "Cookie",
                cookie)
            .statusCode());
  }

  @Test
  void aTokenIsNotOutlivedByWhatItApproved() throws Exception {
    String mine =
        stage.hub.tokens().create("short", Set.of(Scope.WRITE), Duration.ofHours(1)).secret();
    var page = stage.authorize(asking());
    String address = Stage.address(page);
    var signedIn =
        stage.postForm(
            address + "/sign-in",
            Map.of("form_key", Stage.formKey(page, "decline"), "token", mine));
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElse("").split(";", 2)[0];
    String key = Stage.formKey(stage.get(address, "Cookie", cookie), "approve");
    stage.postForm(
        address + "/decision", Map.of("form_key", key, "decision", "approve"), "Cookie", cookie);
    String code = Stage.text(Stage.query(Stage.location(stage.get(address))), "code");
    var given = Stage.json(exchange(form(code)));
    assertEquals(3600L, given.get("expires_in"));
  }

  @Test
  void aDecisionStands() throws Exception {
    var page = stage.authorize(asking());
    stage.hub.consents().decide(Stage.shownCode(page), false, null);
    String code = Stage.shownCode(page);
    assertNotFound(code);
    assertEquals(
        "access_denied", Stage.query(Stage.location(stage.get(Stage.address(page)))).get("error"));
    var left = stage.authorize(asking());
    stage.pass(Duration.ofMinutes(11));
    assertNotFound(Stage.shownCode(left));
    assertEquals(404, stage.get(Stage.address(left)).statusCode());
  }

  private void assertNotFound(String code) {
    try {
      stage.hub.consents().decide(code, true, null);
    } catch (HubException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("not found"), e.getMessage());
      return;
    }
    throw new AssertionError("decided twice");
  }

  // Masses.

  @Test
  void masses() throws Exception {
    int refused = 0;
    for (int i = 0; i < 40; i++) {
      var answer =
          stage.postJson(
              "/register", Map.of("client_name", "N", "redirect_uris", List.of(Stage.REDIRECT)));
      if (answer.statusCode() == 429) {
        refused++;
        assertEquals("temporarily_unavailable", Stage.error(answer));
        assertEquals("5", answer.headers().firstValue("Retry-After").orElse(""));
      }
    }
    assertEquals(11, refused, "the 30 that may come at once, less the one of every test here");
    stage.pass(Duration.ofSeconds(2));
    assertNotEquals("", stage.register("Again", Stage.REDIRECT));

    int asked = 0;
    int full = 0;
    for (int i = 0; i < 70; i++) {
      var page = stage.authorize(asking());
      asked += page.statusCode() == 200 ? 1 : 0;
      full += page.statusCode() == 429 ? 1 : 0;
      stage.pass(Duration.ofMillis(500));
    }
    assertEquals(64, asked);
    assertEquals(6, full);
    stage.pass(Duration.ofMinutes(3));
    assertEquals(200, stage.authorize(asking()).statusCode(), "pages that nobody has open go");

    for (int i = 0; i < 10; i++) {
      assertNotFound("BBBB-BBBB");
    }
    var page = stage.hub.consents().waiting().getFirst();
    var limited =
        assertThrows(
            HubException.class, () -> stage.hub.consents().decide(page.code(), true, null));
    assertEquals("too_many_tries", limited.code());
  }

  // Logs.

  @Test
  void nothingSecretIsLogged() throws Exception {
    var log = new StringWriter();
    var handler =
        new Handler() {
          private final SimpleFormatter formatter = new SimpleFormatter();

          @Override
          public void publish(LogRecord record) {
            log.write(formatter.format(record));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    var ours = Logger.getLogger("dev.belfry");
    Level before = ours.getLevel();
    ours.setLevel(Level.ALL);
    handler.setLevel(Level.ALL);
    ours.addHandler(handler);
    try {
      var page = stage.authorize(asking());
      stage.hub.consents().decide(Stage.shownCode(page), true, null);
      String code = Stage.text(Stage.query(Stage.location(stage.get(Stage.address(page)))), "code");
      String token = Stage.text(Stage.json(exchange(form(code))), "access_token");
      refused("invalid_grant", form(code));
      var _ = stage.postForm("/oauth/introspect", Map.of("token", token));
      String text = log.toString();
      assertTrue(text.contains("by consent"), "something is logged");
      for (String secret :
          List.of(
              code,
              token,
              Stage.VERIFIER,
              Stage.shownCode(page),
              Stage.address(page),
              "Notes",
              client)) {
        assertFalse(text.contains(secret), secret);
      }
    } finally {
      ours.removeHandler(handler);
      ours.setLevel(before);
    }
  }

  // Asking without a browser.

  @Test
  void toAskWithoutABrowserIsNoWayRoundConsent() throws Exception {
    var body = new LinkedHashMap<String, Object>();
    body.put("mode", "oauth2");
    body.put("clientInfo", Map.of("clientID", client));
    body.put("scopes", List.of("read", "write"));
    body.put("redirectUri", Stage.REDIRECT);
    body.put("codeChallenge", Stage.challenge(Stage.VERIFIER));
    body.put("codeChallengeMethod", "S256");
    assertEquals(
        403,
        stage
            .postJson("/oauth/authorize/callback", body, "X-Forwarded-For", "10.0.0.1")
            .statusCode());
    assertEquals(
        403,
        stage
            .postJson("/oauth/authorize/callback", body, "Origin", "https://evil.example")
            .statusCode());
    assertEquals(
        400,
        stage.post("/oauth/authorize/callback", "text/plain", Codec.toText(body)).statusCode());
    for (var wrong :
        List.of(
            Map.entry("redirectUri", "https://evil.example/"),
            Map.entry("codeChallengeMethod", "plain"),
            Map.entry("codeChallenge", "short"),
            Map.entry("clientInfo", "text"),
            Map.entry("scopes", List.of("admin")),
            Map.entry("resource", "https://evil.example/"))) {
      var changed = new LinkedHashMap<>(body);
      changed.put(wrong.getKey(), wrong.getValue());
      var answer = stage.postJson("/oauth/authorize/callback", changed);
      assertEquals(400, answer.statusCode(), wrong.getKey());
      assertFalse(answer.body().contains("\"code\""));
    }
    assertTrue(stage.hub.consents().waiting().isEmpty());
  }

  @Test
  void oddBodiesAreRefusedInWords() throws IOException, InterruptedException {
    for (String path :
        List.of("/oauth/token", "/oauth/introspect", "/oauth/revoke", "/oauth/register")) {
      for (String[] odd :
          new String[][] {
            {"application/json", "{"},
            {"application/json", "[]"},
            {"application/json", "{\"token\":1,\"grant_type\":{},\"client_name\":[]}"},
            {"application/x-www-form-urlencoded", "a=%zz"},
            {"application/x-www-form-urlencoded", ""},
            {"multipart/form-data; boundary=x", "x"},
            {"text/plain", "token=x"}
          }) {
        var answer = stage.post(path, odd[0], odd[1]);
        assertEquals(400, answer.statusCode(), path + " " + odd[1]);
        assertTrue(Stage.json(answer).containsKey("error_description"));
      }
    }
    assertEquals(400, stage.get("/oauth/authorize?client_id=%ff").statusCode());
    assertEquals(404, stage.get("/oauth/consent/none").statusCode());
    assertEquals(400, stage.get("/oauth/authorize").statusCode());
  }
}
