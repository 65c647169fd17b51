package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.Chat;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.network.Action;
import dev.belfry.network.Action.MarkRead;
import dev.belfry.network.Action.MarkUnread;
import dev.belfry.network.Outcome;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Marking unread and read: what it does here. The chat holds, in this order: $1 to $3 of others, $4
 * of ours, $5 that mentions us, $6 hidden, $7 a reaction, $8 deleted, $9 and $10 of others.
 */
@Tag("hub")
class UnreadTest {
  @TempDir Path temp;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = TestHub.connected(temp);
    hub.client()
        .says(
            Said.message("$1", Said.ALICE, "1"),
            Said.message("$2", Said.BOB, "2"),
            Said.message("$3", Said.ALICE, "3"),
            Said.message("$4", Said.ME, "4"),
            Said.mention("$5", Said.ALICE, "5"),
            Said.hidden("$6", Said.BOB),
            Said.reaction("$7", Said.BOB, "$5", "+"),
            Said.message("$8", Said.BOB, "8"),
            Said.message("$9", Said.ALICE, "9"),
            Said.mention("$10", Said.BOB, "10"),
            Said.deletion("$11", Said.BOB, "$8"),
            Said.message("!other:x", "$1", Said.ALICE, "elsewhere", Said.AT));
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private Chat unread(@Nullable String message) {
    return hub.chats().markUnread(Grant.HUB, Said.CHAT, message);
  }

  private Chat read(@Nullable String message) {
    return hub.chats().markRead(Grant.HUB, Said.CHAT, message);
  }

  private String id(String key) {
    return hub.message(key).id().toString();
  }

  private void assertState(int unread, int mentions, boolean marked, @Nullable String lastRead) {
    assertState(hub.chat(), unread, mentions, marked, lastRead);
  }

  private void assertState(
      Chat chat, int unread, int mentions, boolean marked, @Nullable String lastRead) {
    assertEquals(unread, chat.read().unreadCount(), "unreadCount");
    assertEquals(mentions, chat.read().unreadMentions(), "unreadMentionsCount");
    assertEquals(marked, chat.read().markedUnread(), "isMarkedUnread");
    var last = chat.lastReadMessage();
    if (lastRead == null) {
      assertNull(last);
    } else {
      assertEquals(hub.message(lastRead).id(), last, "lastReadMessageSortKey");
    }
    long isUnread = hub.all(3).stream().filter(m -> m.isUnread()).count();
    assertEquals(unread, isUnread, "messages that are unread");
    long counted =
        hub.number(
            """
            SELECT count(*) FROM message m JOIN chat c ON c.id = m.chat
            WHERE c.id = 1 AND m.id > c.read_up_to AND m.flags & 28 = 0
            """);
    assertEquals(unread, counted, "recounted");
  }

  private Action told() {
    var call = hub.network.next();
    call.answer(new Outcome.Done(""));
    Eventually.holds("told", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    return call.action();
  }

  /** Nothing is queued and nothing was announced since. */
  private void assertNoChangeSince(long seq) {
    assertEquals(seq, hub.lastChange(), "changes");
    assertEquals(0, hub.number("SELECT count(*) FROM outbox"), "queued");
    assertEquals(0, hub.network.waiting(), "told");
  }

  @Test
  void atFirstWhatCameAfterOurOwnIsUnread() {
    assertState(3, 2, false, "$4");
  }

  @Test
  void flagAloneMovesNothing() {
    var answer = unread(null);
    assertState(answer, 3, 2, true, "$4");
    assertState(3, 2, true, "$4");
    assertEquals(new MarkUnread(Said.CHAT, null), told());
  }

  @Test
  void fromAMessageEverythingAfterItIsUnread() {
    read(null);
    told();
    assertState(0, 0, false, "$10");
    var answer = unread(id("$2"));
    assertState(answer, 5, 2, true, "$1");
    assertEquals(new MarkUnread(Said.CHAT, "$1"), told());
  }

  @Test
  void fromOurOwnMessageIsAllowedAndItDoesNotCount() {
    var answer = unread(id("$4"));
    assertState(answer, 3, 2, true, "$3");
    assertEquals(new MarkUnread(Said.CHAT, "$3"), told());
  }

  @Test
  void fromADeletedMessage() {
    read(null);
    told();
    var answer = unread(id("$8"));
    assertState(answer, 2, 1, true, "$5");
    // The reaction is the last event that stays read.
    assertEquals(new MarkUnread(Said.CHAT, "$7"), told());
  }

  @Test
  void fromTheFirstMessageNothingIsRead() {
    var answer = unread(id("$1"));
    assertState(answer, 6, 2, true, null);
    assertEquals(new MarkUnread(Said.CHAT, null), told());
  }

  @Test
  void neverForward() {
    unread(id("$2"));
    told();
    long seq = hub.lastChange();
    var answer = unread(id("$9"));
    assertState(answer, 5, 2, true, "$1");
    assertNoChangeSince(seq);
  }

  @Test
  void laterMessageThanTheMarkerOnlySetsTheFlag() {
    var answer = unread(id("$9"));
    assertState(answer, 3, 2, true, "$4");
    assertEquals(new MarkUnread(Said.CHAT, null), told());
  }

  @Test
  void fartherBackMovesAgain() {
    unread(id("$3"));
    told();
    var answer = unread(id("$2"));
    assertState(answer, 5, 2, true, "$1");
    assertEquals(new MarkUnread(Said.CHAT, "$1"), told());
  }

  @Test
  void again() {
    unread(id("$2"));
    told();
    long seq = hub.lastChange();
    unread(id("$2"));
    unread(null);
    unread("$2");
    assertNoChangeSince(seq);
    assertState(5, 2, true, "$1");
  }

  @Test
  void againWhileItIsStillBeingTold() {
    unread(id("$2"));
    var call = hub.network.next();
    long seq = hub.lastChange();
    unread(id("$2"));
    unread(null);
    assertEquals(seq, hub.lastChange());
    assertEquals(1, hub.number("SELECT count(*) FROM outbox"));
    call.answer(new Outcome.Done(""));
    Eventually.holds("told", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    assertEquals(0, hub.network.waiting());
  }

  @Test
  void oneChangeForEachGesture() {
    long seq = hub.lastChange();
    unread(id("$2"));
    assertEquals(java.util.List.of("chat"), hub.kindsAfter(seq));
    seq = hub.lastChange();
    read(null);
    assertEquals(java.util.List.of("chat"), hub.kindsAfter(seq));
  }

  @Test
  void newMessagesCountOnTop() {
    unread(id("$2"));
    told();
    hub.client().says(Said.mention("$12", Said.ALICE, "12"), Said.message("$13", Said.BOB, "13"));
    assertState(7, 3, true, "$1");
  }

  @Test
  void ownMessageAfterwardsReadsUpToItself() {
    unread(id("$2"));
    told();
    hub.client().says(Said.message("$12", Said.ME, "12"), Said.message("$13", Said.BOB, "13"));
    assertState(1, 0, true, "$12");
  }

  @Test
  void ownMessageFromHereReadsWhatStandsThere() {
    var pending = hub.send("hi");
    assertEquals(0, hub.chat().read().unreadCount());
    hub.client().says(Said.message("$12", Said.ALICE, "12"));
    assertEquals(1, hub.chat().read().unreadCount());
    hub.network.next();
    hub.client().says(Said.echo("$13", "hi", pending));
    assertState(0, 0, false, "$13");
  }

  @Test
  void markerMovedBackWhileOurMessageWaitsStands() {
    var pending = hub.send("hi");
    var call = hub.network.next();
    unread(id("$9"));
    assertEquals(2, hub.chat().read().unreadCount());
    hub.client().says(Said.echo("$13", "hi", pending));
    call.answer(new Outcome.Done("$13"));
    assertState(2, 1, true, "$8");
    assertEquals(new MarkUnread(Said.CHAT, "$8"), told());
  }

  @Test
  void everyFormOfIds() {
    var local = hub.chat().id().toString();
    hub.chats().markUnread(Grant.HUB, local, id("$3"));
    told();
    assertState(4, 2, true, "$2");
    hub.chats().markUnread(Grant.HUB, local, "$2");
    told();
    assertState(5, 2, true, "$1");
    hub.chats().markRead(Grant.HUB, local, "$5");
    told();
    assertState(2, 1, false, "$5");
  }

  @Test
  void pendingIdIsAnAliasOnceTheMessageIsThere() {
    var pending = hub.send("hi");
    assertNotFound(() -> unread(pending));
    assertNotFound(() -> read(pending));
    var call = hub.network.next();
    hub.client().says(Said.echo("$12", "hi", pending), Said.message("$13", Said.BOB, "13"));
    call.answer(new Outcome.Done("$12"));
    var answer = unread(pending);
    assertState(answer, 1, 0, true, "$10");
    assertEquals(new MarkUnread(Said.CHAT, "$11"), told());
    assertState(read(pending), 1, 0, false, "$12");
  }

  @Test
  void whatIsNotAMessageOfThisChatIsNotFound() {
    var foreign = hub.messages().get(Grant.HUB, "!other:x", "$1").id().toString();
    long seq = hub.lastChange();
    for (var id :
        java.util.List.of(
            foreign,
            "$99",
            "0",
            "-1",
            "99999999999999999999",
            "m1",
            "",
            " ",
            "$6",
            "$7",
            "$11",
            "' OR 1=1 --",
            "\u0000",
            "\ud83d\ude00")) {
      assertNotFound(() -> unread(id));
      assertNotFound(() -> read(id));
    }
    for (var chat : java.util.List.of("!no:x", "", "0", "99", "1 ", "1.0", "%")) {
      assertNotFound(() -> hub.chats().markUnread(Grant.HUB, chat, null));
      assertNotFound(() -> hub.chats().markRead(Grant.HUB, chat, null));
    }
    assertNoChangeSince(seq);
    assertState(3, 2, false, "$4");
  }

  private static void assertNotFound(org.junit.jupiter.api.function.Executable work) {
    var e = assertThrows(HubException.class, work);
    assertEquals(HubException.Reason.NOT_FOUND, e.reason());
    assertTrue(String.valueOf(e.getMessage()).contains("not found"), e.getMessage());
  }

  @Test
  void readsEverything() {
    unread(id("$1"));
    told();
    var answer = read(null);
    assertState(answer, 0, 0, false, "$10");
    assertEquals(new MarkRead(Said.CHAT, "$11"), told());
  }

  @Test
  void readsUpToAMessageInclusive() {
    var answer = read(id("$5"));
    assertState(answer, 2, 1, false, "$5");
    assertEquals(new MarkRead(Said.CHAT, "$5"), told());
    assertState(read(id("$9")), 1, 1, false, "$9");
    assertEquals(new MarkRead(Said.CHAT, "$9"), told());
  }

  @Test
  void readingNeverMovesBack() {
    read(null);
    told();
    long seq = hub.lastChange();
    var answer = read(id("$2"));
    assertState(answer, 0, 0, false, "$10");
    assertNoChangeSince(seq);
  }

  @Test
  void readingAnOlderMessageStillClearsTheFlag() {
    unread(null);
    told();
    var answer = read(id("$2"));
    assertState(answer, 3, 2, false, "$4");
    assertEquals(new MarkRead(Said.CHAT, "$4"), told());
  }

  @Test
  void readingTwiceIsNoChange() {
    read(null);
    told();
    long seq = hub.lastChange();
    read(null);
    read(id("$10"));
    assertNoChangeSince(seq);
  }

  @Test
  void chatWithoutMessages() {
    hub.client().says(Said.chat(dev.belfry.network.ChatUpdate.builder().title("x")));
    hub.client()
        .says(
            new dev.belfry.network.NetworkEvent.ChatChanged(
                "!empty:x", dev.belfry.network.ChatUpdate.builder().title("Empty").build()));
    var marked = hub.chats().markUnread(Grant.HUB, "!empty:x", null);
    assertTrue(marked.read().markedUnread());
    assertNull(marked.lastReadMessage());
    assertEquals(new MarkUnread("!empty:x", null), told());
    assertFalse(hub.chats().markRead(Grant.HUB, "!empty:x", null).read().markedUnread());
    assertEquals(new MarkRead("!empty:x", null), told());
    long seq = hub.lastChange();
    hub.chats().markRead(Grant.HUB, "!empty:x", null);
    assertNoChangeSince(seq);
  }

  @Test
  void survivesRestartAndDeath() throws Exception {
    unread(id("$2"));
    told();
    hub.restart();
    assertState(5, 2, true, "$1");
    hub.crash();
    assertState(5, 2, true, "$1");
    read(id("$5"));
    hub.network.next();
    hub.crash();
    assertState(2, 1, false, "$5");
    assertEquals(new MarkRead(Said.CHAT, "$5"), told(), "is told after all");
  }

  @Test
  void isToldOnceTheNetworkIsBack() {
    hub.breakLink();
    unread(id("$2"));
    read(null);
    unread(id("$9"));
    assertEquals(1, hub.number("SELECT count(*) FROM outbox"));
    hub.reconnected();
    assertEquals(new MarkUnread(Said.CHAT, "$8"), told());
    assertEquals(0, hub.network.waiting(), "only the last word");
  }

  @Test
  void whatChangesWhileItIsToldIsToldAgain() {
    unread(id("$2"));
    var first = hub.network.next();
    read(null);
    first.answer(new Outcome.Done(""));
    assertEquals(new MarkRead(Said.CHAT, "$11"), told());
    assertState(0, 0, false, "$10");
  }

  @Test
  void flagAfterAMoveThatIsNotToldYetStillTellsTheMove() {
    hub.breakLink();
    unread(id("$2"));
    hub.chats().markRead(Grant.HUB, Said.CHAT, "$1");
    unread(null);
    hub.reconnected();
    assertEquals(new MarkUnread(Said.CHAT, "$1"), told());
  }

  @Test
  void networkThatKnowsNoSuchThing() {
    unread(id("$2"));
    hub.network.next().answer(new Outcome.Unsupported());
    Eventually.holds("let be", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    assertState(5, 2, true, "$1");
    read(null);
    hub.network.next().answer(new Outcome.Rejected("forbidden", "No.", false));
    Eventually.holds("let be", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    assertState(0, 0, false, "$10");
  }

  @Test
  void deletionAboveTheMarkerCountsDown() {
    unread(id("$1"));
    told();
    hub.client().says(Said.deletion("$12", Said.ALICE, "$5"), Said.deletion("$13", Said.ME, "$4"));
    assertState(5, 1, true, null);
    hub.client().says(Said.deletion("$14", Said.ALICE, "$3"));
    assertState(4, 1, true, null);
  }

  @Test
  void revealedMentionCounts() {
    unread(id("$9"));
    told();
    var content =
        dev.belfry.model.MessageContent.text("9")
            .withMentions(java.util.List.of(Said.ME.value()), true);
    hub.client().says(Said.revealed("$9", content));
    assertState(3, 3, true, "$4");
  }
}
