package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belfry.model.Grant;
import dev.belfry.network.Action.MarkRead;
import dev.belfry.network.Action.MarkUnread;
import dev.belfry.network.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a network is told of the read state. */
@Tag("hub")
class ReadStateToldTest extends MarkedChat {
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
  void whatWasToldOutOfItsPlaceIsNoPlaceToReadUpTo() {
    hub.client().says(Said.hidden("$e", Said.ALICE), Said.message("$newest", Said.ALICE, "newest"));
    hub.client().says(Said.edit("$e/apart", Said.ALICE, "$2", "edited, and read late"));
    read(null);
    var call = hub.network.next();
    assertEquals(new MarkRead(Said.CHAT, "$newest"), call.action());
    call.answer(new Outcome.Done(""));
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
}
