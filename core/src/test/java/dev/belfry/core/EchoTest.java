package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.Change;
import dev.belfry.model.Delivery;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Message;
import dev.belfry.model.PageRequest;
import dev.belfry.network.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A message of ours: from pending to its final id and place, in every order of the network's words.
 */
@Tag("hub")
class EchoTest {
  @TempDir Path temp;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = TestHub.connected(temp);
    hub.client().says(Said.message("$1", Said.ALICE, "a"));
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private void assertSettled(String pending, String key) {
    var message = hub.message(pending);
    assertEquals(key, message.networkKey());
    assertEquals(pending, message.pendingId());
    assertInstanceOf(Delivery.Sent.class, message.delivery());
    assertFalse(message.id().isPending());
    assertEquals(message, hub.message(key));
    assertEquals(message, hub.message(message.id().toString()));
    assertEquals(0, hub.number("SELECT count(*) FROM outbox"));
    assertEquals(1, hub.number("SELECT count(*) FROM message WHERE network_key = '" + key + "'"));
  }

  private void awaitOutbox(String what, String condition) {
    Eventually.holds(what, () -> hub.number("SELECT count(*) FROM outbox WHERE " + condition) == 1);
  }

  private Message newest() {
    return hub.messages().list(Grant.HUB, Said.CHAT, PageRequest.newest(1)).items().getFirst();
  }

  @Test
  void pendingMessageIsListedNewestAndCannotBeGot() {
    long seq = hub.lastChange();
    var pending = hub.send("**hi**");
    assertTrue(pending.matches("m[0-9]{16}"), pending);
    assertEquals(List.of("message", "chat"), hub.kindsAfter(seq));
    var first = newest();
    assertEquals(pending, first.apiId());
    assertTrue(first.id().isPending());
    assertInstanceOf(Delivery.Queued.class, first.delivery());
    assertEquals("<strong>hi</strong>", first.content().html());
    assertTrue(first.isSender());
    assertThrows(HubException.class, () -> hub.message(pending));
    assertEquals("**hi**", hub.network.next().send().content().body());
  }

  @Test
  void echoByTransactionBeforeTheAnswer() {
    var pending = hub.send("hi");
    var call = hub.network.next();
    long seq = hub.lastChange();
    hub.client().says(Said.echo("$2", "hi", pending));
    assertSettled(pending, "$2");
    assertEquals(List.of("message alias", "chat"), hub.kindsAfter(seq));
    var upserted = (Change.MessageUpserted) hub.changesAfter(seq).getFirst();
    assertEquals(List.of(hub.message(pending).id().toString(), pending), upserted.ids());
    call.answer(new Outcome.Done("$2"));
    var second = hub.send("more");
    hub.network.next();
    hub.client().says(Said.echo("$3", "more", second));
    assertSettled(pending, "$2");
    assertEquals(List.of("a", "hi", "more"), hub.bodies());
  }

  @Test
  void answerThenEchoByTransaction() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.Done("$2"));
    awaitOutbox("waits for the echo", "sent_key = '$2'");
    assertThrows(HubException.class, () -> hub.message(pending));
    hub.client().says(Said.message("$9", Said.BOB, "first"), Said.echo("$2", "hi", pending));
    assertSettled(pending, "$2");
    assertEquals(List.of("a", "first", "hi"), hub.bodies());
  }

  @Test
  void answerThenEchoByItsKey() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.Done("$2"));
    awaitOutbox("waits for the echo", "sent_key = '$2'");
    hub.client().says(Said.message("$2", Said.ME, "hi"));
    assertSettled(pending, "$2");
    assertEquals(List.of("a", "hi"), hub.bodies());
  }

  @Test
  void echoWithoutAnyTraceOfUsThenTheAnswer() {
    var pending = hub.send("hi");
    var call = hub.network.next();
    hub.client().says(Said.message("$2", Said.ME, "hi"));
    assertEquals(List.of("a", "hi", "hi"), hub.bodies());
    long seq = hub.lastChange();
    call.answer(new Outcome.Done("$2"));
    Eventually.holds("adopted", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    assertSettled(pending, "$2");
    assertEquals(List.of("a", "hi"), hub.bodies());
    assertEquals(List.of("message alias", "chat"), hub.kindsAfter(seq));
  }

  @Test
  void echoWithoutTransactionThenTheSameWithIt() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.AwaitEcho());
    awaitOutbox("waits for the echo", "deadline IS NOT NULL");
    hub.client().says(Said.message("$2", Said.ME, "hi"));
    hub.client().says(Said.echo("$2", "hi", pending));
    assertSettled(pending, "$2");
    assertEquals(List.of("a", "hi"), hub.bodies());
  }

  @Test
  void answerWithoutEchoIsBelievedAfterAWhile() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.Done("$2"));
    awaitOutbox("waits for the echo", "sent_key = '$2'");
    hub.client().says(Said.message("$3", Said.BOB, "b"));
    hub.advance(Duration.ofSeconds(11));
    Eventually.holds("settled", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    assertSettled(pending, "$2");
    var id = hub.message(pending).id();
    hub.client().says(Said.echo("$2", "hi", pending));
    assertEquals(id, hub.message(pending).id());
    assertEquals(List.of("a", "b", "hi"), hub.bodies());
  }

  @Test
  void handedOverThenEcho() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.AwaitEcho());
    awaitOutbox("waits for the echo", "deadline IS NOT NULL");
    hub.client().says(Said.echo("$2", "hi", pending));
    assertSettled(pending, "$2");
  }

  @Test
  void handedOverWithoutEchoMayHaveBeenSent() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.AwaitEcho());
    awaitOutbox("waits for the echo", "deadline IS NOT NULL");
    hub.advance(Duration.ofSeconds(59));
    assertEquals(1, hub.number("SELECT count(*) FROM outbox"));
    hub.advance(Duration.ofSeconds(2));
    Eventually.holds("given up", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    var failed = hub.message(pending);
    var delivery = assertInstanceOf(Delivery.Failed.class, failed.delivery());
    assertEquals("may_have_been_sent", delivery.reason());
    assertTrue(delivery.message().contains("may have been sent"));
    assertNull(failed.networkKey());
    assertEquals(0, hub.network.waiting(), "not tried again");

    hub.client().says(Said.echo("$2", "hi", pending));
    assertSettled(pending, "$2");
    assertEquals(failed.id(), hub.message(pending).id());
    assertEquals(List.of("a", "hi"), hub.bodies());
  }

  @Test
  void answerWithoutAKeyWaitsForTheEcho() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.Done(""));
    awaitOutbox("waits for the echo", "deadline IS NOT NULL AND sent_key IS NULL");
    hub.client().says(Said.echo("$2", "hi", pending));
    assertSettled(pending, "$2");
  }

  @Test
  void echoOutOfHistory() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.Done("$2"));
    awaitOutbox("waits for the echo", "sent_key = '$2'");
    hub.network.page(
        "t", null, Said.message("$1", Said.ALICE, "a"), Said.echo("$2", "hi", pending));
    hub.client().says(Said.gap("t"), Said.message("$3", Said.BOB, "b"));
    Eventually.holds("filled", () -> hub.number("SELECT count(*) FROM gap") == 0);
    assertSettled(pending, "$2");
    assertEquals(List.of("a", "hi", "b"), hub.bodies());
  }

  @Test
  void echoIsAmongWhatCameWhileTheLinkWasDown() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.Done("$2"));
    awaitOutbox("waits for the echo", "sent_key = '$2'");
    hub.network.connectAtOnce(false);
    hub.breakLink();
    hub.advance(Duration.ofMinutes(5));
    hub.reconnected().says(Said.echo("$2", "hi", pending), Said.message("$3", Said.BOB, "b"));
    hub.client().state(dev.belfry.model.AccountState.CONNECTED);
    assertSettled(pending, "$2");
    assertEquals(List.of("a", "hi", "b"), hub.bodies());
  }

  @Test
  void deadlineThatPassedWhileTheLinkWasDownCountsOnceConnected() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.AwaitEcho());
    awaitOutbox("waits for the echo", "deadline IS NOT NULL");
    hub.network.connectAtOnce(false);
    hub.breakLink();
    hub.advance(Duration.ofMinutes(5));
    hub.reconnected().says(Said.message("$3", Said.BOB, "b"));
    assertEquals(1, hub.number("SELECT count(*) FROM outbox"));
    hub.client().state(dev.belfry.model.AccountState.CONNECTED);
    Eventually.holds("given up", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    assertInstanceOf(Delivery.Failed.class, hub.message(pending).delivery());
  }

  @Test
  void replyAndMentionsGoAlong() {
    var queued =
        hub.messages()
            .send(
                Grant.HUB,
                Said.CHAT,
                new Messages.NewMessage(
                    "yes", hub.message("$1").id().toString(), List.of("@room")));
    assertEquals(Said.CHAT, queued.chatId());
    assertEquals(hub.message("$1").id(), newest().linkedMessage());
    var content = hub.network.next().send().content();
    assertEquals("$1", content.replyToKey());
    assertEquals(List.of("@room"), content.mentions());
  }

  @Test
  void replyToWhatDoesNotExistIsNotFound() {
    var reply = new Messages.NewMessage("yes", "4711", List.of());
    var e =
        assertThrows(HubException.class, () -> hub.messages().send(Grant.HUB, Said.CHAT, reply));
    assertEquals(HubException.Reason.NOT_FOUND, e.reason());
    assertEquals(0, hub.number("SELECT count(*) FROM outbox"));
  }
}
