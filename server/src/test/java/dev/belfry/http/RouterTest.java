package dev.belfry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.belfry.http.Router.Match;
import dev.belfry.http.read.InvalidRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RouterTest {
  private final Router router =
      new Router(
          List.of(
              route("GET", "/v1/chats"),
              route("POST", "/v1/chats"),
              route("POST", "/v1/chats/start"),
              route("GET", "/v1/chats/search"),
              route("GET", "/v1/chats/{chatID}"),
              route("GET", "/v1/chats/{chatID}/messages"),
              route("GET", "/v1/chats/{chatID}/messages/{messageID}")));

  private static Route route(String method, String path) {
    return Route.open(method, path, _ -> Answer.NOTHING);
  }

  private void assertFound(String path, Map<String, String> parameters, String raw) {
    var found = assertInstanceOf(Match.Found.class, router.match("GET", raw), raw);
    assertEquals(path, found.route().path());
    assertEquals(parameters, found.parameters());
  }

  @Test
  void decodesEachSegmentAfterSplitting() {
    String chat = "/v1/chats/{chatID}";
    assertFound(chat, Map.of("chatID", "!abc:beeper.com"), "/v1/chats/!abc:beeper.com");
    assertFound(chat, Map.of("chatID", "a/b"), "/v1/chats/a%2Fb");
    assertFound(chat, Map.of("chatID", "a b 🙂"), "/v1/chats/a%20b%20%F0%9F%99%82");
    assertFound(chat, Map.of("chatID", "🙂"), "/v1/chats/🙂");
    assertFound(chat, Map.of("chatID", "a+b;c=d"), "/v1/chats/a+b;c=d");
    assertFound(chat, Map.of("chatID", ".."), "/v1/chats/..");
    assertFound(chat, Map.of("chatID", "100%"), "/v1/chats/100%25");
    assertFound(
        "/v1/chats/{chatID}/messages/{messageID}",
        Map.of("chatID", "a/b", "messageID", "$x/y"),
        "/v1/chats/a%2fb/messages/$x%2Fy");
  }

  @Test
  void prefersLiteralsAndStillFindsWhatLiesBehindAParameter() {
    assertFound("/v1/chats/search", Map.of(), "/v1/chats/search");
    assertFound(
        "/v1/chats/{chatID}/messages", Map.of("chatID", "search"), "/v1/chats/search/messages");
    assertFound("/v1/chats", Map.of(), "/v1/chats");
  }

  @Test
  void knowsNoOtherPaths() {
    for (String path : List.of("", "/", "/v1", "/v1/", "/v1/chats/", "/v1/chats//messages")) {
      assertInstanceOf(Match.Unknown.class, router.match("GET", path), path);
    }
    assertInstanceOf(Match.Unknown.class, router.match("GET", "/v1/chats/a/messages/b/c"));
    assertInstanceOf(Match.Unknown.class, router.match("GET", "*"));
  }

  @Test
  void namesTheOtherMethodsOfAPath() {
    var other = assertInstanceOf(Match.OtherMethod.class, router.match("DELETE", "/v1/chats"));
    assertEquals(Set.of("GET", "HEAD", "OPTIONS", "POST"), other.allowed());
    var start = assertInstanceOf(Match.OtherMethod.class, router.match("GET", "/v1/chats/start"));
    assertEquals(Set.of("OPTIONS", "POST"), start.allowed());
    assertInstanceOf(Match.Found.class, router.match("HEAD", "/v1/chats"));
    assertInstanceOf(Match.OtherMethod.class, router.match("get", "/v1/chats"));
  }

  @Test
  void refusesTablesThatContradictThemselves() {
    var same = List.of(route("GET", "/a/{b}"), route("GET", "/a/{b}"));
    assertThrows(IllegalArgumentException.class, () -> new Router(same));
    var names = List.of(route("GET", "/a/{b}"), route("POST", "/a/{c}"));
    assertThrows(IllegalArgumentException.class, () -> new Router(names));
  }

  @Test
  void refusesWhatIsNotWellEncoded() {
    for (String segment : List.of("%", "%2", "%zz", "%u0041", "%ff", "%c3", "%ed%a0%80", "%٣٣")) {
      assertThrows(
          InvalidRequest.class, () -> router.match("GET", "/v1/chats/" + segment), segment);
    }
  }
}
