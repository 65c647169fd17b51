package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.Grant;
import dev.belfry.network.Action.MarkRead;
import dev.belfry.network.Action.MarkUnread;
import dev.belfry.network.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Marking unread: what it does here. */
@Tag("hub")
class UnreadTest extends MarkedChat {
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
