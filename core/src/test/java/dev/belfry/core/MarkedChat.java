package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.Chat;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.network.Action;
import dev.belfry.network.Outcome;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A chat that is marked unread and read. It holds, in this order: $1 to $3 of others, $4 of ours,
 * $5 that mentions us, $6 hidden, $7 a reaction, $8 deleted, $9 and $10 of others.
 */
abstract class MarkedChat {
  @TempDir Path temp;
  TestHub hub;

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

  Chat unread(@Nullable String message) {
    return hub.chats().markUnread(Grant.HUB, Said.CHAT, message);
  }

  Chat read(@Nullable String message) {
    return hub.chats().markRead(Grant.HUB, Said.CHAT, message);
  }

  String id(String key) {
    return hub.message(key).id().toString();
  }

  void assertState(int unread, int mentions, boolean marked, @Nullable String lastRead) {
    assertState(hub.chat(), unread, mentions, marked, lastRead);
  }

  void assertState(Chat chat, int unread, int mentions, boolean marked, @Nullable String lastRead) {
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
            WHERE c.network_key = '!chat:x' AND m.id > c.read_up_to AND m.flags & 28 = 0
            """);
    assertEquals(unread, counted, "recounted");
  }

  Action told() {
    var call = hub.network.next();
    call.answer(new Outcome.Done(""));
    Eventually.holds("told", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    return call.action();
  }

  /** Nothing is queued and nothing was announced since. */
  void assertNoChangeSince(long seq) {
    assertEquals(seq, hub.lastChange(), "changes");
    assertEquals(0, hub.number("SELECT count(*) FROM outbox"), "queued");
    assertEquals(0, hub.network.waiting(), "told");
  }

  static void assertNotFound(org.junit.jupiter.api.function.Executable work) {
    var e = assertThrows(HubException.class, work);
    assertEquals(HubException.Reason.NOT_FOUND, e.reason());
    assertTrue(String.valueOf(e.getMessage()).contains("not found"), e.getMessage());
  }
}
