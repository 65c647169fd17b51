package dev.belfry.http.oauth;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.codec.Codec;
import dev.belfry.model.Grant.Scope;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Attacks on the consent: its page, its forms, and ways round it. */
@Tag("hub")
class ConsentAttacksTest extends Attacked {
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
  void partsOfOtherPagesAskForNothing() throws Exception {
    for (String[] headers :
        new String[][] {
          {"Sec-Fetch-Dest", "image"},
          {"Sec-Fetch-Dest", "iframe"},
          {"Sec-Fetch-Dest", "script"},
          {"Sec-Fetch-Dest", "empty"},
          {"Sec-Fetch-Dest", "video"},
          {"Sec-Fetch-Dest", "embed"},
          {"Sec-Fetch-Dest", ""},
          {"Sec-Fetch-Dest", "document", "Sec-Purpose", "prefetch"},
          {"Sec-Fetch-Dest", "document", "Sec-Purpose", "prefetch;prerender"}
        }) {
      for (int i = 0; i < 10; i++) {
        var page = stage.authorize(asking(), headers);
        assertEquals(403, page.statusCode(), headers[1]);
        assertTrue(page.body().contains("browser&#39;s window"), page.body());
      }
    }
    assertTrue(stage.hub.consents().waiting().isEmpty());
    var window = stage.authorize(asking(), "Sec-Fetch-Dest", "document");
    assertEquals(200, window.statusCode(), "nothing of the allowance is gone");
    assertEquals(1, stage.hub.consents().waiting().size());
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

  private HttpResponse<String> show(HttpResponse<String> page, String token) throws Exception {
    return stage.postForm(
        Stage.address(page) + "/sign-in",
        Map.of("form_key", Stage.formKey(page, "decline"), "token", token));
  }

  @Test
  void wrongTokensEndTheirOwnRequestAndNoOther() throws Exception {
    String mine = stage.handMade(Scope.WRITE);
    var careless = stage.authorize(asking());
    var mallory = stage.authorize(asking());
    var alice = stage.authorize(asking());
    for (int i = 0; i < 9; i++) {
      assertEquals(403, show(careless, "wrong").statusCode());
    }
    assertEquals(303, show(careless, mine).statusCode(), "the right one at last");
    for (int i = 0; i < 9; i++) {
      assertTrue(show(mallory, "wrong").body().contains("unknown, expired or revoked"));
    }
    var last = show(mallory, "wrong");
    assertEquals(403, last.statusCode());
    assertTrue(last.body().contains("this request is over"), last.body());
    assertEquals(404, show(mallory, mine).statusCode(), "nothing can be shown there any more");
    assertNotFound(Stage.shownCode(mallory));
    assertEquals(
        "access_denied",
        Stage.query(Stage.location(stage.get(Stage.address(mallory)))).get("error"));
    assertEquals(303, show(alice, mine).statusCode());
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
}
