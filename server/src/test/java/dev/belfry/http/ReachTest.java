package dev.belfry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.contract.Contract;
import dev.belfry.http.guard.Reach;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may reach the server, under which names and from which pages. */
@Tag("hub")
class ReachTest extends Guarded {
  private static Reach remote(String... names) {
    return new Reach(true, false, Set.of(names), Set.of());
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

  /** Resolvers find all of these, and browsers send them as they are. */
  private static final List<String> ODD_NAMES =
      List.of(
          "a!b.evil.example",
          "a~b.evil.example",
          "a$b.evil.example",
          "a+b.evil.example",
          "a&b.evil.example",
          "a'b.evil.example",
          "a(b.evil.example",
          "a*b.evil.example",
          "a;b.evil.example",
          "a=b.evil.example",
          "a%41b.evil.example",
          "a%2eb.evil.example:80",
          "x".repeat(254));

  @Test
  void answersToNoNameThatIsNotWrittenAsNamesAre() throws Exception {
    for (Reach reach : List.of(Reach.LOCAL, remote(), remote("chat.example.org"))) {
      start(reach);
      for (String host : ODD_NAMES) {
        assertEquals(403, ask("GET", "/base", "Host: " + host).status(), host);
      }
      assertEquals(200, ask("GET", "/base", "Host: 127.0.0.1:5").status());
      assertEquals(200, ask("GET", "/base", "Host: [::1]:5").status());
      close();
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
  void noHeaderOfAPageMakesItsNameOurs() throws Exception {
    var names = Set.of("chat.example.org");
    for (boolean isProxied : List.of(false, true)) {
      start(new Reach(true, isProxied, names, Set.of()));
      for (String claimed : List.of("localhost", "chat.example.org", "10.0.0.7", "[::1]")) {
        for (String host : List.of("evil.example", "evil.example:80", "a!b.evil.example")) {
          var refused = ask("GET", "/base", "Host: " + host, "X-Forwarded-Host: " + claimed);
          assertEquals(403, refused.status(), host + " as " + claimed);
        }
      }
      assertEquals(
          403, ask("GET", "/base", "Host: evil.example", "X-Forwarded-Proto: https").status());
      assertEquals(
          "http://chat.example.org",
          base("Host: 127.0.0.1:23373", "X-Forwarded-Host: chat.example.org"));
      close();
    }
  }

  /** As nginx does, where nothing else is said. */
  @Test
  void aProxyMayCallUsByANameOfItsOwn() throws Exception {
    String[] forwarded = {"Host: belfry_upstream", "X-Forwarded-Host: chat.example.org"};
    start(new Reach(true, true, Set.of("chat.example.org"), Set.of()));
    assertEquals("http://chat.example.org", base(forwarded));
    assertEquals(403, ask("GET", "/base", "Host: belfry_upstream").status());
    assertEquals(
        403,
        ask("GET", "/base", "Host: belfry.lan", "X-Forwarded-Host: chat.example.org").status());
    close();
    start(new Reach(true, true, Set.of("chat.example.org", "belfry.lan"), Set.of()));
    assertEquals(
        "http://chat.example.org", base("Host: belfry.lan", "X-Forwarded-Host: chat.example.org"));
    close();
    start(remote("chat.example.org"));
    assertEquals(403, ask("GET", "/base", forwarded).status());
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
}
