package dev.belfry.core;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Field;
import dev.belfry.core.files.AssetUrl;
import dev.belfry.model.AccountId;
import dev.belfry.model.ChatId;
import dev.belfry.model.ChatPatch;
import dev.belfry.model.ChatQuery;
import dev.belfry.model.ChatType;
import dev.belfry.model.Delivery;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageQuery;
import dev.belfry.model.PageRequest;
import dev.belfry.model.PageRequest.Direction;
import dev.belfry.model.Reminder;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.Outcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How SQLite goes about the hub's statements, all that a busy life brings forth: through an index,
 * and without sorting.
 */
@Tag("hub")
class QueryPlanTest {
  private static final String OF_A_LIMITED_TOKEN = "FROM json_each(?2) g CROSS JOIN chat";

  @TempDir Path temp;

  /**
   * Statements, by a piece of their text, that may read all of something or sort it, and why that
   * does no harm. No other may.
   */
  private static final Map<String, String> ALLOWED =
      Map.ofEntries(
          entry(OF_A_LIMITED_TOKEN, "a limited token names few chats"),
          entry("GROUP BY chat, kind) ORDER BY o.id", "the account's queue is short"),
          entry("WHERE o.account = ? ORDER BY o.id", "when an account is removed"),
          entry("WHERE o.account = ? AND o.deadline <= ? ORDER BY o.id", "likewise"),
          entry(
              "WHERE r.kind = 'REACTION' AND r.flags & 16 = 0 ORDER BY r.id", "those of one page"),
          entry("ORDER BY g.live DESC, c.activity DESC", "in the background, and gaps are few"),
          entry("FROM account a LEFT JOIN person p", "a person has few accounts"),
          entry("FROM sqlite_sequence WHERE name =", "it has a row a table"),
          entry("FROM event_log", "its only row"),
          entry(
              "gone\nWHERE chat.id = gone.whose", "in the background, a thousand changes at once"),
          entry("gone\nWHERE account.id = gone.whose", "likewise"),
          entry("AND kind = 'EDIT' AND sender = ?", "the edits of one message"),
          entry("FROM chat WHERE retyped = 1", "its index holds only those whose type has changed"),
          entry("FROM sqlite_master", "once, at the start"),
          entry("SELECT id FROM upload", "likewise"),
          entry("FROM token ORDER BY created, id", "asked by hand"),
          entry("SELECT id FROM person WHERE is_self = 1", "its index holds nobody else"));

  /** What is on the path of a request or an event, by a piece of its text, and what it goes by. */
  private static final Map<String, String> HOT =
      Map.ofEntries(
          entry("?5))) ORDER BY c.activity DESC", "c USING INDEX chat_activity (activity<?)"),
          entry("?5))) ORDER BY c.activity, c.id", "c USING INDEX chat_activity (activity>?)"),
          entry(
              "c.activity > ?14)\nORDER BY c.activity DESC",
              "c USING INDEX chat_activity (activity<?)"),
          entry(
              "c.activity > ?14)\nORDER BY c.activity, c.id",
              "c USING INDEX chat_activity (activity>?)"),
          entry("c.canonical_id = ?1", "(canonical_id=?)"),
          entry("WHERE c.id = ?1", "c USING INTEGER PRIMARY KEY"),
          entry("FROM json_each(?) j\nCROSS JOIN member m", "m USING PRIMARY KEY (chat=?"),
          entry(
              "m.flags & 8 = 0 ORDER BY m.id DESC LIMIT",
              "m USING INDEX message_shown (chat=? AND id>? AND id<?)"),
          entry(
              "m.flags & 8 = 0 ORDER BY m.id LIMIT",
              "m USING INDEX message_shown (chat=? AND id>? AND id<?)"),
          entry("json_each(?) j CROSS JOIN message m", "m USING INTEGER PRIMARY KEY"),
          entry("WHERE r.kind = 'REACTION'", "r USING INDEX message_target"),
          entry(
              "UPDATE chat SET read_up_to = ?1, (unread",
              "COVERING INDEX message_unread (chat=? AND id>?)"),
          entry("FROM message WHERE chat = ? AND network_key = ?", "(chat=? AND network_key=?)"),
          entry("AND network_key NOT GLOB ?", "message_place (chat=? AND id<?)"),
          entry("message WHERE pending_id = ?", "message_pending (pending_id=?)"),
          entry("WHERE o.pending_id = ?", "(pending_id=?)"),
          entry(
              "FROM outbox WHERE account = ? AND deadline IS NULL",
              "COVERING INDEX outbox_lane (account=?)"),
          entry("min(ifnull(deadline, not_before))", "outbox_due (account=? AND <expr>>?)"),
          entry("o.account = ? AND o.deadline <= ?", "outbox_deadline (account=? AND deadline<?)"),
          entry("o.chat = ? AND o.sent_key = ?", "outbox_sent (chat=? AND sent_key=?)"),
          entry("FROM outbox WHERE chat = ? AND kind = ?", "outbox_chat (chat=? AND kind=?)"),
          entry("o.kind = 'SEND_MESSAGE' AND o.id < ?", "outbox_chat (chat=? AND kind=? AND id<?)"),
          entry("o.kind = 'SEND_MESSAGE' AND o.id > ?", "outbox_chat (chat=? AND kind=? AND id>?)"),
          entry(
              "SELECT max(id) FROM message WHERE chat = ? AND id < ?",
              "COVERING INDEX message_place"),
          entry("FROM gap g JOIN chat c ON c.id = g.chat WHERE g.chat = ?", "(chat=? AND before"),
          entry("search MATCH ?1 AND rowid", "search VIRTUAL TABLE INDEX"),
          entry("search MATCH ?1 AND search.rowid", "c USING INTEGER PRIMARY KEY"),
          entry("FROM change WHERE seq > ?", "change USING INTEGER PRIMARY KEY (rowid>?)"),
          entry("FROM token WHERE hash = ?", "(hash=?)"),
          entry("FROM asset x", "x USING PRIMARY KEY (url=?)"),
          entry("WHERE p.img_url = ?1", "person_picture (img_url=?)"),
          entry("FROM wanted_receipt w", "message_network_key (chat=? AND network_key=?)"),
          entry("SELECT delivery FROM wanted_delivery", "PRIMARY KEY (chat=? AND network_key=?)"),
          entry("FROM receipt r", "r USING PRIMARY KEY (chat=?)"),
          entry("FROM chat WHERE account = ? AND network_key = ?", "COVERING INDEX"));

  @Test
  void everythingGoesByAnIndex() throws Exception {
    try (var statements = new Statements();
        var hub = TestHub.connected(temp)) {
      live(hub);
      hub.restart();
      live(hub); // and also when SQLite has seen how little there was
      var plans = plans(hub, statements.all());
      assertAll(
          plans.entrySet().stream()
              .map(plan -> () -> assertFrugal(plan.getKey(), plan.getValue())));
      assertAll(
          HOT.entrySet().stream()
              .map(hot -> () -> assertUses(plans, hot.getKey(), hot.getValue())));
      assertAll(
          ALLOWED.keySet().stream()
              .map(piece -> () -> assertFalse(with(plans, piece).isEmpty(), piece)));
    }
  }

  private static void assertFrugal(String text, List<String> plan) {
    if (ALLOWED.keySet().stream().noneMatch(text::contains)) {
      assertTrue(
          plan.stream().noneMatch(QueryPlanTest::isCostly),
          () -> text + "\n" + String.join("\n", plan));
    }
  }

  /**
   * Reads a whole table, or sorts. Lists that were handed over and the search index are no tables.
   */
  private static boolean isCostly(String line) {
    return line.contains("TEMP B-TREE")
        || (line.startsWith("SCAN")
            && !line.contains("VIRTUAL TABLE")
            && !line.contains("CONSTANT ROW"));
  }

  private static void assertUses(Map<String, List<String>> plans, String piece, String index) {
    var found = with(plans, piece);
    assertFalse(found.isEmpty(), () -> "no statement has " + piece);
    found.keySet().removeIf(text -> text.contains(OF_A_LIMITED_TOKEN));
    found.forEach((text, plan) ->
        assertTrue(
            plan.stream().anyMatch(line -> line.contains(index)),
            () -> text + "\n" + String.join("\n", plan)));
  }

  private static Map<String, List<String>> with(Map<String, List<String>> plans, String piece) {
    var found = new TreeMap<>(plans);
    found.keySet().removeIf(text -> !text.contains(piece));
    return found;
  }

  private static Map<String, List<String>> plans(TestHub hub, Collection<String> texts)
      throws SQLException {
    var plans = new TreeMap<String, List<String>>();
    try (var connection =
        DriverManager.getConnection("jdbc:sqlite:" + hub.folder().resolve(Hub.STORE))) {
      for (var text : texts) {
        plans.put(text, plan(connection, text));
      }
    }
    return plans;
  }

  private static List<String> plan(Connection connection, String text) throws SQLException {
    try (var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + text);
        var rows = statement.executeQuery()) {
      var lines = new ArrayList<String>();
      while (rows.next()) {
        lines.add(rows.getString("detail"));
      }
      return lines;
    }
  }

  /** A bit of everything that a hub is asked to do. */
  private static void live(TestHub hub) throws Exception {
    hub.network.answerAll(_ -> new Outcome.Done(""));
    receive(hub);
    look(hub);
    find(hub);
    change(hub);
    var token = hub.hub().tokens().create("phone", Set.of(Grant.Scope.READ), Duration.ofDays(1));
    assertTrue(hub.hub().tokens().authenticate(token.secret()).isPresent());
    assertEquals(1, hub.hub().tokens().list().size());
    hub.hub().tokens().revoke("phone");
    hub.hub().accounts().remove(hub.addAccount("@second:x"), true);
    hub.hub().accounts().remove(hub.addAccount("@third:x"), false);
  }

  private static void receive(TestHub hub) {
    var client = hub.client();
    client.says(
        Said.chat(ChatUpdate.builder().title("Garden").muted(true)),
        Said.members(Said.person(Said.ALICE, "Alice"), Said.person(Said.BOB, "Bob")),
        Said.message("$1", Said.ALICE, "one"),
        Said.mention("$2", Said.BOB, "two"),
        Said.reply("$3", Said.ALICE, "three", "$1"),
        Said.hidden("$4", Said.BOB),
        Said.edit("$5", Said.ALICE, "$1", "one, edited"),
        Said.reaction("$6", Said.BOB, "$1", "+"),
        Said.deletion("$7", Said.BOB, "$6"),
        Said.edit("$8", Said.ALICE, "$late", "edited before it came"),
        Said.message("$late", Said.ALICE, "late"),
        Said.edit("$10", Said.ALICE, "$3", "three, edited"),
        Said.deletion("$11", Said.ALICE, "$10"),
        Said.revealed("$3", MessageContent.text("three, deciphered")),
        Said.receipt("$1"),
        Said.marker("$unknown"),
        Said.flag(true),
        new NetworkEvent.ReadByOther(Said.CHAT, Said.ALICE, "$1", Said.AT),
        new NetworkEvent.ReadByOther(Said.CHAT, Said.BOB, "$unknown", Said.AT),
        new NetworkEvent.DeliveryChanged(Said.CHAT, "$1", new Delivery.Sent(Said.AT)),
        new NetworkEvent.DeliveryChanged(Said.CHAT, "$p", new Delivery.Sent(Said.AT)),
        new NetworkEvent.SelfChanged(Said.person(Said.ME, "Me")),
        new NetworkEvent.ChatsListed(Set.of(Said.CHAT), ChatUpdate.builder().build()));
    hub.network.page("t", null, Said.message("$0", Said.ALICE, "zero"));
    client.says(Said.gap("t"), Said.message("$9", Said.ALICE, "after a gap"));
    hub.fillGaps();
    client.says(Said.message("!other:x", "$1", Said.BOB, "elsewhere", Said.AT));
  }

  private static void look(TestHub hub) {
    var everything = Grant.HUB;
    var some =
        new Grant("t", Set.of(), Set.of(TestHub.ACCOUNT), Set.of(hub.chat().id(), new ChatId(2)));
    for (var grant : List.of(everything, some)) {
      for (var direction : Direction.values()) {
        for (var accounts : List.of(List.<AccountId>of(), List.of(TestHub.ACCOUNT))) {
          var page = hub.chats().list(grant, accounts, new PageRequest(null, direction, 1));
          var _ =
              hub.chats().list(grant, accounts, new PageRequest(page.oldestCursor(), direction, 1));
        }
        var page = hub.messages().list(grant, Said.CHAT, new PageRequest(null, direction, 2));
        var _ =
            hub.messages()
                .list(grant, Said.CHAT, new PageRequest(page.oldestCursor(), direction, 2));
      }
      var _ = hub.chats().get(grant, Said.CHAT, 100);
      var _ = hub.chats().get(grant, Long.toString(hub.chat().id().value()), -1);
      for (var id : List.of("$1", hub.message("$1").apiId())) {
        var _ = hub.messages().get(grant, Said.CHAT, id);
      }
      var _ = hub.hub().accounts().list(grant);
      assertThrows(
          HubException.class,
          () -> hub.hub().assets().serve(grant, AssetUrl.parse("mxc://x/none")));
    }
    var _ = hub.changesAfter(0);
  }

  private static void find(TestHub hub) {
    var search = hub.hub().search();
    var _ = search.all(Grant.HUB, "one");
    var newest = PageRequest.newest(20);
    for (var words : List.of("one", "two three", "on*", "一七", "")) {
      var _ = search.messages(Grant.HUB, MessageQuery.of(words), newest);
    }
    var anywhere =
        new MessageQuery(
            "one", List.of(), List.of(), null, Set.of(), null, null, null, false, true);
    for (var direction : Direction.values()) {
      var _ = search.messages(Grant.HUB, anywhere, new PageRequest(null, direction, 5));
    }
    for (var direction : Direction.values()) {
      for (var sender : List.of("me", "others", Said.ALICE.value())) {
        var query =
            new MessageQuery(
                "one",
                List.of(Said.CHAT),
                List.of(TestHub.ACCOUNT),
                ChatType.GROUP,
                Set.of(MessageQuery.Media.IMAGE),
                sender,
                Said.AT.minusSeconds(10),
                Said.AT.plusSeconds(10),
                true,
                false);
        var _ = search.messages(Grant.HUB, query, new PageRequest(null, direction, 5));
      }
      for (var scope : ChatQuery.Scope.values()) {
        var _ =
            search.chats(
                Grant.HUB, ChatQuery.of("gar", scope, null), new PageRequest(null, direction, 5));
      }
    }
    var contacts = hub.hub().contacts();
    var _ = contacts.list(Grant.HUB, TestHub.ACCOUNT.value(), null, newest);
    var _ = contacts.list(Grant.HUB, TestHub.ACCOUNT.value(), "ali", newest);
  }

  private static void change(TestHub hub) {
    hub.chats().markUnread(Grant.HUB, Said.CHAT, "$2");
    hub.chats().markUnread(Grant.HUB, Said.CHAT, null);
    hub.chats().markRead(Grant.HUB, Said.CHAT, "$2");
    hub.chats().markRead(Grant.HUB, Said.CHAT, null);
    hub.chats().archive(Grant.HUB, Said.CHAT, true);
    hub.chats()
        .update(
            Grant.HUB,
            Said.CHAT,
            ChatPatch.NONE.withDraft(Field.of(new ChatPatch.NewDraft("draft", List.of()))));
    hub.chats().update(Grant.HUB, Said.CHAT, ChatPatch.NONE.withDraft(Field.nothing()));
    hub.hub()
        .reminders()
        .set(
            Grant.HUB,
            Said.CHAT,
            new Reminder(hub.clock.instant().plus(Duration.ofHours(1)), false));
    hub.passUntil("it fired", Duration.ofMinutes(10), () -> hub.chat().reminder() == null);
    tellAll(hub);
    hub.network.answerAll(null);
    var pending = hub.send("mine");
    var _ = hub.messages().list(Grant.HUB, Said.CHAT, new PageRequest(pending, Direction.AFTER, 5));
    var call = hub.network.next();
    var key = "$" + pending;
    call.answer(new Outcome.Done(key));
    hub.client().says(Said.echo(key, "mine", pending), Said.echo("$p", "on the phone", null));
    var _ = hub.messages().get(Grant.HUB, Said.CHAT, pending);
    hub.network.answerAll(_ -> new Outcome.Done(""));
    hub.messages().edit(Grant.HUB, Said.CHAT, key, "mine, edited");
    hub.hub().reactions().add(Grant.HUB, Said.CHAT, "$1", "x", "t" + pending);
    hub.hub().reactions().remove(Grant.HUB, Said.CHAT, "$1", "x");
    hub.messages().delete(Grant.HUB, Said.CHAT, key, true);
    hub.network.answerAll(_ -> new Outcome.Rejected("no", "No.", false));
    hub.send("refused");
    tellAll(hub);
  }

  private static void tellAll(TestHub hub) {
    hub.passUntil(
        "told", Duration.ofSeconds(1), () -> hub.number("SELECT count(*) FROM outbox") == 0);
  }
}
