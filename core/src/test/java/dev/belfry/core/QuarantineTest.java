package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.belfry.model.HubException;
import dev.belfry.model.MessageContent;
import dev.belfry.network.NetworkEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be stored is put aside and holds nothing up. */
@Tag("hub")
class QuarantineTest {
  /** No number of milliseconds. */
  private static final Instant UNSTORABLE = Instant.MAX;

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

  private static NetworkEvent bad(String chat, String key) {
    return Said.message(chat, key, Said.BOB, "bad", UNSTORABLE);
  }

  @Test
  void restOfTheBatchIsStored() {
    hub.client()
        .says(
            Said.message("$1", Said.ALICE, "a"),
            bad(Said.CHAT, "$2"),
            new NetworkEvent.MessageRevealed("", "$1", MessageContent.text("x")),
            Said.message("$3", Said.ALICE, "c"));
    assertEquals(List.of("a", "c"), hub.bodies());
    assertEquals(2, hub.number("SELECT count(*) FROM quarantine WHERE reason <> ''"));
    assertEquals(2, hub.chat().read().unreadCount());
  }

  @Test
  void chatThatOnlyAFailingEventNamedDoesNotComeToBe() {
    long seq = hub.lastChange();
    hub.client().says(bad("!new:x", "$1"), Said.message("$2", Said.ALICE, "a"));
    assertThrows(
        HubException.class, () -> hub.chats().get(dev.belfry.model.Grant.HUB, "!new:x", 0));
    assertEquals(List.of("message", "chat"), hub.kindsAfter(seq));
  }

  @Test
  void gapBeforeAFailingEventIsKept() {
    hub.client().says(Said.message("$1", Said.ALICE, "a"));
    hub.network.page("t", null, Said.message("$2", Said.ALICE, "b"));
    hub.client().says(Said.gap("t"), bad(Said.CHAT, "$3"), Said.message("$4", Said.ALICE, "d"));
    Eventually.holds("the gap is filled", () -> hub.bodies().equals(List.of("a", "b", "d")));
  }

  @Test
  void failingEventOfAHistoryPageDoesNotHoldUpThePage() {
    hub.network.page(
        "t",
        null,
        Said.message("$1", Said.ALICE, "a"),
        bad(Said.CHAT, "$2"),
        Said.message("$3", Said.BOB, "c"));
    hub.client().says(Said.gap("t"), Said.message("$4", Said.ALICE, "d"));
    Eventually.holds("the gap is filled", () -> hub.bodies().equals(List.of("a", "c", "d")));
    assertEquals(1, hub.number("SELECT count(*) FROM quarantine"));
  }
}
