package dev.belfry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.belfry.contract.Contract;
import dev.belfry.homeserver.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A request and its answer, as they were on the wire.
 *
 * @param path still percent-encoded, without the query
 * @param headers by their names in lower case
 */
record Exchange(
    String method,
    String path,
    String query,
    int status,
    Map<String, String> headers,
    String body) {
  /**
   * What answers each route, success only.
   *
   * @param schema of the contract; empty for an answer without body, {@code *} for a file
   */
  private record Route(String method, Pattern path, int status, String schema) {
    static Route of(String method, String path, int status, String schema) {
      return new Route(
          method, Pattern.compile(path.replaceAll("\\{\\w+}", "[^/]+")), status, schema);
    }
  }

  // Accounts and the state of the installation carry what came after 5.0.0.
  private static final List<Route> ROUTES =
      List.of(
          Route.of("GET", "/v1/info", 200, "InfoRetrieveResponse"),
          Route.of("GET", "/v1/app/setup", 200, "next.AppState"),
          Route.of("GET", "/v1/accounts", 200, "next.AccountList"),
          Route.of("GET", "/v1/accounts/{accountID}", 200, "next.Account"),
          Route.of("GET", "/v1/chats", 200, "ChatListPage"),
          Route.of("GET", "/v1/chats/search", 200, "ChatSearchPage"),
          Route.of("GET", "/v1/chats/{chatID}", 200, "Chat"),
          Route.of("POST", "/v1/chats/{chatID}/read", 200, "Chat"),
          Route.of("POST", "/v1/chats/{chatID}/unread", 200, "Chat"),
          Route.of("POST", "/v1/chats/{chatID}/archive", 204, ""),
          Route.of("POST", "/v1/chats/{chatID}/notify-anyway", 200, "Chat"),
          Route.of("POST", "/v1/chats/{chatID}/typing", 204, ""),
          Route.of("GET", "/v1/chats/{chatID}/messages", 200, "MessageListPage"),
          Route.of("POST", "/v1/chats/{chatID}/messages", 200, "MessageSendResponse"),
          Route.of("GET", "/v1/chats/{chatID}/messages/{messageID}", 200, "Message"),
          Route.of("PATCH", "/v1/chats/{chatID}", 200, "Chat"),
          Route.of("POST", "/v1/chats", 200, "ChatCreateResponse"),
          Route.of("POST", "/v1/chats/start", 200, "ChatStartResponse"),
          Route.of("POST", "/v1/chats/{chatID}/reminders", 204, ""),
          Route.of("DELETE", "/v1/chats/{chatID}/reminders", 204, ""),
          Route.of("PUT", "/v1/chats/{chatID}/messages/{messageID}", 200, "MessageUpdateResponse"),
          Route.of("DELETE", "/v1/chats/{chatID}/messages/{messageID}", 204, ""),
          Route.of(
              "POST",
              "/v1/chats/{chatID}/messages/{messageID}/reactions",
              200,
              "ReactionAddResponse"),
          Route.of(
              "DELETE",
              "/v1/chats/{chatID}/messages/{messageID}/reactions/{reactionKey}",
              200,
              "ReactionDeleteResponse"),
          // What clients of the 4.x API send.
          Route.of(
              "DELETE",
              "/v1/chats/{chatID}/messages/{messageID}/reactions",
              200,
              "ReactionDeleteResponse"),
          Route.of("GET", "/v1/messages/search", 200, "MessageSearchPage"),
          Route.of("GET", "/v1/search", 200, "SearchResponse"),
          Route.of("POST", "/v1/focus", 200, "FocusResponse"),
          Route.of("GET", "/v1/accounts/{accountID}/contacts", 200, "ContactSearchResponse"),
          Route.of("GET", "/v1/accounts/{accountID}/contacts/list", 200, "UserPage"),
          Route.of("POST", "/v1/assets/upload/base64", 200, "AssetUploadBase64Response"),
          Route.of("POST", "/v1/assets/upload", 200, "AssetUploadResponse"),
          Route.of("POST", "/v1/assets/download", 200, "AssetDownloadResponse"),
          Route.of("GET", "/v1/assets/serve", 200, "*"));

  static Exchange of(Json recorded) {
    var headers = new TreeMap<String, String>();
    recorded
        .at("headers")
        .entries()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value.text()));
    return new Exchange(
        recorded.at("method").text(),
        recorded.at("path").text(),
        recorded.at("query").text(),
        (int) recorded.at("status").number(),
        headers,
        recorded.at("body").text());
  }

  /** The body. */
  Json json() {
    return Json.parse(body);
  }

  /** Fails unless the answer is what the contract promises for its route and status. */
  Exchange asInContract() {
    assertTrue(headers.containsKey("x-beeper-desktop-version"), () -> "no version header: " + this);
    if (status / 100 != 2) {
      assertJson("Error");
      assertTrue(status < 500 || status == 501, () -> "a fault of the server: " + this);
      boolean changes = !method.equals("GET");
      if (changes && status != 429) {
        assertEquals("false", headers.get("x-should-retry"), () -> "would be sent again: " + this);
      }
      return this;
    }
    var route = route().orElseGet(() -> fail("an answer that no route promises: " + this));
    boolean isPart = route.schema.equals("*") && headers.containsKey("content-range");
    assertEquals(isPart ? 206 : route.status, status, this::toString);
    if (route.schema.isEmpty()) {
      assertEquals("", body);
      assertTrue(!headers.containsKey("content-type"), () -> "a type of nothing: " + this);
    } else if (route.schema.equals("*")) {
      assertTrue(headers.containsKey("content-type"), () -> "a file without a type: " + this);
      assertEquals("nosniff", headers.get("x-content-type-options"), this::toString);
    } else {
      assertJson(route.schema);
    }
    return this;
  }

  /** The routes that none of these went by. */
  static List<String> routesWithout(List<Exchange> exchanges) {
    var used =
        exchanges.stream().flatMap(each -> each.route().stream()).collect(Collectors.toSet());
    return ROUTES.stream()
        .filter(route -> !used.contains(route))
        .map(route -> route.method + " " + route.path)
        .toList();
  }

  private Optional<Route> route() {
    return ROUTES.stream()
        .filter(route -> route.method.equals(method) && route.path.matcher(path).matches())
        .findFirst();
  }

  private void assertJson(String schema) {
    assertTrue(
        headers.getOrDefault("content-type", "").startsWith("application/json"), this::toString);
    if (schema.equals("InfoRetrieveResponse")) {
      Contract.assertValidWith(schema, body.getBytes(UTF_8), "events"); // how long they are kept
      return;
    }
    if (schema.equals("MessageSendResponse") && query.contains("wait=")) {
      Contract.assertValidWith(schema, body.getBytes(UTF_8), "message");
      return;
    }
    var faults = Contract.faults(schema, body.getBytes(UTF_8));
    assertTrue(faults.isEmpty(), () -> "not a " + schema + ": " + faults + "\n" + this);
  }
}
