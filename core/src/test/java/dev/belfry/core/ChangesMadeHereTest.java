package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Field;
import dev.belfry.model.ChatPatch;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.MessageQuery;
import dev.belfry.model.PageRequest;
import dev.belfry.model.Reminder;
import dev.belfry.network.Action;
import dev.belfry.network.NetworkEvent.Reacted;
import dev.belfry.network.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is changed here shows at once, is told to the network, and is undone if that refuses. */
@Tag("hub")
class ChangesMadeHereTest {
  private static final Outcome REFUSED = new Outcome.Rejected("forbidden", "No.", false);

  @TempDir Path root;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = TestHub.connected(root);
    hub.client()
        .says(
            Said.message("$hers", Said.ALICE, "how are you"),
            Said.message("$mine", Said.ME, "fine thanks"));
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private String body(String key) {
    return hub.message(key).content().body();
  }

  private List<String> found(String words) {
    return hub
        .hub()
        .search()
        .messages(Grant.HUB, MessageQuery.of(words), PageRequest.newest(20))
        .page()
        .items()
        .stream()
        .map(message -> message.content().body())
        .toList();
  }

  @Test
  void anEditShowsAtOnceAndIsFoundByItsNewWords() {
    hub.messages().edit(Grant.HUB, Said.CHAT, "$mine", "very well");
    assertEquals("very well", body("$mine"));
    assertEquals(List.of("very well"), found("well"));
    assertEquals(List.of(), found("thanks"));
    var call = hub.network.next();
    assertEquals("$mine", assertInstanceOf(Action.EditMessage.class, call.action()).targetKey());
    call.answer(new Outcome.Done("$edit"));
    hub.client().says(Said.edit("$edit", Said.ME, "$mine", "very well"));
    assertEquals("very well", body("$mine"));
  }

  @Test
  void aRefusedEditIsUndone() {
    hub.messages().edit(Grant.HUB, Said.CHAT, "$mine", "very well");
    hub.network.next().answer(REFUSED);
    Eventually.holds("undone", () -> body("$mine").equals("fine thanks"));
    assertNull(hub.message("$mine").editedTimestamp());
    assertEquals(List.of("fine thanks"), found("thanks"));
  }

  @Test
  void anEditMadeHereMayBeTakenBackElsewhere() {
    hub.messages().edit(Grant.HUB, Said.CHAT, "$mine", "secret");
    hub.network.next().answer(new Outcome.Done("$edit"));
    Eventually.holds("told", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    hub.client().says(Said.edit("$edit", Said.ME, "$mine", "secret"));
    hub.client().says(Said.deletion("$back", Said.ME, "$edit"));
    assertEquals("fine thanks", body("$mine"));
    assertEquals(List.of(), found("secret"));
  }

  @Test
  void aRefusedEditOfWhatWasTakenBackMeanwhileBringsNothingBack() {
    hub.client().says(Said.edit("$edit", Said.ME, "$mine", "secret"));
    hub.messages().edit(Grant.HUB, Said.CHAT, "$mine", "very well");
    var call = hub.network.next();
    hub.client().says(Said.deletion("$back", Said.ME, "$edit"));
    assertEquals("very well", body("$mine"));
    call.answer(REFUSED);
    Eventually.holds("undone", () -> body("$mine").equals("fine thanks"));
    assertNull(hub.message("$mine").editedTimestamp());
  }

  @Test
  void aRefusedDeletionIsUndoneWithItsCount() {
    assertEquals(0, hub.chat().read().unreadCount());
    hub.chats().markUnread(Grant.HUB, Said.CHAT, "$hers");
    var told = hub.network.next();
    assertInstanceOf(Action.MarkUnread.class, told.action());
    told.answer(new Outcome.Done(""));
    assertEquals(1, hub.chat().read().unreadCount());
    hub.network.answerAll(
        action -> action instanceof Action.DeleteMessage ? REFUSED : new Outcome.Done(""));
    hub.messages().delete(Grant.HUB, Said.CHAT, "$hers", true);
    Eventually.holds("undone", () -> !hub.message("$hers").isDeleted());
    assertEquals("how are you", body("$hers"));
    assertEquals(1, hub.chat().read().unreadCount());
    assertEquals(List.of("how are you"), found("how"));
  }

  @Test
  void aReactionIsOneHoweverItsEchoComes() {
    hub.hub().reactions().add(Grant.HUB, Said.CHAT, "$hers", "👍", "t1");
    hub.hub().reactions().add(Grant.HUB, Said.CHAT, "$hers", "👍", null);
    var call = hub.network.next();
    var react = assertInstanceOf(Action.React.class, call.action());
    hub.client()
        .says(
            new Reacted(
                Said.CHAT,
                "$r",
                Said.ME,
                true,
                "$hers",
                "👍",
                true,
                null,
                Said.AT,
                react.transaction()));
    call.answer(new Outcome.Done("$r"));
    assertEquals(1, hub.message("$hers").reactions().size());
    hub.hub().reactions().remove(Grant.HUB, Said.CHAT, "$hers", "👍");
    assertEquals(List.of(), hub.message("$hers").reactions());
    var taken = assertInstanceOf(Action.Unreact.class, hub.network.next().action());
    assertEquals("$r", taken.reactionKey());
  }

  @Test
  void aRefusedReactionGoes() {
    hub.hub().reactions().add(Grant.HUB, Said.CHAT, "$hers", "👍", null);
    assertEquals(1, hub.message("$hers").reactions().size());
    hub.network.next().answer(REFUSED);
    Eventually.holds("gone", () -> hub.message("$hers").reactions().isEmpty());
  }

  @Test
  void aRefusedTitleIsUndoneAndAFlagStands() {
    var before = hub.chat().title();
    hub.network.answerAll(_ -> REFUSED);
    var patch =
        new ChatPatch(
            Field.of("Renamed"),
            Field.absent(),
            Field.absent(),
            null,
            null,
            true,
            null,
            Field.absent(),
            Field.absent());
    assertEquals("Renamed", hub.chats().update(Grant.HUB, Said.CHAT, patch).title());
    Eventually.holds("undone", () -> hub.chat().title().equals(before));
    assertTrue(hub.chat().flags().muted());
  }

  @Test
  void aReminderRaisesItsChatOnce() {
    hub.network.answerAll(_ -> new Outcome.Done(""));
    var at = hub.clock.instant().plus(Duration.ofHours(1));
    hub.hub().reminders().set(Grant.HUB, Said.CHAT, new Reminder(at, false));
    assertFalse(hub.chat().read().markedUnread());
    hub.advance(Duration.ofHours(2));
    Eventually.holds("it fired", () -> hub.chat().read().markedUnread());
    assertNull(hub.chat().reminder());
    hub.chats().markRead(Grant.HUB, Said.CHAT, null);
    hub.restart();
    assertFalse(hub.chat().read().markedUnread());
  }

  @Test
  void aReminderThatCameDueWhileNobodyRanFiresAtTheStart() {
    hub.network.answerAll(_ -> new Outcome.Done(""));
    var at = hub.clock.instant().plus(Duration.ofHours(1));
    hub.hub().reminders().set(Grant.HUB, Said.CHAT, new Reminder(at, false));
    hub.hub().close();
    hub.clock.advance(Duration.ofHours(2));
    hub.restart();
    Eventually.holds("it fired", () -> hub.chat().read().markedUnread());
  }

  @Test
  void aReminderThatTheStoreCouldNotTakeFiresOnceItCan() {
    hub.network.answerAll(_ -> new Outcome.Done(""));
    var at = hub.clock.instant().plus(Duration.ofHours(1));
    hub.hub().reminders().set(Grant.HUB, Said.CHAT, new Reminder(at, false));
    hub.alter(
        "CREATE TRIGGER fault BEFORE UPDATE ON chat BEGIN SELECT RAISE(ABORT, 'no room'); END");
    try (var warnings = new Warnings(Reminders.class)) {
      hub.advance(Duration.ofHours(2));
      Eventually.holds("it was tried", () -> warnings.count() > 0);
    }
    assertFalse(hub.chat().read().markedUnread());
    hub.alter("DROP TRIGGER fault");
    Eventually.holds(
        "it fired",
        () -> {
          hub.advance(Duration.ofMinutes(1));
          return hub.chat().read().markedUnread();
        });
  }

  @Test
  void somebodyWritingDismissesAReminderThatSaysSo() {
    var at = hub.clock.instant().plus(Duration.ofHours(1));
    hub.hub().reminders().set(Grant.HUB, Said.CHAT, new Reminder(at, true));
    hub.client().says(Said.message("$more", Said.ALICE, "there you are"));
    assertNull(hub.chat().reminder());
    assertThrows(
        HubException.class,
        () -> hub.hub().reminders().set(Grant.HUB, Said.CHAT, new Reminder(Said.AT, true)));
  }
}
