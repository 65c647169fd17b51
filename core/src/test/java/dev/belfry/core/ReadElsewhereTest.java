package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belfry.model.Grant;
import dev.belfry.network.Action;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Read state as the network tells it, and how it goes together with ours. */
@Tag("hub")
class ReadElsewhereTest {
  @TempDir Path temp;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = TestHub.connected(temp);
    for (int i = 1; i <= 9; i++) {
      hub.client().says(Said.message("$" + i, Said.ALICE, "" + i));
    }
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private void assertUnread(int count, boolean marked) {
    var read = hub.chat().read();
    assertEquals(count, read.unreadCount(), "unreadCount");
    assertEquals(marked, read.markedUnread(), "isMarkedUnread");
  }

  /** Says it, and that saying it again is no change. */
  private void says(NetworkEvent... events) {
    hub.client().says(events);
    assertNoChange(events);
  }

  private void assertNoChange(NetworkEvent... events) {
    long seq = hub.lastChange();
    var before = hub.chat();
    hub.client().says(events);
    assertEquals(before, hub.chat());
    assertEquals(List.of(), hub.kindsAfter(seq));
  }

  private void unread(String message) {
    hub.chats().markUnread(Grant.HUB, Said.CHAT, message);
  }

  private Action told() {
    var call = hub.network.next();
    call.answer(new Outcome.Done(""));
    Eventually.holds("told", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    return call.action();
  }

  @Test
  void receiptMovesOn() {
    long seq = hub.lastChange();
    says(Said.receipt("$5"));
    assertUnread(4, false);
    assertEquals(List.of("chat"), hub.kindsAfter(seq));
    says(Said.receipt("$7"));
    assertUnread(2, false);
    assertEquals(0, hub.network.waiting(), "nothing is told back");
  }

  @Test
  void olderReceiptIsNoChange() {
    says(Said.receipt("$5"));
    assertNoChange(Said.receipt("$3"));
    assertUnread(4, false);
  }

  @Test
  void markerMovesBothWays() {
    says(Said.marker("$5"));
    assertUnread(4, false);
    says(Said.marker("$2"));
    assertUnread(7, false);
    says(Said.marker("$8"));
    assertUnread(1, false);
  }

  @Test
  void markerThatLagsBehindTheReceiptIsNotMovedBack() {
    says(Said.receipt("$8"));
    says(Said.marker("$3"));
    says(Said.marker("$5"));
    assertUnread(1, false);
  }

  @Test
  void movedBackHereStandsWhenTheNetworkSaysTheSameAgain() {
    says(Said.receipt("$7"), Said.marker("$7"));
    unread("$4");
    told();
    assertUnread(6, true);
    assertNoChange(Said.receipt("$7"));
    assertNoChange(Said.receipt("$5"));
    hub.restart();
    hub.client();
    assertNoChange(Said.receipt("$7"));
    assertNoChange(Said.receipt("$2"), Said.receipt("$7"));
    assertUnread(6, true);
  }

  @Test
  void movedBackHereStandsWhenALaterLoginHearsTheMarkerThatWasNeverMoved() throws Exception {
    says(Said.receipt("$7"), Said.marker("$7"));
    unread("$4");
    assertEquals(new Action.MarkUnread(Said.CHAT, "$3"), told());
    assertUnread(6, true);
    assertNoChange(Said.marker("$7"), Said.receipt("$7"), Said.flag(true));
    assertUnread(6, true);
    says(Said.marker("$8"));
    assertUnread(1, true);
  }

  @Test
  void newReceiptAfterThatCounts() {
    says(Said.receipt("$7"));
    unread("$4");
    told();
    says(Said.receipt("$8"));
    assertUnread(1, true);
  }

  @Test
  void networkThatCannotMoveBack() {
    says(Said.receipt("$7"));
    unread("$4");
    hub.network.next().answer(new Outcome.Unsupported());
    Eventually.holds("let be", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    assertNoChange(Said.receipt("$7"), Said.flag(false));
    assertUnread(6, true);
  }

  @Test
  void flagOfAnotherClient() {
    says(Said.flag(true));
    assertUnread(9, true);
    assertEquals(0, hub.network.waiting(), "nothing is told back");
    says(Said.flag(false));
    assertUnread(9, false);
  }

  @Test
  void otherClientClearingTheFlagRestoresTheLastMarker() {
    says(Said.receipt("$7"), Said.marker("$7"));
    unread("$4");
    assertEquals(new Action.MarkUnread(Said.CHAT, "$3"), told());
    says(Said.flag(true), Said.marker("$3"));
    assertUnread(6, true);
    says(Said.flag(false));
    assertUnread(2, false);
  }

  @Test
  void ourOwnWordsComingBackAreNoChange() {
    says(Said.receipt("$9"));
    unread("$4");
    told();
    assertNoChange(Said.flag(true), Said.marker("$3"));
    hub.chats().markRead(Grant.HUB, Said.CHAT, "$6");
    assertEquals(new Action.MarkRead(Said.CHAT, "$6"), told());
    assertNoChange(Said.receipt("$6"), Said.marker("$6"), Said.flag(false));
    assertUnread(3, false);
  }

  @Test
  void ourOwnWordsComingBackBeforeTheAnswer() {
    hub.chats().markRead(Grant.HUB, Said.CHAT, "$6");
    var call = hub.network.next();
    assertNoChange(Said.receipt("$6"), Said.marker("$6"), Said.flag(false));
    call.answer(new Outcome.Done(""));
    Eventually.holds("told", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    assertNoChange(Said.receipt("$6"), Said.marker("$6"), Said.flag(false));
    assertUnread(3, false);
  }

  @Test
  void readThenUnreadInOneBreath() {
    hub.chats().markRead(Grant.HUB, Said.CHAT, null);
    var first = hub.network.next();
    unread("$4");
    first.answer(new Outcome.Done(""));
    assertEquals(new Action.MarkUnread(Said.CHAT, "$3"), told());
    // The echo of the first comes late.
    assertNoChange(Said.receipt("$9"));
    assertUnread(6, true);
    assertNoChange(Said.marker("$3"), Said.flag(true));
  }

  @Test
  void whileOurUnreadIsOnItsWayTheNetworksOldWordIsNotFollowed() {
    unread("$4");
    var call = hub.network.next();
    assertNoChange(Said.receipt("$7"), Said.marker("$7"), Said.flag(false));
    assertUnread(9, true);
    call.answer(new Outcome.Done(""));
    Eventually.holds("told", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    assertNoChange(Said.receipt("$7"));
    assertUnread(9, true);
  }

  @Test
  void whileOurReadIsOnItsWayFartherReadingElsewhereCounts() {
    hub.chats().markRead(Grant.HUB, Said.CHAT, "$5");
    var call = hub.network.next();
    says(Said.receipt("$8"));
    assertUnread(1, false);
    call.answer(new Outcome.Done(""));
    Eventually.holds("told", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    assertNoChange(Said.receipt("$8"));
    assertUnread(1, false);
  }

  @Test
  void receiptAheadOfItsMessage() {
    says(Said.receipt("$11"));
    assertUnread(9, false);
    hub.client().says(Said.message("$10", Said.BOB, "10"), Said.message("$11", Said.BOB, "11"));
    assertUnread(0, false);
    hub.client().says(Said.message("$12", Said.BOB, "12"));
    assertUnread(1, false);
  }

  @Test
  void receiptAheadOfWhatIsNotShown() {
    says(Said.receipt("$11"));
    long seq = hub.lastChange();
    hub.client().says(Said.reaction("$11", Said.BOB, "$9", "+"));
    assertUnread(0, false);
    assertEquals(List.of("message", "chat"), hub.kindsAfter(seq));
  }

  @Test
  void markerAndReceiptBothAheadOfTheirMessages() {
    says(Said.receipt("$12"), Said.marker("$10"));
    hub.client()
        .says(
            Said.message("$10", Said.BOB, "10"),
            Said.message("$11", Said.BOB, "11"),
            Said.message("$12", Said.BOB, "12"),
            Said.message("$13", Said.BOB, "13"));
    assertUnread(1, false);
  }

  @Test
  void markingUnreadHereEndsWaitingForAReceipt() {
    says(Said.receipt("$11"));
    unread("$4");
    told();
    hub.client().says(Said.message("$10", Said.BOB, "10"), Said.message("$11", Said.BOB, "11"));
    assertUnread(11, true);
    assertNoChange(Said.receipt("$11"));
  }

  @Test
  void readPositionInHistoryIsFoundByHistory() {
    var chat = "!new:x";
    var gap = new NetworkEvent.TimelineGap(chat, "t");
    hub.network.page(
        "t",
        null,
        Said.message(chat, "$1", Said.ALICE, "1", Said.AT),
        Said.message(chat, "$2", Said.ALICE, "2", Said.AT),
        Said.message(chat, "$3", Said.ALICE, "3", Said.AT));
    hub.client()
        .says(
            new NetworkEvent.ReadElsewhere(chat, NetworkEvent.ReadElsewhere.Source.RECEIPT, "$2"),
            gap,
            Said.message(chat, "$4", Said.ALICE, "4", Said.AT));
    Eventually.holds("filled", () -> hub.number("SELECT count(*) FROM gap") == 0);
    assertEquals(2, hub.chats().get(Grant.HUB, chat, 0).read().unreadCount());
  }

  @Test
  void ownOlderMessagesFromHistoryMoveNothingBack() {
    var chat = "!new:x";
    hub.network.page(
        "t",
        null,
        Said.message(chat, "$1", Said.ALICE, "1", Said.AT),
        Said.message(chat, "$2", Said.ME, "2", Said.AT),
        Said.message(chat, "$3", Said.ALICE, "3", Said.AT));
    hub.client()
        .says(
            new NetworkEvent.TimelineGap(chat, "t"),
            Said.message(chat, "$4", Said.ALICE, "4", Said.AT),
            Said.message(chat, "$5", Said.ALICE, "5", Said.AT),
            new NetworkEvent.ReadElsewhere(chat, NetworkEvent.ReadElsewhere.Source.RECEIPT, "$4"));
    Eventually.holds("filled", () -> hub.number("SELECT count(*) FROM gap") == 0);
    assertEquals(1, hub.chats().get(Grant.HUB, chat, 0).read().unreadCount());
  }
}
