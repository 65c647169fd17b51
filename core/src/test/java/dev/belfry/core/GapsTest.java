package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.PageRequest.Direction;
import dev.belfry.network.NetworkEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Gaps in what is stored, and the history that fills them. */
@Tag("hub")
class GapsTest extends Paged {
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
}
