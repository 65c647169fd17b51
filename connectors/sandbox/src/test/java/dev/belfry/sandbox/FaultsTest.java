package dev.belfry.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.network.NetworkEvent;
import dev.belfry.network.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class FaultsTest {
  @TempDir Path folder;
  private SandboxFixture fixture;
  private String faults;
  private int sent;

  @BeforeEach
  void open() throws IOException {
    fixture = new SandboxFixture(folder);
    fixture.skipFirstSync();
    faults = fixture.sandbox().chat("Faults");
  }

  private Outcome send(Link link, String text) throws InterruptedException {
    return link.send(faults, "m" + sent++, text);
  }

  @Test
  void helpListsEveryCommand() throws Exception {
    try (Link link = fixture.connect()) {
      assertEquals(new Outcome.AwaitEcho(), send(link, "/help"));
      String help = link.awaitText("/drop 5s:").content().body();
      FaultCommand.NAMES.forEach(name -> assertTrue(help.contains(name), name));
    }
  }

  @Test
  void unknownCommandsNameTheNearest() throws Exception {
    try (Link link = fixture.connect()) {
      send(link, "/strom 5");
      assertTrue(link.awaitText("I don't know").content().body().contains("Did you mean /storm?"));
      send(link, "hello");
      link.awaitText("I only know commands.");
      send(link, "/drop soon");
      link.awaitText("such as: /drop 5s");
      send(link, "/storm 100000");
      link.awaitText("from 1 to 5000");
      send(link, "/reject me");
      link.awaitText("Write /reject");
    }
  }

  @Test
  void dropBreaksTheLinkForAWhile() throws Exception {
    try (Link link = fixture.connect()) {
      send(link, "/drop 5s");
      assertInstanceOf(IOException.class, link.awaitEnd());
      link.awaitText("The link breaks now, for 5 s.");
      Outcome.RetryLater later =
          assertInstanceOf(Outcome.RetryLater.class, send(link, "Still there?"));
      assertEquals(Duration.ofSeconds(5), later.delay());
    }
    fixture.clock.pass(Duration.ofMillis(4_900));
    try (Link link = fixture.connectAtOnce()) {
      assertInstanceOf(IOException.class, link.awaitEnd());
    }
    fixture.clock.pass(Duration.ofMillis(100));
    try (Link link = fixture.connectAtOnce()) {
      link.awaitText("The link is back.");
      assertEquals(3, link.events().size(), "it does not drop again");
    }
  }

  @Test
  void duplicateDeliversTheNextMessageTwice() throws Exception {
    try (Link link = fixture.connect()) {
      send(link, "/duplicate");
      link.awaitText("delivered twice");
      send(link, "Twin");
      List<NetworkEvent.MessageReceived> twins = link.awaitTexts("Twin", 2);
      assertEquals(twins.getFirst(), twins.getLast());
      send(link, "Single");
      link.awaitText("Single");
      assertEquals(
          1,
          link.events(NetworkEvent.MessageReceived.class).stream()
              .filter(message -> message.content().body().equals("Single"))
              .count());
    }
  }

  @Test
  void lateHoldsTheEchoBack() throws Exception {
    try (Link link = fixture.connect()) {
      send(link, "/late 3s");
      link.awaitText("comes 3 s late");
      fixture.pause.hold();
      assertEquals(new Outcome.AwaitEcho(), link.send(faults, "slow", "Snail"));
      fixture.pause.awaitPause(Duration.ofSeconds(3));
      assertEquals(new Outcome.AwaitEcho(), link.send(faults, "slow", "Snail"), "sent again");
      assertTrue(
          link.events(NetworkEvent.MessageReceived.class).stream()
              .noneMatch(message -> message.content().body().equals("Snail")));
      fixture.pause.release();
      assertEquals("slow", link.awaitText("Snail").transaction());
      assertInstanceOf(Outcome.Done.class, link.send(faults, "slow", "Snail"));
    }
  }

  @Test
  void lateEchoOutlivesItsLink() throws Exception {
    try (Link link = fixture.connect()) {
      send(link, "/late 3s");
      link.awaitText("comes 3 s late");
      fixture.pause.hold();
      send(link, "Snail");
      fixture.pause.awaitPause(Duration.ofSeconds(3));
    }
    fixture.restart();
    fixture.pause.release();
    try (Link link = fixture.connectAtOnce()) {
      assertTrue(link.awaitText("Snail").fromMe());
    }
  }

  @Test
  void rejectRefusesTheNextMessage() throws Exception {
    try (Link link = fixture.connect()) {
      send(link, "/reject");
      assertFalse(assertInstanceOf(Outcome.Rejected.class, send(link, "No")).retryable());
      assertEquals(new Outcome.AwaitEcho(), send(link, "Yes"));
      send(link, "/reject retryable");
      assertTrue(assertInstanceOf(Outcome.Rejected.class, send(link, "Perhaps")).retryable());
      link.awaitText("Yes");
      assertTrue(
          fixture.sandbox().timeline(faults).stream()
              .noneMatch(event ->
                  event instanceof NetworkEvent.MessageReceived message
                      && message.content().body().equals("No")));
    }
  }

  @Test
  void slowTakesItsTime() throws Exception {
    try (Link link = fixture.connect()) {
      send(link, "/slow 2s");
      link.awaitText("taken after 2 s");
      fixture.pause.hold();
      AtomicReference<Outcome> outcome = new AtomicReference<>();
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  outcome.set(send(link, "Slow"));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      fixture.pause.awaitPause(Duration.ofSeconds(2));
      assertEquals(null, outcome.get());
      assertInstanceOf(
          Outcome.Done.class,
          link.send(fixture.sandbox().chat("Mira Köhler"), "other", "Others are not held up"));
      fixture.pause.release();
      sender.join();
      assertEquals(new Outcome.AwaitEcho(), outcome.get());
      link.awaitText("Slow");
    }
  }

  @Test
  void stormBringsManyAtOnce() throws Exception {
    try (Link link = fixture.connect()) {
      send(link, "/storm 500");
      link.awaitText("Storm 500 of 500");
      List<NetworkEvent.MessageReceived> storm =
          link.events(NetworkEvent.MessageReceived.class).stream()
              .filter(message -> message.content().body().startsWith("Storm "))
              .toList();
      assertEquals(500, storm.size());
      assertEquals(500, storm.stream().map(NetworkEvent.MessageReceived::key).distinct().count());
      assertTrue(link.batches().stream().allMatch(batch -> batch.size() <= 300));
    }
  }

  @Test
  void stormCanBringThemOneByOne() throws Exception {
    try (Link link = fixture.connect()) {
      send(link, "/storm 5 20");
      link.awaitText("Storm 5 of 5");
      assertEquals(5, fixture.pause.count(Duration.ofMillis(50)));
      long storm =
          link.events(NetworkEvent.MessageReceived.class).stream()
              .filter(message -> message.content().body().startsWith("Storm "))
              .count();
      assertEquals(5, storm);
    }
  }

  @Test
  void everyChatCanBeHitByHand() throws Exception {
    Sandbox sandbox = fixture.sandbox();
    String mira = sandbox.chat("Mira Köhler");
    try (Link link = fixture.connect()) {
      sandbox.rejectNext(mira, true);
      sandbox.slowNext(mira, Duration.ofSeconds(1));
      assertInstanceOf(Outcome.Rejected.class, link.send(mira, "a", "One"));
      sandbox.lateNext(mira, Duration.ofSeconds(1));
      assertEquals(new Outcome.AwaitEcho(), link.send(mira, "b", "Two"));
      link.awaitText("Two");
    }
  }

  @Test
  void anyEventCanBeDoubledByHand() throws Exception {
    Sandbox sandbox = fixture.sandbox();
    String notes = sandbox.chat("Note to self");
    try (Link link = fixture.connect()) {
      sandbox.duplicateNext();
      String key = sandbox.say(notes, sandbox.self(), "Three");
      assertEquals(key, link.awaitTexts("Three", 2).getLast().key());
      sandbox.say(notes, sandbox.self(), "Four");
      assertEquals(1, link.awaitTexts("Four", 1).size());
    }
  }

  @Test
  void timesAreReadInSeveralUnits() {
    assertEquals(
        new FaultCommand.Drop(Duration.ofMillis(250)), FaultCommand.parse(" /drop 250ms "));
    assertEquals(new FaultCommand.Late(Duration.ofMinutes(2)), FaultCommand.parse("/LATE 2m"));
    assertEquals(new FaultCommand.Slow(Duration.ofSeconds(7)), FaultCommand.parse("/slow 7"));
    assertEquals(new FaultCommand.Drop(Duration.ofSeconds(5)), FaultCommand.parse("/drop"));
    assertEquals(new FaultCommand.Storm(500, 0), FaultCommand.parse("/storm"));
    for (String wrong :
        List.of(
            "/slow 99m",
            "/slow -1s",
            "/storm 0",
            "/storm x",
            "/storm 5 0",
            "/storm 5 x",
            "/storm 5 1001",
            "/")) {
      assertInstanceOf(FaultCommand.Mistake.class, FaultCommand.parse(wrong), wrong);
    }
  }
}
