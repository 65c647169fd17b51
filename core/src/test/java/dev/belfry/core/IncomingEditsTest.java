package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.Grant;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageQuery;
import dev.belfry.model.PageRequest;
import dev.belfry.network.NetworkEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits and deletions that a network tells of, and edits that it takes back. Each comes twice. */
@Tag("hub")
class IncomingEditsTest {
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

  private void says(NetworkEvent... batch) {
    hub.saysTwice(batch);
  }

  @Test
  void editChangesTheTextAndNotThePlace() {
    says(Said.message("$1", Said.ALICE, "helo"), Said.message("$2", Said.BOB, "yes"));
    var before = hub.message("$1");
    long seq = hub.lastChange();
    hub.advance(Duration.ofSeconds(5));
    says(Said.edit("$3", Said.ALICE, "$1", "hello"));
    var after = hub.message("$1");
    assertEquals("hello", after.content().body());
    assertEquals(before.id(), after.id());
    assertEquals(Said.AT, after.editedTimestamp());
    assertEquals(List.of("hello", "yes"), hub.bodies());
    assertEquals(List.of("message", "chat"), hub.kindsAfter(seq));
    says(Said.edit("$4", Said.ALICE, "$1", "hello!"));
    assertEquals("hello!", hub.message("$1").content().body());
    assertEquals(2, hub.chat().read().unreadCount());
  }

  @Test
  void editThatWasTakenBackLeavesNothing() {
    says(Said.message("$1", Said.ALICE, "first words"));
    says(Said.edit("$2", Said.ALICE, "$1", "secret words"));
    long seq = hub.lastChange();
    says(Said.deletion("$3", Said.ALICE, "$2"));
    assertEquals("first words", hub.message("$1").content().body());
    assertNull(hub.message("$1").editedTimestamp());
    assertEquals(List.of("message", "chat"), hub.kindsAfter(seq));
    assertEquals(0, found("secret"));
    assertEquals(1, found("first"));
    assertEquals(0, hub.number("SELECT count(*) FROM message WHERE body LIKE '%secret%'"));
    says(Said.edit("$4", Said.ALICE, "$1", "last words"));
    assertEquals("last words", hub.message("$1").content().body());
    says(Said.deletion("$5", Said.ALICE, "$1"));
    assertEquals(0, hub.number("SELECT count(*) FROM original"));
  }

  private int found(String word) {
    return hub.hub()
        .search()
        .messages(Grant.HUB, MessageQuery.of(word), PageRequest.newest(5))
        .page()
        .items()
        .size();
  }

  @Test
  void newestEditThatStandsIsShown() {
    says(
        Said.message("$1", Said.ALICE, "first"),
        Said.edit(Said.CHAT, "$2", Said.ALICE, "$1", "second", Said.AT.plusSeconds(1)),
        Said.edit(Said.CHAT, "$3", Said.ALICE, "$1", "third", Said.AT.plusSeconds(2)),
        Said.edit(Said.CHAT, "$4", Said.ALICE, "$1", "fourth", Said.AT.plusSeconds(3)));
    says(Said.deletion("$5", Said.ALICE, "$3"));
    assertEquals("fourth", hub.message("$1").content().body());
    says(Said.deletion("$6", Said.ALICE, "$4"));
    assertEquals("second", hub.message("$1").content().body());
    assertEquals(Said.AT.plusSeconds(1), hub.message("$1").editedTimestamp());
    says(Said.deletion("$7", Said.ALICE, "$2"));
    assertEquals("first", hub.message("$1").content().body());
  }

  @Test
  void editThatWasToldOutOfItsPlaceIsTakenBackToo() {
    says(
        Said.message("$1", Said.ALICE, "first"),
        Said.hidden("$2", Said.ALICE),
        Said.edit("$2/apart", Said.ALICE, "$1", "secret"),
        Said.deletion("$3", Said.ALICE, "$2"));
    assertEquals("first", hub.message("$1").content().body());
    says(
        Said.deletion("$5", Said.ALICE, "$4"),
        Said.edit("$4/apart", Said.ALICE, "$1", "secret too"));
    assertEquals("first", hub.message("$1").content().body());
  }

  @Test
  void placeholderWhoseEditWasTakenBackShowsWhatItStoodFor() {
    says(
        Said.message(Said.CHAT, "$1", Said.ALICE, MessageContent.notice("Waiting", false), Said.AT),
        Said.edit("$2", Said.ALICE, "$1", "second"));
    hub.client().says(Said.revealed("$1", MessageContent.text("first")));
    says(Said.deletion("$3", Said.ALICE, "$2"));
    assertEquals("first", hub.message("$1").content().body());
    assertNull(hub.message("$1").editedTimestamp());
  }

  /** Of a message that was edited in a file that did not keep what it said before. */
  @Test
  void whatWasTakenBackGoesEvenIfNothingElseIsKnown() {
    says(Said.message("$1", Said.ALICE, "first"), Said.edit("$2", Said.ALICE, "$1", "secret"));
    hub.alter("DELETE FROM original");
    says(Said.deletion("$3", Said.ALICE, "$2"));
    assertEquals("", hub.message("$1").content().body());
  }

  @Test
  void editOfSomebodyElsesMessageIsDropped() {
    says(Said.message("$1", Said.ALICE, "a"));
    says(Said.edit("$2", Said.BOB, "$1", "forged"));
    assertEquals("a", hub.message("$1").content().body());
    assertNull(hub.message("$1").editedTimestamp());
  }

  @Test
  void deletionLeavesThePlaceAndTakesTheText() {
    says(
        Said.message("$1", Said.ALICE, "secret"),
        Said.edit("$2", Said.ALICE, "$1", "secret too"),
        Said.message("$3", Said.BOB, "b"));
    var id = hub.message("$1").id();
    long seq = hub.lastChange();
    says(Said.deletion("$4", Said.ALICE, "$1"));
    var gone = hub.message("$1");
    assertTrue(gone.isDeleted());
    assertEquals("", gone.content().body());
    assertEquals(id, gone.id());
    assertEquals(List.of("", "b"), hub.bodies());
    assertEquals(1, hub.chat().read().unreadCount());
    assertEquals(List.of("message deleted", "chat"), hub.kindsAfter(seq));
    assertEquals(0, hub.number("SELECT count(*) FROM message WHERE body LIKE '%secret%'"));
    says(Said.edit("$5", Said.ALICE, "$1", "secret again"));
    assertEquals(0, hub.number("SELECT count(*) FROM message WHERE body LIKE '%secret%'"));
  }

  @Test
  void mentionDeletedIsNoLongerCounted() {
    says(Said.mention("$1", Said.ALICE, "you"));
    assertEquals(1, hub.chat().read().unreadMentions());
    says(Said.deletion("$2", Said.ALICE, "$1"));
    assertEquals(0, hub.chat().read().unreadMentions());
    assertEquals(0, hub.chat().read().unreadCount());
  }
}
