package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belfry.network.Action.MarkRead;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Marking read: what it does here. */
@Tag("hub")
class ReadTest extends MarkedChat {
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
}
