package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.Patience;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a newcomer sees: {@code serve --sandbox}, through the official SDK. */
@Tag("e2e")
@ExtendWith(LogsOnFailure.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SandboxTest {
  private static final int CHATS = 40;
  private static final int MESSAGES = 5000;
  private static BelfryServer belfry;
  private static OfficialSdk sdk;

  @BeforeAll
  static void start() {
    belfry = BelfryServer.in("sandbox", "--sandbox").start();
    sdk = belfry.sdk();
    Patience.seconds(60)
        .untilTrue(
            "both accounts are connected and all history is here",
            () -> {
              var accounts = sdk.call("accounts.list").list();
              return accounts.size() == 2
                  && accounts.stream().allMatch(a -> a.at("status").text().equals("connected"))
                  && sdk.all("chats.list").size() >= CHATS;
            });
  }

  @AfterAll
  static void stop() {
    sdk.close();
    belfry.close();
  }

  @Test
  @Order(1)
  void everythingIsListedOnceThroughAllPages() {
    var chats = sdk.all("chats.list");
    assertEquals(chats.size(), ids(chats).size(), "a chat is listed twice");
    assertEquals(ids(chats), ids(sdk.all("chats.list", Map.of("limit", 3))));
    long messages = 0;
    for (var chat : chats) {
      var all = sdk.all("messages.list", chat.at("id").text());
      assertEquals(all.size(), ids(all).size(), () -> "a message is listed twice in " + chat);
      var keys = all.stream().map(message -> message.at("sortKey").text()).toList();
      assertEquals(new TreeSet<>(keys).descendingSet().stream().toList(), keys);
      messages += all.size();
    }
    assertTrue(messages >= MESSAGES, messages + " messages");
  }

  @Test
  @Order(2)
  void oneChatHasEveryField() {
    var chat = titled("Everything");
    var expected =
        Json.parse(
                "[\"capabilities\",\"description\",\"draft\",\"imgURL\",\"isArchived\",\"isLowPriority\",\"isMarkedUnread\","
                    + "\"isMuted\",\"isPinned\",\"isReadOnly\",\"lastActivity\",\"lastReadMessageSortKey\",\"localChatID\","
                    + "\"messageExpirySeconds\",\"reminder\",\"snooze\",\"unreadMentionsCount\",\"preview\"]")
            .list();
    for (var field : expected) {
      assertFalse(chat.at(field.text()).missing(), field::text);
    }
  }

  @Test
  @Order(3)
  void everyKindOfMessageIsThere() {
    var types = new HashSet<String>();
    for (var chat : sdk.all("chats.list")) {
      for (var message : sdk.call("messages.list", chat.at("id").text()).at("items").list()) {
        types.add(message.at("type").text());
      }
    }
    assertTrue(
        types.containsAll(
            List.of(
                "TEXT",
                "NOTICE",
                "IMAGE",
                "VIDEO",
                "VOICE",
                "AUDIO",
                "FILE",
                "STICKER",
                "LOCATION")),
        types::toString);
  }

  @Test
  @Order(4)
  void whoIsWrittenToAnswers() {
    var chat =
        sdk.all("chats.list").stream()
            .filter(c -> c.at("type").text().equals("single") && !c.at("isReadOnly").isTrue())
            .findFirst()
            .orElseThrow();
    String id = chat.at("id").text();
    var sent = sdk.call("messages.send", id, Map.of("text", "anybody there?"));
    Patience.USUAL.until(
        "it is confirmed",
        () ->
            sdk.call("messages.retrieve", sent.at("pendingMessageID").text(), Map.of("chatID", id)),
        message -> message.at("sendStatus", "status").text().equals("SUCCESS"));
    Patience.USUAL.untilTrue(
        "an answer came",
        () -> {
          var newest = sdk.call("messages.list", id).at("items").at(0);
          return !newest.at("isSender").isTrue();
        });
  }

  @Test
  @Order(5)
  void whatTheUserChangesLasts() {
    var all = sdk.all("chats.list");
    var unread =
        all.stream().filter(c -> c.at("unreadCount").number() > 3).findFirst().orElseThrow();
    String id = unread.at("id").text();
    assertEquals(0, sdk.call("chats.markRead", id).at("unreadCount").number());
    var newest =
        sdk.call("messages.list", id).at("items").list().stream()
            .filter(message -> !message.at("isSender").isTrue())
            .toList();
    var second = Map.of("messageID", newest.get(1).at("id").text());
    var marked = sdk.call("chats.markUnread", id, second);
    assertEquals(2, marked.at("unreadCount").number());
    var archived = all.getLast().at("id").text();
    boolean before = sdk.call("chats.retrieve", archived).at("isArchived").isTrue();
    sdk.call("chats.archive", archived, Map.of("archived", !before));
    var chats = ids(sdk.all("chats.list"));
    belfry.restart();
    var after = sdk.call("chats.retrieve", id);
    for (var field : List.of("unreadCount", "isMarkedUnread", "lastReadMessageSortKey")) {
      assertEquals(marked.at(field), after.at(field), field);
    }
    assertEquals(!before, sdk.call("chats.retrieve", archived).at("isArchived").isTrue());
    assertEquals(chats, ids(sdk.all("chats.list")));
  }

  @Test
  @Order(6)
  void faultsCanBeOrdered() {
    var id = titled("Faults").at("id").text();
    sdk.call("messages.send", id, Map.of("text", "/reject"));
    var refused = sdk.call("messages.send", id, Map.of("text", "this one is refused"));
    Patience.USUAL.until(
        "it failed",
        () ->
            sdk.call(
                "messages.retrieve", refused.at("pendingMessageID").text(), Map.of("chatID", id)),
        message -> message.at("sendStatus", "status").text().startsWith("FAIL_"));
  }

  private static Json titled(String title) {
    return sdk.all("chats.list").stream()
        .filter(chat -> chat.at("title").text().equals(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no chat titled " + title));
  }

  private static Set<String> ids(List<Json> items) {
    var ids = new HashSet<String>();
    items.forEach(item -> ids.add(item.at("id").text()));
    return ids;
  }
}
