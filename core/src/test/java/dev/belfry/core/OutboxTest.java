package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.Delivery;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.network.Action;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How what is queued is carried out: in order, again where that is safe, and no further. */
@Tag("hub")
class OutboxTest {
  private static final String OTHER = "!other:x";

  @TempDir Path temp;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = TestHub.connected(temp);
    hub.client()
        .says(
            Said.message("$1", Said.ALICE, "a"), Said.message(OTHER, "$1", Said.BOB, "b", Said.AT));
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private String send(String chat, String text) {
    return hub.messages()
        .send(Grant.HUB, chat, new Messages.NewMessage(text, null, List.of()))
        .pendingId();
  }

  private void awaitEmpty() {
    Eventually.holds("all done", () -> hub.number("SELECT count(*) FROM outbox") == 0);
  }

  private Delivery.Failed failure(String pending) {
    Eventually.holds(
        "given up",
        () -> hub.number("SELECT count(*) FROM outbox WHERE pending_id = '" + pending + "'") == 0);
    return assertInstanceOf(Delivery.Failed.class, hub.message(pending).delivery());
  }

  @Test
  void messagesOfAChatGoInOrder() {
    var first = hub.send("1");
    var second = hub.send("2");
    var call = hub.network.next();
    assertEquals(first, call.send().transaction());
    assertEquals(0, hub.network.waiting(), "the second waits for the first");
    call.answer(new Outcome.Done("$2"));
    assertEquals(second, hub.network.next().send().transaction());
  }

  @Test
  void slowChatHoldsUpNoOther() {
    hub.send("slow");
    var slow = hub.network.next();
    var quick = send(OTHER, "quick");
    var call = hub.network.next();
    assertEquals(OTHER, call.action().chatKey());
    call.answer(new Outcome.Done("$2"));
    hub.client().says(Said.message(OTHER, "$2", Said.ME, "quick", Said.AT));
    Eventually.holds(
        "the quick one is done",
        () -> hub.number("SELECT count(*) FROM message WHERE pending_id = '" + quick + "'") == 1);
    slow.answer(new Outcome.Done("$3"));
  }

  @Test
  void manySlowChatsHoldUpNoOther() {
    var slow = new ArrayList<ScriptedNetwork.Call>();
    for (int i = 0; i < 20; i++) {
      var chat = "!slow" + i + ":x";
      hub.client().says(Said.message(chat, "$1", Said.BOB, "b", Said.AT));
      send(chat, "slow");
      slow.add(hub.network.next());
    }
    hub.send("quick");
    var call = hub.network.next();
    assertEquals(Said.CHAT, call.action().chatKey());
    call.answer(new Outcome.Done("$2"));
    slow.forEach(waiting -> waiting.answer(new Outcome.Rejected("no", "No.", false)));
  }

  @Test
  void retryKeepsTheTransactionAndTheTimeAsked() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.RetryLater(Duration.ofSeconds(30), "slow down"));
    Eventually.holds(
        "postponed", () -> hub.number("SELECT count(*) FROM outbox WHERE not_before > 0") == 1);
    hub.advance(Duration.ofSeconds(29));
    assertEquals(0, hub.network.waiting());
    hub.advance(Duration.ofSeconds(2));
    var again = hub.network.next();
    assertEquals(pending, again.send().transaction());
    again.answer(new Outcome.Done("$2"));
    hub.client().says(Said.echo("$2", "hi", pending));
    awaitEmpty();
    assertEquals(List.of("a", "hi"), hub.bodies());
  }

  @Test
  void pausesGrowWhereTheNetworkNamesNone() {
    hub.send("hi");
    long last = 0;
    for (int i = 0; i < 6; i++) {
      hub.network.next().answer(new Outcome.RetryLater(Duration.ZERO, "down"));
      int attempts = i + 1;
      Eventually.holds(
          "postponed",
          () ->
              hub.number("SELECT not_before FROM outbox WHERE attempts = " + attempts)
                  > hub.clock.instant().toEpochMilli());
      long wait = hub.number("SELECT not_before FROM outbox") - hub.clock.instant().toEpochMilli();
      assertTrue(wait > last, wait + " after " + last);
      last = wait;
      hub.advance(Duration.ofMillis(wait));
    }
    hub.network.next();
  }

  @Test
  void networkThatKnowsNoRepeatsIsAskedAgainWhereNothingWasSent() {
    hub.network.setDevice("");
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.RetryLater(Duration.ofSeconds(1), "not connected"));
    Eventually.holds(
        "postponed", () -> hub.number("SELECT count(*) FROM outbox WHERE not_before > 0") == 1);
    hub.advance(Duration.ofSeconds(2));
    assertEquals(pending, hub.network.next().send().transaction());
  }

  @Test
  void linkBreaksWhileSendingAndTheSameDeviceTriesAgain() {
    var pending = hub.send("hi");
    hub.network.next();
    hub.breakLink();
    var client = hub.reconnected();
    var again = hub.network.next();
    assertEquals(pending, again.send().transaction());
    again.answer(new Outcome.Done("$2"));
    client.says(Said.echo("$2", "hi", pending));
    awaitEmpty();
    assertEquals(List.of("a", "hi"), hub.bodies());
  }

  @Test
  void anotherDeviceDoesNotRepeatWhatMayHaveBeenSent() {
    var pending = hub.send("hi");
    hub.network.next();
    hub.breakLink();
    hub.network.setDevice("DEVICE2");
    hub.reconnected();
    var failed = failure(pending);
    assertEquals("may_have_been_sent", failed.reason());
    assertTrue(failed.retryable());
    assertEquals(0, hub.network.waiting());
    assertEquals(List.of("a", "hi"), hub.bodies());
  }

  @Test
  void networkThatKnowsNoRepeatsIsNotAskedAgain() {
    hub.network.setDevice("");
    var pending = hub.send("hi");
    hub.network.next();
    hub.breakLink();
    hub.reconnected();
    assertEquals("may_have_been_sent", failure(pending).reason());
  }

  @Test
  void anotherDeviceSendsWhatWasNeverTried() {
    hub.breakLink();
    hub.network.setDevice("DEVICE2");
    var pending = hub.send("hi");
    hub.reconnected();
    assertEquals(pending, hub.network.next().send().transaction());
  }

  @Test
  void refusalIsShown() {
    var pending = hub.send("hi");
    long seq = hub.lastChange();
    hub.network.next().answer(new Outcome.Rejected("forbidden", "You were banned.", false));
    var failed = failure(pending);
    assertEquals("forbidden", failed.reason());
    assertEquals("You were banned.", failed.message());
    assertEquals(false, failed.retryable());
    assertEquals(List.of("message alias", "chat"), hub.kindsAfter(seq));
    assertNull(hub.message(pending).networkKey());
    assertEquals(
        1,
        hub.number("SELECT unread FROM chat WHERE network_key <> '!chat:x'"),
        "the other chat's count");
  }

  @Test
  void unsupportedSendIsARefusal() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.Unsupported());
    assertEquals("unsupported", failure(pending).reason());
  }

  @Test
  void connectorThatThrowsIsLeftAloneForAWhile() {
    var thrown = new CopyOnWriteArrayList<Action>();
    hub.network.answerAll(action -> {
      thrown.add(action);
      throw new IllegalStateException("a fault of the connector");
    });
    var pending = hub.send("hi");
    Eventually.holds("tried", () -> thrown.size() == 1);
    hub.advance(Duration.ofSeconds(20));
    var other = send(OTHER, "other");
    Eventually.holds("the other is tried", () -> thrown.size() == 2);
    assertEquals(OTHER, thrown.get(1).chatKey());
    hub.network.answerAll(null);
    // In small steps: a message that nobody took for a day is given up.
    hub.passUntil("both are tried again", Duration.ofSeconds(1), () -> hub.network.waiting() == 2);
    var first = hub.network.next().send().transaction();
    var second = hub.network.next().send().transaction();
    assertEquals(Set.of(pending, other), Set.of(first, second));
  }

  @Test
  void messageThatNobodyTakesForADayIsGivenUp() {
    hub.network.answerAll(_ -> new Outcome.RetryLater(Duration.ofHours(2), "busy"));
    var pending = hub.send("hi");
    for (int i = 0; i < 13; i++) {
      Eventually.holds(
          "postponed",
          () ->
              hub.number(
                      "SELECT count(*) FROM outbox WHERE not_before <= "
                          + hub.clock.instant().toEpochMilli())
                  == 0);
      hub.advance(Duration.ofHours(2));
    }
    assertEquals("timeout", failure(pending).reason());
  }

  @Test
  void stateThatIsNotTakenHoldsNoMessageUp() {
    hub.chats().markRead(Grant.HUB, Said.CHAT, null);
    hub.network.next().answer(new Outcome.RetryLater(Duration.ofHours(1), "busy"));
    Eventually.holds(
        "postponed", () -> hub.number("SELECT count(*) FROM outbox WHERE not_before > 0") == 1);
    var pending = hub.send("hi");
    assertEquals(pending, hub.network.next().send().transaction());
  }

  @Test
  void stateThatIsNotTakenForADayIsNotToldAnyMore() {
    hub.network.answerAll(_ -> new Outcome.RetryLater(Duration.ofHours(25), "busy"));
    hub.chats().archive(Grant.HUB, Said.CHAT, true);
    Eventually.holds(
        "postponed", () -> hub.number("SELECT count(*) FROM outbox WHERE not_before > 0") == 1);
    hub.advance(Duration.ofHours(26));
    awaitEmpty();
    assertTrue(hub.chat().flags().archived());
  }

  @Test
  void archiveIsToldOnceAndInItsLastState() {
    hub.chats().archive(Grant.HUB, Said.CHAT, true);
    var call = hub.network.next();
    assertEquals(new Action.SetFlag(Said.CHAT, Action.Flag.ARCHIVED, true), call.action());
    long seq = hub.lastChange();
    hub.chats().archive(Grant.HUB, Said.CHAT, true);
    assertEquals(seq, hub.lastChange(), "no change");
    hub.chats().archive(Grant.HUB, Said.CHAT, false);
    call.answer(new Outcome.Done(""));
    var last = hub.network.next();
    assertEquals(new Action.SetFlag(Said.CHAT, Action.Flag.ARCHIVED, false), last.action());
    last.answer(new Outcome.Unsupported());
    awaitEmpty();
    assertEquals(false, hub.chat().flags().archived(), "stands here all the same");
  }

  @Test
  void whatTheNetworkHasNotHeardYetItDoesNotUndo() {
    hub.chats().archive(Grant.HUB, Said.CHAT, true);
    var call = hub.network.next();
    hub.client().says(Said.chat(ChatUpdate.builder().archived(false).muted(true)));
    assertTrue(hub.chat().flags().archived());
    assertTrue(hub.chat().flags().muted());
    call.answer(new Outcome.Done(""));
    awaitEmpty();
    hub.client().says(Said.chat(ChatUpdate.builder().archived(false)));
    assertEquals(false, hub.chat().flags().archived());
  }

  @Test
  void whereNothingCanBeSentNothingIsQueued() {
    hub.client().says(Said.chat(ChatUpdate.builder().sendRefusal("It is encrypted.")));
    var e = assertThrows(HubException.class, () -> hub.send("hi"));
    assertEquals(HubException.Reason.UNPROCESSABLE, e.reason());
    assertEquals("It is encrypted.", e.getMessage());
    hub.client().says(Said.chat(ChatUpdate.builder().sendRefusal(null).readOnly(true)));
    assertEquals("READ_ONLY", assertThrows(HubException.class, () -> hub.send("hi")).code());
    var few = dev.belfry.api.Capabilities.builder().maxTextLength(3L).build();
    hub.client().says(Said.chat(ChatUpdate.builder().readOnly(false).capabilities(few)));
    assertEquals("TEXT_TOO_LONG", assertThrows(HubException.class, () -> hub.send("1234")).code());
    assertEquals(0, hub.number("SELECT count(*) FROM outbox"));
    hub.send("\ud83d\ude00\ud83d\ude00\ud83d\ude00");
    assertEquals(1, hub.number("SELECT count(*) FROM outbox"));
  }

  @Test
  void nothingIsTriedBeforeTheHubIsStarted() throws Exception {
    hub.close();
    hub = TestHub.empty(java.nio.file.Files.createDirectory(temp.resolve("other")));
    hub.addAccount(Said.ME.value());
    assertEquals(0, hub.network.waiting());
    assertEquals(false, hub.network.isRunning(TestHub.ACCOUNT));
  }
}
