package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.core.Messages.Queued;
import dev.belfry.model.Delivery;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.HubException.Reason;
import dev.belfry.model.Message;
import dev.belfry.model.PageRequest;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done about a message that its network does not have, and what is told of its way. */
@Tag("hub")
class PendingMessagesTest {
  private static final Duration LONG = Duration.ofSeconds(30);

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

  private String retry(String message) {
    return hub.messages().retry(Grant.HUB, Said.CHAT, message).pendingId();
  }

  private boolean cancel(String message) {
    return hub.messages().cancel(Grant.HUB, Said.CHAT, message).mayHaveBeenSent();
  }

  private String refusal(String message) {
    var e =
        assertThrows(
            HubException.class, () -> hub.messages().cancel(Grant.HUB, Said.CHAT, message));
    assertEquals(Reason.UNPROCESSABLE, e.reason());
    return e.code();
  }

  /** A message that the network has refused. */
  private String failed(String text) {
    var pending = hub.send(text);
    hub.network.next().answer(new Outcome.Rejected("forbidden", "No.", true));
    Eventually.holds("failed", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    return pending;
  }

  private void postponed() {
    Eventually.holds(
        "postponed",
        () -> hub.number("SELECT not_before FROM outbox") > hub.clock.instant().toEpochMilli());
  }

  @Test
  void failedOneIsTriedAgainUnderItsPendingId() {
    var pending = failed("hi");
    var failure = hub.message(pending);
    assertInstanceOf(Delivery.Failed.class, failure.delivery());
    long seq = hub.lastChange();
    assertEquals(pending, retry(failure.id().toString()));
    assertEquals(List.of("message deleted", "message", "chat"), hub.kindsAfter(seq));
    var shown = hub.all(50).getFirst();
    assertEquals(pending, shown.apiId());
    assertInstanceOf(Delivery.Queued.class, shown.delivery());
    var again = hub.network.next();
    assertEquals(pending, again.send().transaction());
    assertEquals("hi", again.send().content().body());
    again.answer(new Outcome.Done("$2"));
    hub.client().says(Said.echo("$2", "hi", pending));
    assertInstanceOf(Delivery.Sent.class, hub.message(pending).delivery());
    assertEquals(List.of("a", "hi"), hub.bodies());
  }

  @Test
  void retryOfOneThatWaitsIsTriedAtOnce() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.RetryLater(Duration.ofMinutes(30), "busy"));
    postponed();
    assertEquals(pending, retry(pending));
    assertEquals(pending, retry(pending), "also while it is tried");
    assertEquals(pending, hub.network.next().send().transaction());
  }

  @Test
  void retryOfWhatMayHaveBeenSentIsTheUsersWish() {
    var pending = hub.send("hi");
    hub.network.next();
    hub.breakLink();
    hub.network.setDevice("DEVICE2");
    hub.reconnected();
    Eventually.holds("given up", () -> hub.number("SELECT count(*) FROM outbox") == 0);
    retry(pending);
    assertEquals(pending, hub.network.next().send().transaction());
    // The first try had got through.
    hub.client().says(Said.echo("$2", "hi", pending));
    assertEquals(List.of("a", "hi"), hub.bodies());
    assertEquals(0, hub.number("SELECT count(*) FROM outbox"));
  }

  @Test
  void whatTheNetworkCouldNotDeliverIsSentAnew() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.Done("$2"));
    hub.client().says(Said.echo("$2", "hi", pending));
    assertNotFailed(pending);
    hub.client()
        .says(
            new NetworkEvent.DeliveryChanged(
                Said.CHAT,
                "$2",
                new Delivery.Failed(Said.AT, "bridge", "The bridge is down.", true)));
    var other = retry(pending);
    assertNotEquals(pending, other);
    assertEquals(other, hub.network.next().send().transaction());
    var before = assertInstanceOf(Delivery.Failed.class, hub.message(pending).delivery());
    assertEquals("sent_again", before.reason());
    assertFalse(before.retryable());
    assertNotFailed(pending);
    assertEquals("NOT_PENDING", refusal(pending));
  }

  private void assertNotFailed(String message) {
    var e =
        assertThrows(HubException.class, () -> hub.messages().retry(Grant.HUB, Said.CHAT, message));
    assertEquals("NOT_FAILED", e.code());
  }

  @Test
  void retryNeedsAChatThatCanBeWrittenTo() {
    var pending = failed("hi");
    hub.client().says(Said.chat(ChatUpdate.builder().readOnly(true)));
    var e = assertThrows(HubException.class, () -> retry(pending));
    assertEquals("READ_ONLY", e.code());
    assertInstanceOf(Delivery.Failed.class, hub.message(pending).delivery());
  }

  @Test
  void cancelledOneIsGoneAndTheNextGoes() {
    var first = hub.send("1");
    hub.network.next().answer(new Outcome.RetryLater(Duration.ofMinutes(30), "busy"));
    postponed();
    var second = hub.send("2");
    long seq = hub.lastChange();
    assertTrue(cancel(first), "an earlier try may have got through");
    assertEquals(List.of("message deleted", "chat"), hub.kindsAfter(seq));
    assertEquals(second, hub.network.next().send().transaction());
    assertThrows(HubException.class, () -> hub.message(first));
    assertEquals(List.of("a", "2"), hub.bodies());
    // It had got through.
    hub.client().says(Said.echo("$2", "1", first));
    assertEquals(List.of("a", "1", "2"), hub.bodies());
  }

  @Test
  void neverTriedIsNeverSent() {
    hub.breakLink();
    var pending = hub.send("hi");
    assertFalse(cancel(pending));
    var e = assertThrows(HubException.class, () -> cancel(pending));
    assertEquals(Reason.NOT_FOUND, e.reason());
    hub.reconnected();
    var other = hub.send("other");
    assertEquals(other, hub.network.next().send().transaction());
  }

  @Test
  void oneThatIsBeingSentOrWasTakenCannotBeCancelled() {
    var pending = hub.send("hi");
    var call = hub.network.next();
    assertEquals("BEING_SENT", refusal(pending));
    call.answer(new Outcome.Done("$2"));
    Eventually.holds(
        "taken", () -> hub.number("SELECT count(*) FROM outbox WHERE deadline > 0") == 1);
    assertEquals("NOT_PENDING", refusal(pending));
    hub.client().says(Said.echo("$2", "hi", pending));
    assertEquals("NOT_PENDING", refusal(pending));
    assertEquals("NOT_PENDING", refusal("$1"));
    assertEquals(List.of("a", "hi"), hub.bodies());
  }

  @Test
  void afterACrashATryIsNoLongerUnderWay() throws Exception {
    var pending = hub.send("hi");
    hub.network.next();
    hub.network.refuseNext(new java.io.IOException("down"));
    hub.crash();
    // The try that meets the refusal may itself be under way for a moment.
    assertTrue(Eventually.get(() -> cancelIfNotBeingSent(pending)));
    assertEquals(List.of("a"), hub.bodies());
  }

  private @Nullable Boolean cancelIfNotBeingSent(String id) {
    try {
      return cancel(id);
    } catch (HubException e) {
      assertEquals("BEING_SENT", e.code());
      return null;
    }
  }

  @Test
  void failedOneIsTakenAway() {
    var pending = failed("hi");
    var id = hub.message(pending).id().toString();
    long seq = hub.lastChange();
    assertFalse(cancel(pending));
    assertEquals(List.of("message deleted", "chat"), hub.kindsAfter(seq));
    assertThrows(HubException.class, () -> hub.message(id));
    assertEquals(List.of("a"), hub.bodies());
    var preview =
        hub.chats().list(Grant.HUB, List.of(), PageRequest.newest(1)).items().getFirst().preview();
    assertNotNull(preview);
    assertEquals("a", preview.content().body());
  }

  @Test
  void unknownOnesAreNotFound() {
    for (var id : List.of("m1", "1", "x", "", "$9")) {
      assertEquals(Reason.NOT_FOUND, assertThrows(HubException.class, () -> retry(id)).reason());
      assertEquals(Reason.NOT_FOUND, assertThrows(HubException.class, () -> cancel(id)).reason());
    }
  }

  private CompletableFuture<Optional<Message>> awaiting(String pending, Duration atMost) {
    var queued = new Queued(Said.CHAT, pending);
    return CompletableFuture.supplyAsync(
        () -> hub.messages().await(Grant.HUB, queued, atMost),
        task -> Thread.ofVirtual().start(task));
  }

  @Test
  void waitsUntilItIsSentOrFailed() throws Exception {
    var sent = hub.send("1");
    var call = hub.network.next();
    var waiting = awaiting(sent, LONG);
    assertFalse(waiting.isDone());
    call.answer(new Outcome.Done("$2"));
    hub.client().says(Said.echo("$2", "1", sent));
    assertInstanceOf(Delivery.Sent.class, waiting.get().orElseThrow().delivery());
    assertInstanceOf(Delivery.Sent.class, awaiting(sent, LONG).get().orElseThrow().delivery());

    var refused = hub.send("2");
    var alsoWaiting = awaiting(refused, LONG);
    hub.network.next().answer(new Outcome.Rejected("no", "No.", false));
    assertInstanceOf(Delivery.Failed.class, alsoWaiting.get().orElseThrow().delivery());
  }

  @Test
  void waitsNoLongerThanAskedAndNotForWhatIsCancelled() throws Exception {
    hub.breakLink();
    var pending = hub.send("1");
    assertEquals(Optional.empty(), awaiting(pending, Duration.ofMillis(5)).get());
    var waiting = awaiting(pending, LONG);
    cancel(pending);
    assertEquals(Optional.empty(), waiting.get());
  }

  @Test
  void eachStepOfTheWayIsTold() {
    var pending = hub.send("hi");
    hub.network.next().answer(new Outcome.Done("$2"));
    hub.client().says(Said.echo("$2", "hi", pending));
    long sent = hub.lastChange();
    var to = new Delivery.Delivered(Said.AT, List.of(Said.ALICE));
    hub.client().says(new NetworkEvent.DeliveryChanged(Said.CHAT, "$2", to));
    assertEquals(List.of("message alias", "chat"), hub.kindsAfter(sent));
    // What has reached people is not merely sent.
    hub.client()
        .says(new NetworkEvent.DeliveryChanged(Said.CHAT, "$2", new Delivery.Sent(Said.AT)));
    assertEquals(to, hub.message(pending).delivery());
    long delivered = hub.lastChange();
    hub.client().says(new NetworkEvent.ReadByOther(Said.CHAT, Said.ALICE, "$2", Said.AT));
    assertEquals(List.of("message alias"), hub.kindsAfter(delivered));
    long read = hub.lastChange();
    hub.client().says(new NetworkEvent.ReadByOther(Said.CHAT, Said.ALICE, "$2", Said.AT));
    hub.client().says(new NetworkEvent.ReadByOther(Said.CHAT, Said.ALICE, "$1", Said.AT));
    assertEquals(List.of(), hub.kindsAfter(read), "nothing new");
    hub.client().says(Said.message("$3", Said.ALICE, "b"));
    long after = hub.lastChange();
    hub.client().says(new NetworkEvent.ReadByOther(Said.CHAT, Said.ALICE, "$3", Said.AT));
    assertEquals(List.of(), hub.kindsAfter(after), "no message of our own");
  }
}
