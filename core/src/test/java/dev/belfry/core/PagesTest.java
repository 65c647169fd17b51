package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.PageRequest;
import dev.belfry.model.PageRequest.Direction;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pages of messages and of chats, both ways and with messages that wait. */
@Tag("hub")
class PagesTest extends Paged {
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
    hub.clock.advance(java.time.Duration.ofMillis(1));
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
