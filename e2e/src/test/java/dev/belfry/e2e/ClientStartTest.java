package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.Patience;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the official command line client puts on the wire, replayed (contract, clients.md). */
@Tag("e2e")
@ExtendWith(LogsOnFailure.class)
class ClientStartTest {
  private static BelfryServer belfry;
  private static RawClient client;
  private static RawClient stranger;
  private static Json chat;
  private static Json quietChat;

  @BeforeAll
  static void start() {
    belfry = BelfryServer.in("client-start", "--sandbox").start();
    client = new RawClient(belfry.url(), belfry.token());
    stranger = new RawClient(belfry.url(), "");
    var groups =
        Patience.USUAL.until(
            "chats to talk in",
            () ->
                client.get("/v1/chats?limit=200").json().at("items").list().stream()
                    .filter(c -> !c.at("isReadOnly").isTrue())
                    .filter(c -> c.at("type").text().equals("group"))
                    .toList(),
            found -> found.size() > 1);
    chat = groups.getFirst();
    // Nobody is written to there, so nobody answers while a test looks at it.
    quietChat = groups.getLast();
  }

  @AfterAll
  static void stop() {
    belfry.close();
  }

  @Test
  void itIsFoundByAScanOfThePorts() {
    var info = stranger.get("/v1/info");
    assertEquals(200, info.status());
    // A scan gives up after 500 ms. One of several must do better, as the machine may be busy.
    Patience.USUAL.untilTrue("no answer within 500 ms", () -> millisOfInfo() < 500);
    assertTrue(info.json().at("app", "bundle_id").text().contains(".server"));
    assertFalse(info.json().at("app", "bundle_id").text().contains(".desktop"));
    assertEquals(belfry.url().toString(), info.json().at("server", "base_url").text());
    assertEquals(200, new RawClient(belfry.url(), "stale").get("/v1/info").status());
    for (var address : info.json().at("endpoints", "oauth").entries().values()) {
      assertTrue(URI.create(address.text()).isAbsolute(), address::text);
    }
    assertTrue(URI.create(info.json().at("endpoints", "ws_events").text()).isAbsolute());
  }

  @Test
  void itIsReadyForUse() {
    var setup = client.get("/v1/app/setup");
    assertEquals(200, setup.status());
    assertEquals("ready", setup.json().at("state").text());
    var unknown = stranger.get("/v1/app/setup");
    assertTrue(List.of(200, 401, 403, 404).contains(unknown.status()), unknown::toString);
    assertFalse("needs-login".equals(unknown.json().at("state").value()));
  }

  @Test
  void whateverIsTypedAsChatIsNotFound() {
    for (var typed :
        List.of(
            "Everything",
            "two%20words",
            "a%2Fb",
            "%F0%9F%92%A5",
            "%25",
            "x%3Fy%23z",
            "%2F",
            "1e9",
            "-1",
            "+",
            "99999999999999999999",
            "!nowhere:localhost",
            "%40alice%3Alocalhost",
            "%22%27%3B--",
            "start%20")) {
      var answer = client.get("/v1/chats/" + typed + "?maxParticipantCount=0");
      assertEquals(404, answer.status(), answer::toString);
      assertTrue(
          answer.json().at("message").text().toLowerCase(Locale.ROOT).contains("not found"),
          answer::toString);
    }
    var participants = client.get(chatPath() + "?maxParticipantCount=0").json().at("participants");
    assertEquals(List.of(), participants.at("items").list());
    assertTrue(participants.at("hasMore").isTrue());
    assertTrue(participants.at("total").number() > 0);
  }

  @Test
  void lists() {
    assertEquals(10, client.get("/v1/chats?limit=10").json().at("items").list().size());
    assertEquals(25, client.get("/v1/chats").json().at("items").list().size());
    assertEquals(
        25, client.get("/v1/chats?cursor=&direction=&unheard=of").json().at("items").list().size());
    for (var limit : List.of("0", "-1", "201", "many")) {
      assertEquals(400, client.get("/v1/chats?limit=" + limit).status(), limit);
    }
    var accounts = client.get("/v1/accounts").json().list();
    var both = accounts.stream().map(a -> "accountIDs=" + a.at("accountID").text()).toList();
    assertEquals(
        client.get("/v1/chats?limit=200").json().at("items").list().size(),
        client
            .get("/v1/chats?limit=200&" + String.join("&", both))
            .json()
            .at("items")
            .list()
            .size());
    assertEquals(400, client.get("/v1/chats?cursor=nonsense").status());
  }

  @Test
  void anyNameOfAMessageIsACursor() {
    var page = client.get(chatPath() + "/messages?limit=9").json().at("items");
    var middle = page.at(4);
    for (var cursor : List.of(middle.at("id").text(), middle.at("sortKey").text())) {
      var before = messages("limit=2&direction=before&cursor=" + cursor);
      var after = messages("limit=2&direction=after&cursor=" + cursor);
      var none = messages("limit=2&cursor=" + cursor);
      assertEquals(List.of(page.at(5).at("id"), page.at(6).at("id")), ids(before));
      assertEquals(List.of(page.at(2).at("id"), page.at(3).at("id")), ids(after));
      assertEquals(ids(before), ids(none));
    }
    var whole = messages("limit=200&direction=after&cursor=" + middle.at("id").text());
    assertFalse(whole.at("hasMore").isTrue());
  }

  @Test
  void bodiesMayBeMissingOrHoldMore() {
    assertEquals(200, client.post(chatPath() + "/read").status());
    assertEquals(200, client.post(chatPath() + "/unread").status());
    assertEquals(200, client.post(chatPath() + "/unread", "{}").status());
    assertEquals(204, client.post(chatPath() + "/archive").status());
    assertEquals(
        204, client.post(chatPath() + "/archive", "{\"archived\":false,\"why\":1}").status());
    var body =
        new Json(
            Map.of("text", "with extras", "mentions", List.of("@a:b"), "disableLinkPreview", true));
    assertEquals(200, client.post(chatPath() + "/messages", body.toString()).status());
  }

  @Test
  void whatIsSentIsWaitedForByItsPendingId() {
    var sent = client.post(chatPath() + "/messages", "{\"text\":\"wait for me\"}").json();
    var path = chatPath() + "/messages/" + sent.at("pendingMessageID").text();
    var answer =
        Patience.seconds(30)
            .until("it is confirmed", () -> client.get(path), found -> found.status() != 404);
    assertEquals(200, answer.status());
    assertEquals("wait for me", answer.json().at("text").text());
  }

  @Test
  void badInputIsRefusedAndChangesNothing() {
    var path = path(quietChat);
    var before = client.get(path).json();
    for (var body :
        List.of(
            "{",
            "[]",
            "\"text\"",
            "7",
            "null",
            "{\"text\":7}",
            "{\"text\":\"a\"",
            "{\"text\":null}",
            "{}")) {
      assertEquals(400, client.post(path + "/messages", body).status(), body);
    }
    for (var body :
        List.of("{", "[]", "{\"messageID\":7}", "{\"messageID\":{}}", "{\"messageID\":true}")) {
      assertEquals(400, client.post(path + "/unread", body).status(), body);
      assertEquals(400, client.post(path + "/read", body).status(), body);
    }
    assertEquals(401, stranger.get("/v1/chats").status());
    assertEquals(401, new RawClient(belfry.url(), "wrong").post(path + "/read").status());
    assertEquals(404, client.get("/v1/nothing/here").status());
    assertEquals(405, client.post("/v1/accounts", "{}").status());
    assertEquals(before, client.get(path).json());
  }

  private static long millisOfInfo() {
    long begun = System.nanoTime();
    stranger.get("/v1/info");
    return (System.nanoTime() - begun) / 1_000_000;
  }

  private static Json messages(String query) {
    return client.get(chatPath() + "/messages?" + query).json();
  }

  private static List<Json> ids(Json page) {
    return page.at("items").list().stream().map(message -> message.at("id")).toList();
  }

  private static String chatPath() {
    return path(chat);
  }

  private static String path(Json chat) {
    return "/v1/chats/" + chat.at("localChatID").text();
  }
}
