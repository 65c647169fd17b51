package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.core.events.ChatFilter;
import dev.belfry.core.events.Event;
import dev.belfry.core.events.EventLog;
import dev.belfry.core.events.Keep;
import dev.belfry.core.events.Position;
import dev.belfry.core.events.Stretch;
import dev.belfry.model.AccountId;
import dev.belfry.model.ChatId;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Message;
import dev.belfry.network.NetworkEvent.ChatGone;
import dev.belfry.network.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers of the event log are told, from where, and for how long. */
@Tag("hub")
class EventLogTest {
  private static final String OTHER = "!other:x";

  @TempDir Path temp;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = TestHub.connected(temp);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private EventLog log() {
    return hub.hub().events();
  }

  /** All that comes after a cursor, read in small steps. */
  private List<Event> after(Grant grant, ChatFilter chats, @Nullable String cursor) {
    var result = new ArrayList<Event>();
    Position from = cursor == null ? null : log().at(cursor);
    while (true) {
      var stretch = log().read(grant, chats, from, 2);
      assertFalse(stretch.isReset());
      result.addAll(stretch.events());
      from = log().at(log().cursor(grant, stretch.upTo()));
      if (!stretch.hasMore()) {
        return result;
      }
    }
  }

  private List<Event> after(@Nullable String cursor) {
    return after(Grant.HUB, ChatFilter.ALL, cursor);
  }

  private String end() {
    return log().cursor(Grant.HUB, log().end());
  }

  private Stretch from(String cursor) {
    return log().read(Grant.HUB, ChatFilter.ALL, log().at(cursor), 100);
  }

  private static List<String> told(List<Event> events) {
    return events.stream()
        .map(event ->
            event.type().wireName()
                + " "
                + String.join("|", event.entries().stream().map(m -> m.content().body()).toList()))
        .map(String::strip)
        .toList();
  }

  @Test
  void whatHappensIsToldInOrderFromAnyCursorAndAfterARestart() {
    String before = end();
    hub.client().says(Said.message("$1", Said.ALICE, "one"));
    hub.client()
        .says(Said.edit("$2", Said.ALICE, "$1", "two"), Said.deletion("$3", Said.BOB, "$1"));
    var all = after(before);
    var expected =
        List.of(
            "message.upserted", // deleted meanwhile, and so without its text
            "chat.upserted",
            "message.upserted",
            "message.deleted",
            "chat.upserted");
    assertEquals(expected, told(all));
    assertEquals(Said.CHAT, all.getFirst().chatId());
    hub.restart();
    for (int i = 0; i < all.size(); i++) {
      assertEquals(expected.subList(i + 1, expected.size()), told(after(log().cursor(all.get(i)))));
    }
    assertEquals(all.size(), after(null).size() - after(null).indexOf(all.getFirst()));
  }

  @Test
  void aMessageOfOursIsToldUnderItsPendingIdAndThenUnderBoth() {
    hub.client().says(Said.message("$0", Said.ALICE, "zero"));
    String before = end();
    String pending = hub.send("hello");
    var first = after(before);
    assertEquals(List.of("message.upserted hello", "chat.upserted"), told(first));
    assertEquals(List.of(pending), first.getFirst().ids());
    assertEquals(pending, first.getFirst().entries().getFirst().apiId());

    hub.network.next().answer(new Outcome.Done("$sent"));
    hub.client().says(Said.echo("$sent", "hello", pending));
    var sent =
        after(log().cursor(first.getLast())).stream()
            .filter(event -> event.type() == Event.Type.MESSAGE_UPSERTED)
            .toList();
    var message = hub.message("$sent");
    assertEquals(List.of(message.id().toString(), pending), sent.getFirst().ids());
    assertEquals(
        List.of(message.apiId()), sent.getFirst().entries().stream().map(Message::apiId).toList());
    assertTrue(after(before).getFirst().entries().isEmpty(), "nothing has only the pending id");
  }

  @Test
  void whatIsToldOfAChatStaysToldWhenTheChatIsGone() {
    String before = end();
    hub.client().says(Said.message("$1", Said.ALICE, "one"));
    hub.client().says(new ChatGone(Said.CHAT));
    var grant = grant(Set.of(TestHub.ACCOUNT), null);
    for (var reader : List.of(Grant.HUB, grant)) {
      assertEquals(
          List.of("message.upserted", "chat.upserted", "chat.deleted"),
          told(after(reader, ChatFilter.ALL, before)));
    }
    assertEquals(
        List.of(), after(grant(Set.of(new AccountId("another")), null), ChatFilter.ALL, before));
  }

  @Test
  void aReaderHearsOfItsChatsOnly() {
    hub.client().says(Said.message("$0", Said.ALICE, "zero"));
    String before = end();
    hub.client()
        .says(
            Said.message(OTHER, "$1", Said.ALICE, "elsewhere", Said.AT),
            Said.message("$2", Said.ALICE, "here"));
    var expected = List.of("message.upserted here", "chat.upserted");
    var chat = hub.chat();
    var limited = grant(null, Set.of(chat.id()));
    assertEquals(expected, told(after(limited, ChatFilter.ALL, before)));
    for (String id : List.of(Said.CHAT, chat.id().toString())) {
      var filter = new ChatFilter(Set.of(id, "!unknown:x"));
      assertEquals(expected, told(after(Grant.HUB, filter, before)), id);
    }
    assertEquals(List.of(), after(limited, new ChatFilter(Set.of(OTHER)), before));
    assertEquals(List.of(), after(Grant.HUB, ChatFilter.NONE, before));
  }

  /** However much happens elsewhere, more than the log looks through at once included. */
  @Test
  void thatThereIsMoreIsToldOfWhatIsSeen() throws Exception {
    hub.client().says(Said.message("$0", Said.ALICE, "zero"));
    var limited = grant(null, Set.of(hub.chat().id()));
    var before = log().end();
    hub.client().says(Said.message("$1", Said.ALICE, "here")); // two events
    hub.client().says(Said.message(OTHER, "$2", Said.ALICE, "elsewhere", Said.AT));
    assertTrue(log().read(limited, ChatFilter.ALL, before, 1).hasMore());
    for (int limit : List.of(2, 3, 100)) {
      var stretch = log().read(limited, ChatFilter.ALL, before, limit);
      assertEquals(2, stretch.events().size());
      assertFalse(stretch.hasMore(), "limit " + limit);
      assertEquals(log().end(), stretch.upTo());
    }
    assertTrue(log().read(Grant.HUB, ChatFilter.ALL, before, 2).hasMore());
    long chat = hub.number("SELECT id FROM chat WHERE network_key = '" + OTHER + "'");
    try (var beside =
            DriverManager.getConnection("jdbc:sqlite:" + hub.folder().resolve(Hub.STORE));
        var statement = beside.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO change (kind, chat, ref, ts, account) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) SELECT 'CHAT_UPSERTED', %d, '', 0, 1 FROM n"
              .formatted(chat));
    }
    var far = log().read(limited, ChatFilter.ALL, before, 100);
    assertEquals(2, far.events().size());
    assertFalse(far.hasMore());
    hub.client().says(Said.message("$3", Said.ALICE, "here again"));
    assertEquals(4, log().read(limited, ChatFilter.ALL, before, 4).events().size());
    assertTrue(log().read(limited, ChatFilter.ALL, before, 3).hasMore());
  }

  @Test
  void cursorsTellNothingOfWhatTheirReaderDoesNotSee() {
    hub.client().says(Said.message("$0", Said.ALICE, "zero"));
    var limited = grant(null, Set.of(hub.chat().id()));
    var position = log().end();
    String one = log().cursor(limited, position);
    assertNotEquals(one, log().cursor(limited, position), "whether it has moved cannot be seen");
    assertEquals(position, log().at(one));
    assertTrue(one.matches("[A-Za-z0-9_-]{32}"), one);
  }

  @Test
  void whatIsNoCursorIsRefused() {
    for (String cursor : List.of("", "1", "nonsense", "A".repeat(32), "=".repeat(32), "ä", "%00")) {
      var refusal = assertThrows(HubException.class, () -> log().at(cursor, "query", "after"));
      assertEquals(HubException.Reason.INVALID, refusal.reason());
      assertEquals(List.of("query", "after"), refusal.path());
    }
  }

  @Test
  void aTamperedCursorIsRefused() {
    String cursor = end();
    for (int i = 0; i < cursor.length(); i++) {
      var other = new StringBuilder(cursor);
      other.setCharAt(i, cursor.charAt(i) == 'A' ? 'B' : 'A');
      assertThrows(HubException.class, () -> log().at(other.toString()), "at " + i);
    }
  }

  @Test
  void aBackupThatIsPutBackIsAnotherHistory() throws Exception {
    hub.client().says(Said.message("$1", Said.ALICE, "one"));
    String cursor = end();
    var backup = temp.resolve("backup.zip");
    hub.hub().backup(backup);
    var folder = Files.createDirectory(temp.resolve("restored"));
    Backups.restore(backup, folder, folder);
    try (var restored = Hub.open(folder, List.of(hub.network), hub.clock, Hub.Options.NONE)) {
      var events = restored.events();
      var stretch = events.read(Grant.HUB, ChatFilter.ALL, events.at(cursor), 10);
      assertTrue(stretch.isReset());
      assertEquals(List.of(), stretch.events());
      var again = events.at(events.cursor(Grant.HUB, stretch.upTo()));
      assertFalse(events.read(Grant.HUB, ChatFilter.ALL, again, 10).isReset(), "a fresh cursor");
    }
  }

  @Test
  void aFileThatWasPutBackByHandIsAnotherHistoryToo() throws Exception {
    hub.client().says(Said.message("$1", Said.ALICE, "one"));
    String shared = end();
    hub.client().says(Said.message("$2", Said.ALICE, "two"));
    String lost = end();
    assertFalse(from(lost).isReset());
    // As a copy from before the second message would look after a third had come.
    try (var beside =
            DriverManager.getConnection("jdbc:sqlite:" + hub.folder().resolve(Hub.STORE));
        var statement = beside.createStatement()) {
      statement.executeUpdate(
          "UPDATE change SET ts = ts + 5 WHERE seq > " + log().at(shared).seq());
    }
    assertTrue(from(lost).isReset(), "its number belongs to another change here");
    assertFalse(from(shared).isReset(), "until there the history is the same");
  }

  @Test
  void aCursorOfTheFutureIsOfAnotherHistory() {
    String cursor = end();
    assertFalse(from(cursor).isReset());
    var beyond = log().cursor(Grant.HUB, new Position(log().end().seq() + 1, 0));
    assertTrue(from(beyond).isReset());
  }

  @Test
  void whatIsOldIsSweptAwayAndWhoMissedItIsTold() {
    hub.client().says(Said.message("$1", Said.ALICE, "one"));
    String old = end();
    hub.client().says(Said.message("$2", Said.ALICE, "two"));
    hub.client().says(new ChatGone(OTHER));
    String all = end();
    hub.advance(Keep.DEFAULT.age().plusDays(1));
    Eventually.holds(
        "swept",
        () -> {
          hub.advance(Duration.ofMinutes(1));
          return from(old).isReset();
        });
    assertEquals(0, hub.number("SELECT count(*) FROM change"));
    assertFalse(from(all).isReset(), "nothing came after it");
    assertEquals(List.of(), after(null));
    hub.restart();
    assertFalse(from(all).isReset());
    hub.client().says(Said.message("$3", Said.ALICE, "three"));
    assertEquals(
        "message.upserted three",
        told(after(all)).stream().filter(t -> t.endsWith("three")).findFirst().orElse(""));
  }

  @Test
  void onlySoManyChangesAreKept() throws Exception {
    for (int i = 0; i < 30; i++) {
      hub.client().says(Said.message("$" + i, Said.ALICE, "text " + i));
    }
    var folder = hub.folder();
    hub.hub().close();
    try (var small =
        Hub.open(
            folder,
            List.of(hub.network),
            hub.clock,
            new Hub.Options(null, new Keep(Duration.ofDays(1), 10)))) {
      assertEquals(10, small.events().keep().changes());
      small.start();
      Eventually.holds(
          "swept",
          () -> {
            hub.clock.advance(Duration.ofMinutes(1));
            small.clockMoved();
            return small.events().read(Grant.HUB, ChatFilter.ALL, null, 100).events().size() <= 10;
          });
      var kept = small.events().read(Grant.HUB, ChatFilter.ALL, null, 100).events();
      assertTrue(told(kept).contains("message.upserted text 29"), () -> told(kept).toString());
    }
  }

  private static Grant grant(@Nullable Set<AccountId> accounts, @Nullable Set<ChatId> chats) {
    return new Grant("t1", Set.of(Grant.Scope.READ), accounts, chats);
  }
}
