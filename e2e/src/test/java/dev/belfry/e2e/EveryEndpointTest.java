package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.Patience;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each endpoint of version 5.0.0 through the official SDK, on the sandbox; every answer is held
 * against the contract's schemas on its way.
 */
@Tag("e2e")
@ExtendWith(LogsOnFailure.class)
@TestMethodOrder(OrderAnnotation.class)
class EveryEndpointTest {
  private static final String CHAT = "!lisbon:sandbox.local";
  private static BelfryServer belfry;
  private static OfficialSdk sdk;

  @BeforeAll
  static void start() {
    belfry = BelfryServer.in("endpoints", "--sandbox").start();
    sdk = belfry.sdk();
    Patience.seconds(60)
        .untilTrue(
            "both accounts are connected",
            () -> {
              var accounts = sdk.call("accounts.list").list();
              return accounts.size() == 2
                  && accounts.stream().allMatch(a -> a.at("status").text().equals("connected"));
            });
  }

  @AfterAll
  static void stop() {
    sdk.close();
    belfry.close();
  }

  @Test
  void serverAndSearch() {
    assertEquals("ready", sdk.call("info.retrieve").at("server", "status").text());
    sent("a heron by the river");
    var found = sdk.call("messages.search", Map.of("query", "heron river"));
    assertEquals(1, found.at("items").list().size());
    assertFalse(sdk.exchanges().getLast().json().at("chats", CHAT).missing());
    assertTrue(sdk.all("chats.search", Map.of("query", "lisbon")).size() >= 1);
    assertTrue(sdk.all("chats.list").stream().anyMatch(chat -> idOf(chat).equals(CHAT)));
    assertFalse(sdk.call("search", Map.of("query", "heron")).at("results", "messages").missing());
    var focus = Map.<String, Object>of("chatID", CHAT, "draftText", "not yet");
    assertFalse(sdk.call("focus", focus).at("success").isTrue(), "there is no window");
    assertEquals("not yet", sdk.call("chats.retrieve", CHAT).at("draft", "text").text());
  }

  @Test
  void contactsAndNewChats() {
    String account = sdk.call("chats.retrieve", CHAT).at("accountID").text();
    var people = sdk.all("accounts.contacts.list", account, Map.of("limit", 7));
    assertTrue(people.size() > 7, "more than a page");
    // Strangers in a large group can be seen, and not written to.
    var friends = people.stream().filter(each -> !each.at("cannotMessage").isTrue()).toList();
    var person = friends.getFirst();
    String name = person.at("fullName").text();
    var hits = sdk.call("accounts.contacts.search", account, Map.of("query", name));
    assertTrue(hits.at("items").list().stream().anyMatch(hit -> idOf(hit).equals(idOf(person))));
    var user = Map.of("id", idOf(person));
    var started = sdk.call("chats.start", Map.of("accountID", account, "user", user));
    var again = sdk.call("chats.start", Map.of("accountID", account, "user", user));
    assertEquals(started.at("chatID"), again.at("chatID"));
    var group =
        sdk.call(
            "chats.create",
            Map.of(
                "accountID",
                account,
                "type",
                "group",
                "participantIDs",
                List.of(idOf(person), idOf(friends.get(1))),
                "title",
                "Two and me"));
    assertEquals("Two and me", sdk.call("chats.retrieve", idOf(group)).at("title").text());
  }

  @Test
  void chatsAreChanged() {
    var changed = sdk.call("chats.update", CHAT, Map.of("isPinned", true, "isMuted", true));
    assertTrue(changed.at("isPinned").isTrue() && changed.at("isMuted").isTrue());
    var at = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    sdk.call("chats.reminders.create", CHAT, Map.of("reminder", Map.of("remindAt", at)));
    assertFalse(sdk.call("chats.retrieve", CHAT).at("reminder", "remindAt").missing());
    sdk.call("chats.reminders.delete", CHAT);
    sdk.call("chats.archive", CHAT, Map.of("archived", true));
    assertTrue(sdk.call("chats.retrieve", CHAT).at("isArchived").isTrue());
    sdk.call("chats.archive", CHAT, Map.of("archived", false));
    assertTrue(sdk.call("chats.markUnread", CHAT).at("isMarkedUnread").isTrue());
    assertFalse(sdk.call("chats.markRead", CHAT).at("isMarkedUnread").isTrue());
    var refusal =
        assertThrows(OfficialSdk.Refusal.class, () -> sdk.call("chats.notifyAnyway", CHAT));
    assertEquals(422, refusal.status());
  }

  @Test
  void messagesAreChanged() {
    var message = sent("frist");
    var in = Map.<String, Object>of("chatID", CHAT, "text", "first");
    assertEquals("first", sdk.call("messages.update", idOf(message), in).at("text").text());
    var reaction = Map.of("chatID", CHAT, "reactionKey", "👍");
    sdk.call("chats.messages.reactions.add", idOf(message), reaction);
    var mine = Map.of("chatID", CHAT, "messageID", idOf(message));
    sdk.call("chats.messages.reactions.delete", "👍", mine);
    sdk.call("messages.delete", idOf(message), Map.of("chatID", CHAT));
    assertTrue(
        sdk.call("messages.list", CHAT).at("items").list().stream()
            .noneMatch(each -> "first".equals(each.at("text").value())));
  }

  @Test
  void filesGoInAndOut() {
    var upload =
        sdk.call("assets.uploadBase64", Map.of("content", "aGVsbG8=", "fileName", "a.txt"));
    var attachment = Map.of("uploadID", upload.at("uploadID").text());
    var pending = sdk.call("messages.send", CHAT, Map.of("attachment", attachment));
    var file = confirmed(pending).at("attachments").at(0);
    assertEquals("a.txt", file.at("fileName").text());
    var url = Map.of("url", file.at("id").text());
    assertTrue(sdk.call("assets.download", url).at("srcURL").text().startsWith("file://"));
    assertEquals("aGVsbG8=", sdk.call("assets.serve", url).at("$bytes").text());
    var parts = Map.of("file", Map.of("$file", "aGVsbG8=", "name", "b.txt"), "fileName", "c.txt");
    assertEquals("c.txt", sdk.call("assets.upload", parts).at("fileName").text());
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void nothingOfTheSdkWasLeftOut() {
    assertEquals(Set.of(), sdk.notYetCalled());
  }

  private static Json sent(String text) {
    return confirmed(sdk.call("messages.send", CHAT, Map.of("text", text)));
  }

  private static Json confirmed(Json pending) {
    var in = Map.of("chatID", CHAT);
    return Patience.USUAL.until(
        "it is confirmed",
        () -> sdk.call("messages.retrieve", pending.at("pendingMessageID").text(), in),
        message -> message.at("sendStatus", "status").text().equals("SUCCESS"));
  }

  private static String idOf(Json of) {
    return of.at("id").text();
  }
}
