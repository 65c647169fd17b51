package dev.belfry.http.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Attacks by redirects: to other addresses, by other ways than the query, and mix-up. */
@Tag("hub")
class RedirectAttacksTest extends Attacked {
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
            "intent-x://evil.example",
            "microsoft-edge:https://evil.example/cb",
            "microsoft-edge:evil.example",
            "microsoft-edge-https://evil.example",
            "msedge:evil.example",
            "edge://evil.example",
            "googlechrome://evil.example",
            "googlechromes://evil.example",
            "googlechrome-x-callback://x-callback-url/open/?url=a",
            "firefox://open-url?url=evil.example",
            "firefox-focus://open-url?url=evil.example",
            "opera-https://evil.example",
            "brave://open-url?url=evil.example",
            "x-safari-https://evil.example/cb",
            "touch-https://evil.example",
            "other-http://evil.example",
            "other+https://evil.example",
            "web+x:cb",
            "ext+container:url=evil.example",
            "android-app://com.example/cb",
            "market://details",
            "itms-apps://evil.example",
            "itmss://evil.example",
            "x-apple.systempreferences:x",
            "com.example.app:https://evil.example",
            "com.example.app://open?url=http://evil.example",
            "com.example.app://open?url=HTTPS%3A%2F%2Fevil.example",
            "com.example.app://open?url=%68ttps%253a//evil.example",
            "com.example.app://open?url=%25%36%38ttps:evil.example",
            "com.example.app:javascript:alert(1)",
            "com.example.app:/open?url=data:text/html,x",
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
  void programsHaveSchemesOfTheirOwn() throws Exception {
    for (String redirect :
        List.of(
            "com.example.app:/cb",
            "com.example.app:/oauth2redirect?metadata=1",
            "com.example.httpclient://http/cb",
            "cursor://anysphere.cursor-retrieval/oauth/user-x/callback",
            "vscode://vscode.github-authentication/did-authenticate",
            "vscode-insiders://a.b/cb",
            "raycast://oauth?package_name=Extension",
            "operator-notes:/cb",
            "archive://cb",
            "marketing-app://cb")) {
      String registered = stage.register("Good", redirect);
      var page = stage.authorize(Stage.asking(registered, redirect));
      assertEquals(200, page.statusCode(), redirect);
      stage.hub.consents().decide(Stage.shownCode(page), true, null);
      assertTrue(Stage.location(stage.get(Stage.address(page))).startsWith(redirect), redirect);
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
}
