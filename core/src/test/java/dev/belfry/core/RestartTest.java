package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.belfry.model.Delivery;
import dev.belfry.network.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A hub that ends, or dies, at any moment of a send: the message is there exactly once. */
@Tag("hub")
class RestartTest {
  @TempDir Path temp;

  /** How far the network and the hub have come when the hub ends. */
  private enum Stage {
    QUEUED,
    BEING_SENT,
    TAKEN_BY_THE_NETWORK,
    ANSWERED,
    HANDED_OVER,
    ECHOED,
    ECHOED_BEFORE_THE_ANSWER
  }

  @TestFactory
  Stream<DynamicTest> ends() {
    return Stream.of(Stage.values())
        .map(stage ->
            DynamicTest.dynamicTest("in order, " + stage, () -> play(stage, TestHub::restart)));
  }

  @TestFactory
  Stream<DynamicTest> dies() {
    return Stream.of(Stage.values())
        .map(stage -> DynamicTest.dynamicTest("dies, " + stage, () -> play(stage, TestHub::crash)));
  }

  private interface End {
    void of(TestHub hub) throws IOException;
  }

  private void play(Stage stage, End end) throws Exception {
    var folder = Files.createTempDirectory(temp, "hub");
    try (var hub = TestHub.connected(folder)) {
      hub.client().says(Said.message("$1", Said.ALICE, "a"));
      if (stage == Stage.QUEUED) {
        hub.breakLink();
      }
      var pending = hub.send("hi");
      reach(hub, stage, pending);

      end.of(hub);

      var client = hub.client();
      switch (stage) {
        case QUEUED, BEING_SENT, TAKEN_BY_THE_NETWORK -> {
          var call = hub.network.next();
          assertEquals(pending, call.send().transaction());
          call.answer(new Outcome.Done("$2"));
        }
        case ANSWERED, HANDED_OVER, ECHOED, ECHOED_BEFORE_THE_ANSWER -> {}
      }
      // At least once: what was said before the end may be said again.
      client.says(Said.message("$1", Said.ALICE, "a"), Said.echo("$2", "hi", pending));
      client.says(Said.message("$3", Said.BOB, "b"));
      Eventually.holds("settled", () -> hub.number("SELECT count(*) FROM outbox") == 0);
      assertEquals(List.of("a", "hi", "b"), hub.bodies());
      assertInstanceOf(Delivery.Sent.class, hub.message(pending).delivery());
      assertEquals("$2", hub.message(pending).networkKey());
      assertEquals(0, hub.network.waiting(), "sent once more");
      assertEquals(1, hub.chat().read().unreadCount());
    }
  }

  private static void reach(TestHub hub, Stage stage, String pending) {
    switch (stage) {
      case QUEUED -> {}
      // Whether the network had it already makes no difference to us.
      case BEING_SENT, TAKEN_BY_THE_NETWORK -> hub.network.next();
      case ANSWERED -> {
        hub.network.next().answer(new Outcome.Done("$2"));
        Eventually.holds(
            "answered", () -> hub.number("SELECT count(*) FROM outbox WHERE sent_key = '$2'") == 1);
      }
      case HANDED_OVER -> {
        hub.network.next().answer(new Outcome.AwaitEcho());
        Eventually.holds(
            "handed over",
            () -> hub.number("SELECT count(*) FROM outbox WHERE deadline IS NOT NULL") == 1);
      }
      case ECHOED -> {
        hub.network.next().answer(new Outcome.Done("$2"));
        hub.client().says(Said.echo("$2", "hi", pending));
      }
      case ECHOED_BEFORE_THE_ANSWER -> {
        hub.network.next();
        hub.client().says(Said.echo("$2", "hi", pending));
      }
    }
  }
}
