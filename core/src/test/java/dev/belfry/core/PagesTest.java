package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Message;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import dev.belfry.model.PageRequest.Direction;
import dev.belfry.network.NetworkEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of messages and of chats, both ways, over gaps and with messages that wait. */
@Tag("hub")
class PagesTest {
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

  private static List<NetworkEvent> messages(int from, int to) {
    var result = new ArrayList<NetworkEvent>();
    for (int i = from; i <= to; i++) {
      result.add(Said.message("$" + i, Said.ALICE, Integer.toString(i)));
    }
    return result;
  }

  private Page<Message> page(@Nullable String cursor, Direction direction, int limit) {
    return hub.messages().list(Grant.HUB, Said.CHAT, new PageRequest(cursor, direction, limit));
  }

  private static String bodies(Page<Message> page) {
    return String.join(" ", page.items().stream().map(m -> m.content().body()).toList());
  }

  /** From the oldest end on, page by page. */
  private String forward(int limit) {
    var result = new ArrayList<String>();
    String cursor = null;
    while (true) {
      var page = page(cursor, Direction.AFTER, limit);
      result.addAll(page.items().reversed().stream().map(m -> m.content().body()).toList());
      if (!page.hasMore() || page.items().isEmpty()) {
        return String.join(" ", result);
      }
      cursor = page.newestCursor();
    }
  }

  @Test
  void emptyChat() {
    hub.client().says(Said.hidden("$1", Said.ALICE));
    for (var direction : Direction.values()) {
      var page = page(null, direction, 5);
      assertEquals(List.of(), page.items());
      assertFalse(page.hasMore());
      assertNull(page.oldestCursor());
      assertNull(page.newestCursor());
    }
  }

  @Test
  void newestFirstBothWays() {
    hub.client().says(messages(1, 7));
    var first = page(null, Direction.BEFORE, 3);
    assertEquals("7 6 5", bodies(first));
    assertTrue(first.hasMore());
    var second = page(first.oldestCursor(), Direction.BEFORE, 3);
    assertEquals("4 3 2", bodies(second));
    var third = page(second.oldestCursor(), Direction.BEFORE, 3);
    assertEquals("1", bodies(third));
    assertFalse(third.hasMore());
    assertEquals("4 3 2", bodies(page(third.newestCursor(), Direction.AFTER, 3)));
    assertEquals("7 6 5", bodies(page(second.newestCursor(), Direction.AFTER, 3)));
    assertFalse(page(second.newestCursor(), Direction.AFTER, 3).hasMore());
    assertTrue(page(second.newestCursor(), Direction.AFTER, 2).hasMore());
    assertEquals("", bodies(page(first.newestCursor(), Direction.AFTER, 3)));
    assertEquals("3 2 1", bodies(page(null, Direction.AFTER, 3)));
    assertTrue(page(null, Direction.AFTER, 3).hasMore());
  }

  @Test
  void exactlyFullPageSaysThatThereIsNoMore() {
    hub.client().says(messages(1, 4));
    assertFalse(page(null, Direction.BEFORE, 4).hasMore());
    assertFalse(page(null, Direction.AFTER, 4).hasMore());
    assertTrue(page(null, Direction.BEFORE, 3).hasMore());
  }

  @Test
  void everyFormOfCursor() {
    hub.client().says(messages(1, 5));
    var middle = hub.message("$3");
    for (var cursor : List.of("$3", middle.id().toString(), middle.id().sortKey())) {
      assertEquals("2 1", bodies(page(cursor, Direction.BEFORE, 9)), cursor);
      assertEquals("5 4", bodies(page(cursor, Direction.AFTER, 9)), cursor);
    }
  }

  @Test
  void badCursorsAreRefused() {
    hub.client().says(messages(1, 5));
    for (var cursor :
        List.of(
            "", "x", "-1", "9223372036854775808", "99999999999999999999", "$99", "m1", "' --")) {
      for (var direction : Direction.values()) {
        var e = assertThrows(HubException.class, () -> page(cursor, direction, 5), cursor);
        assertEquals(HubException.Reason.INVALID, e.reason(), cursor);
        assertEquals(List.of("query", "cursor"), e.path());
      }
    }
  }

  @Test
  void pendingMessagesComeFirst() {
    hub.client().says(messages(1, 3));
    hub.send("p1");
    hub.send("p2");
    hub.send("p3");
    assertEquals("p3 p2 p1 3 2 1", bodies(page(null, Direction.BEFORE, 9)));
    assertEquals("p3 p2", bodies(page(null, Direction.BEFORE, 2)));
    var first = page(null, Direction.BEFORE, 2);
    assertTrue(first.hasMore());
    var second = page(first.oldestCursor(), Direction.BEFORE, 2);
    assertEquals("p1 3", bodies(second));
    assertEquals("2 1", bodies(page(second.oldestCursor(), Direction.BEFORE, 2)));
    assertEquals("p1 3", bodies(page(hub.message("$2").id().toString(), Direction.AFTER, 2)));
    assertTrue(page("$2", Direction.AFTER, 2).hasMore());
    assertEquals("p3 p2 p1", bodies(page("$3", Direction.AFTER, 3)));
    assertFalse(page("$3", Direction.AFTER, 3).hasMore());
    assertTrue(page("$3", Direction.AFTER, 2).hasMore());
    var pending = page(null, Direction.BEFORE, 9).items().get(1);
    assertEquals("p1 3 2 1", bodies(page(pending.apiId(), Direction.BEFORE, 9)));
    assertEquals("p3", bodies(page(pending.apiId(), Direction.AFTER, 9)));
    assertEquals("p3", bodies(page(pending.id().sortKey(), Direction.AFTER, 9)));
    assertFalse(page(null, Direction.BEFORE, 6).hasMore());
    for (int limit = 1; limit <= 7; limit++) {
      assertEquals("1 2 3 p1 p2 p3", forward(limit), "pages of " + limit);
      assertEquals(List.of("1", "2", "3", "p1", "p2", "p3"), bodiesBackward(limit));
    }
  }

  private List<String> bodiesBackward(int limit) {
    return hub.all(limit).reversed().stream().map(m -> m.content().body()).toList();
  }

  @Test
  void sortKeysOrderAsText() {
    hub.client().says(messages(1, 20));
    hub.send("p1");
    hub.send("p2");
    var keys = hub.all(50).stream().map(m -> m.id().sortKey()).toList();
    assertEquals(keys.stream().sorted(java.util.Comparator.reverseOrder()).toList(), keys);
    assertEquals(1, keys.stream().map(String::length).distinct().count());
  }

  @Test
  void pagingBackPastWhatIsStoredAsksTheNetwork() {
    var timeline = messages(1, 500);
    hub.network.history(token -> Timeline.page(timeline, token, 7));
    hub.client().says(concat(Said.gap("490"), timeline.subList(490, 500)));
    assertEquals(500, hub.all(20).size());
    assertEquals(timeline.size(), hub.number("SELECT count(*) FROM message"));
  }

  private static List<NetworkEvent> concat(NetworkEvent first, List<NetworkEvent> rest) {
    var result = new ArrayList<NetworkEvent>();
    result.add(first);
    result.addAll(rest);
    return result;
  }

  @Test
  void withoutANetworkWhatLiesBeyondTheGapIsShown() {
    hub.client().says(messages(1, 3));
    hub.client().says(concat(Said.gap("gone"), messages(7, 9)));
    var first = page(null, Direction.BEFORE, 5);
    assertEquals("9 8 7", bodies(first), "not over the gap");
    assertTrue(first.hasMore());
    var second = page(first.oldestCursor(), Direction.BEFORE, 5);
    assertEquals("3 2 1", bodies(second), "rather than nothing");
    assertFalse(second.hasMore());
    assertEquals("3 2 1", bodies(page(null, Direction.AFTER, 5)));
    assertTrue(page(null, Direction.AFTER, 5).hasMore());
    assertEquals("1 2 3 7 8 9", forward(5));
  }

  @Test
  void gapThatIsFilledWhileSomebodyPages() {
    hub.client().says(messages(1, 3));
    hub.client().says(concat(Said.gap("6"), messages(7, 9)));
    var first = page(null, Direction.BEFORE, 2);
    assertEquals("9 8", bodies(first));
    var timeline = messages(1, 9);
    hub.network.history(token -> Timeline.page(timeline, token, 2));
    hub.client().says(messages(10, 12));
    var second = page(first.oldestCursor(), Direction.BEFORE, 4);
    assertEquals("7 6 5 4", bodies(second));
    assertEquals("3 2 1", bodies(page(second.oldestCursor(), Direction.BEFORE, 4)));
    assertEquals("1 2 3 4 5 6 7 8 9 10 11 12", forward(5));
  }

  @Test
  void historyThatHoldsLittleButWhatIsHidden() {
    var timeline = new ArrayList<NetworkEvent>(messages(1, 2));
    for (int i = 0; i < 40; i++) {
      timeline.add(Said.hidden("$h" + i, Said.BOB));
    }
    timeline.addAll(messages(3, 4));
    hub.network.history(token -> Timeline.page(timeline, token, 3));
    hub.client().says(concat(Said.gap("42"), timeline.subList(42, 44)));
    assertEquals(
        List.of("4", "3", "2", "1"), hub.all(2).stream().map(m -> m.content().body()).toList());
  }

  @Test
  void limitedBatchesOneAfterTheOther() {
    var timeline = messages(1, 60);
    hub.client().says(timeline.subList(0, 10));
    hub.client().says(concat(Said.gap("25"), timeline.subList(25, 30)));
    hub.client().says(concat(Said.gap("40"), timeline.subList(40, 42)));
    hub.client().says(concat(Said.gap("55"), List.of()));
    hub.client().says(timeline.subList(55, 60));
    hub.network.history(token -> Timeline.page(timeline, token, 4));
    hub.fillGaps();
    var expected = new ArrayList<String>();
    for (int i = 1; i <= 60; i++) {
      expected.add(Integer.toString(i));
    }
    assertEquals(expected, hub.bodies());
    assertEquals(60, hub.chat().read().unreadCount());
  }

  @Test
  void gapOfAChatWithoutEvents() {
    hub.client().says(Said.gap("3"));
    assertEquals(List.of(), hub.bodies());
    hub.client().says(messages(4, 5));
    var timeline = messages(1, 5);
    hub.network.history(token -> Timeline.page(timeline, token, 2));
    hub.fillGaps();
    assertEquals(List.of("1", "2", "3", "4", "5"), hub.bodies());
  }

  @Test
  void gapBetweenMessagesOfTheSameMoment() {
    var timeline = messages(1, 300);
    hub.client().says(timeline.subList(0, 1));
    hub.client().says(concat(Said.gap("299"), timeline.subList(299, 300)));
    hub.network.history(token -> Timeline.page(timeline, token, 100));
    hub.fillGaps();
    assertEquals(300, hub.bodies().size());
    assertEquals("1 2 3", String.join(" ", hub.bodies().subList(0, 3)));
    assertEquals("299 300", String.join(" ", hub.bodies().subList(298, 300)));
  }

  @Test
  void tokenThatLeadsNowhereEndsTheGap() {
    hub.network.page("t", "t");
    hub.client().says(concat(Said.gap("t"), messages(1, 2)));
    Eventually.holds("given up", () -> hub.number("SELECT count(*) FROM gap") == 0);
    assertEquals(1, hub.network.asked().size());
  }

  @Test
  void emptyPageOfHistoryIsGoneBeyond() {
    hub.network.page("t", "u");
    hub.network.page("u", null, messages(1, 1).getFirst());
    hub.client().says(concat(Said.gap("t"), messages(2, 2)));
    Eventually.holds("filled", () -> hub.number("SELECT count(*) FROM gap") == 0);
    assertEquals(List.of("1", "2"), hub.bodies());
  }

  @Test
  void historyThatFailsIsTriedAgainLaterAndLater() {
    hub.client().says(concat(Said.gap("t"), messages(2, 2)));
    Eventually.holds(
        "tried in vain", () -> hub.number("SELECT count(*) FROM gap WHERE attempts = 1") == 1);
    hub.network.page("t", null, messages(1, 1).getFirst());
    hub.fillGaps();
    assertEquals(List.of("1", "2"), hub.bodies());
  }

  @Test
  void withoutAConnectionNoHistoryIsTried() throws Exception {
    hub.network.connectAtOnce(false);
    hub.restart();
    hub.client().says(concat(Said.gap("t"), messages(2, 2)));
    assertEquals("2", bodies(page(null, Direction.BEFORE, 5)));
    assertEquals(List.of(), hub.network.asked());
    hub.network.page("t", null, messages(1, 1).getFirst());
    hub.client().state(dev.belfry.model.AccountState.CONNECTED);
    Eventually.holds("filled", () -> hub.number("SELECT count(*) FROM gap") == 0);
  }

  @Test
  void gapAfterTheFirstConnectionIsNews() {
    hub.client().says(messages(1, 1));
    hub.network.page("t", null, messages(1, 2).toArray(NetworkEvent[]::new));
    long seq = hub.lastChange();
    hub.client().says(concat(Said.gap("t"), messages(3, 3)));
    Eventually.holds("filled", () -> hub.number("SELECT count(*) FROM gap") == 0);
    hub.settle();
    var kinds = hub.kindsAfter(seq).stream().filter(kind -> !kind.equals("account")).toList();
    assertEquals(List.of("message", "chat", "message", "chat"), kinds);
    assertEquals(3, hub.chat().read().unreadCount());
  }

  @Test
  void gapOfTheFirstConnectionIsOldMail() throws Exception {
    try (var fresh = TestHub.empty(java.nio.file.Files.createDirectory(temp.resolve("new")))) {
      fresh.network.connectAtOnce(false);
      fresh.hub().start();
      fresh.addAccount(Said.ME.value());
      fresh.network.page("t", null, messages(1, 2).toArray(NetworkEvent[]::new));
      fresh.client().says(concat(Said.gap("t"), messages(3, 3)));
      long seq = fresh.lastChange();
      fresh.client().state(dev.belfry.model.AccountState.CONNECTED);
      Eventually.holds("filled", () -> fresh.number("SELECT count(*) FROM gap") == 0);
      fresh.settle();
      var kinds = fresh.kindsAfter(seq).stream().filter(kind -> !kind.equals("account")).toList();
      assertEquals(List.of("chat"), kinds);
    }
  }

  @Test
  void ownMessageSettledBeforeTheGapWasKnownHidesNothing() {
    hub.client().says(messages(1, 1));
    var pending = hub.send("own");
    hub.network.next().answer(new dev.belfry.network.Outcome.Done("$own"));
    Eventually.holds(
        "answered", () -> hub.number("SELECT count(*) FROM outbox WHERE sent_key = '$own'") == 1);
    hub.advance(java.time.Duration.ofSeconds(11));
    Eventually.holds("settled", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    var timeline = new ArrayList<NetworkEvent>(messages(1, 20));
    timeline.add(Said.echo("$own", "own", pending));
    timeline.addAll(messages(21, 40));
    hub.network.history(token -> Timeline.page(timeline, token, 5));
    hub.client().says(concat(Said.gap("38"), timeline.subList(38, 41)));
    Eventually.holds("filled", () -> hub.number("SELECT count(*) FROM gap") == 0);
    var bodies = new ArrayList<>(hub.bodies());
    assertTrue(bodies.remove("own"));
    assertEquals(messages(1, 40).size(), bodies.size());
    for (int i = 0; i < 40; i++) {
      assertEquals(Integer.toString(i + 1), bodies.get(i));
    }
  }

  @Test
  void chatsByActivityBothWays() {
    for (int i = 1; i <= 7; i++) {
      hub.clock.advance(java.time.Duration.ofSeconds(1));
      hub.client().says(Said.message("!c" + i, "$1", Said.ALICE, "x", hub.clock.instant()));
    }
    assertEquals("!c7 !c6 !c5 !c4 !c3 !c2 !c1", chats(null, Direction.BEFORE, 20));
    var first = hub.chats().list(Grant.HUB, List.of(), PageRequest.newest(3));
    assertTrue(first.hasMore());
    assertEquals("!c4 !c3 !c2", chats(first.oldestCursor(), Direction.BEFORE, 3));
    assertEquals("!c3 !c2 !c1", chats(null, Direction.AFTER, 3));
    var last = hub.chats().list(Grant.HUB, List.of(), new PageRequest(null, Direction.AFTER, 3));
    assertTrue(last.hasMore());
    assertEquals("!c6 !c5 !c4", chats(last.newestCursor(), Direction.AFTER, 3));
    assertEquals("", chats(first.newestCursor(), Direction.AFTER, 3));
    hub.client().says(Said.message("!c2", "$2", Said.ALICE, "y", hub.clock.instant()));
    assertEquals("!c2 !c7 !c6 !c5 !c4 !c3 !c1", chats(null, Direction.BEFORE, 20));
    var preview =
        hub.chats().list(Grant.HUB, List.of(), PageRequest.newest(1)).items().getFirst().preview();
    assertEquals("y", preview == null ? "" : preview.content().body());
    assertEquals(
        "", chats(List.of(new dev.belfry.model.AccountId("other")), null, Direction.BEFORE, 20));
    assertEquals("!c2 !c7", chats(List.of(TestHub.ACCOUNT), null, Direction.BEFORE, 2));
  }

  private String chats(@Nullable String cursor, Direction direction, int limit) {
    return chats(List.of(), cursor, direction, limit);
  }

  private String chats(
      List<dev.belfry.model.AccountId> accounts,
      @Nullable String cursor,
      Direction direction,
      int limit) {
    var page = hub.chats().list(Grant.HUB, accounts, new PageRequest(cursor, direction, limit));
    return String.join(" ", page.items().stream().map(i -> i.chat().canonicalId()).toList());
  }

  @Test
  void queuedMessageRaisesItsChat() {
    hub.client()
        .says(
            Said.message("!c1", "$1", Said.ALICE, "x", Said.AT),
            Said.message("!c2", "$1", Said.ALICE, "x", Said.AT.plusMillis(1)));
    hub.advance(java.time.Duration.ofSeconds(1));
    hub.messages().send(Grant.HUB, "!c1", new Messages.NewMessage("hi", null, List.of()));
    assertEquals("!c1 !c2", chats(null, Direction.BEFORE, 20));
  }
}
