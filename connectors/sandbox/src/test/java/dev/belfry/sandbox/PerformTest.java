package dev.belfry.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.Attachment;
import dev.belfry.model.Delivery;
import dev.belfry.model.LinkPreview;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import dev.belfry.network.Action;
import dev.belfry.network.LoggedOutException;
import dev.belfry.network.Login;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ReadElsewhere.Source;
import dev.belfry.network.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class PerformTest {
  @TempDir Path folder;
  private SandboxFixture fixture;
  private Sandbox sandbox;
  private String direct;
  private String everything;

  @BeforeEach
  void open() throws IOException {
    fixture = new SandboxFixture(folder);
    fixture.skipFirstSync();
    sandbox = fixture.sandbox();
    direct = sandbox.chat("Mira Köhler");
    everything = sandbox.chat("Everything");
  }

  @Test
  void echoBearsTheTransaction() throws Exception {
    fixture.pause.hold();
    try (Link link = fixture.connect()) {
      Outcome.Done done = assertInstanceOf(Outcome.Done.class, link.send(direct, "m1", "Hello"));
      NetworkEvent.MessageReceived echo = link.awaitText("Hello");
      assertEquals(done.key(), echo.key());
      assertEquals("m1", echo.transaction());
      assertTrue(echo.fromMe());
      assertEquals(sandbox.self(), echo.sender());
      assertEquals(new Outcome.AwaitEcho(), link.send(everything, "m2", "Hello all"));
      assertEquals("m2", link.awaitText("Hello all").transaction());
    }
  }

  @Test
  void sameTransactionIsOneMessageAlsoAfterARestart() throws Exception {
    fixture.pause.hold();
    Outcome first;
    try (Link link = fixture.connect()) {
      first = link.send(direct, "m1", "Only once");
      assertEquals(first, link.send(direct, "m1", "Only once"));
      link.awaitText("Only once");
    }
    fixture.restart();
    try (Link link = fixture.connect()) {
      assertEquals(first, link.send(direct, "m1", "Only once"));
      assertNotEquals(first, link.send(direct, "m2", "Only once"));
    }
    assertEquals(
        2,
        fixture.sandbox().timeline(direct).stream()
            .filter(event ->
                event instanceof NetworkEvent.MessageReceived message
                    && message.content().body().equals("Only once"))
            .count());
  }

  @Test
  void allOfAMessageIsKept() throws Exception {
    MessageContent content =
        new MessageContent(
            MessageType.FILE,
            "Line one\nline two\t\"quoted\" 🎈",
            "<b>Line one</b>",
            List.of(
                new Attachment(
                    "video",
                    "id",
                    "file:///x",
                    "x.mp4",
                    "video/mp4",
                    7L,
                    1,
                    2,
                    3.5,
                    true,
                    true,
                    true,
                    "poster",
                    new Attachment.Transcription("e", "t", "en"),
                    "secret")),
            List.of(new LinkPreview("u", "t", "s", "o", "f", "i", 1, 2)),
            null,
            true,
            "$everything-1",
            true);
    try (Link link = fixture.connect()) {
      link.client().perform(new Action.SendMessage(everything, "m1", content));
    }
    fixture.restart();
    var _ = fixture.connector().open(SandboxFixture.HOME, folder);
    assertTrue(
        fixture.sandbox().timeline(everything).stream()
            .anyMatch(event ->
                event instanceof NetworkEvent.MessageReceived message
                    && message.content().equals(content)));
  }

  @Test
  void contactsReceiveReadAndAnswer() throws Exception {
    try (Link link = fixture.connect()) {
      Outcome.Done sent =
          assertInstanceOf(Outcome.Done.class, link.send(direct, "m1", "How are you?"));
      NetworkEvent.DeliveryChanged delivery =
          link.await(NetworkEvent.DeliveryChanged.class, event -> event.key().equals(sent.key()));
      assertEquals(sandbox.contacts(direct), ((Delivery.Delivered) delivery.delivery()).to());
      NetworkEvent.ReadByOther read =
          link.await(NetworkEvent.ReadByOther.class, event -> event.upToKey().equals(sent.key()));
      assertEquals(sandbox.contacts(direct).getFirst(), read.user());
      NetworkEvent.MessageReceived answer =
          link.await(
              NetworkEvent.MessageReceived.class,
              event -> event.chatKey().equals(direct) && !event.fromMe());
      assertFalse(answer.content().body().isBlank());
      assertFalse(answer.content().body().contains("{"));
    }
  }

  @Test
  void answerThatWasInterruptedGoesOnLater() throws Exception {
    fixture.pause.hold();
    try (Link link = fixture.connect()) {
      link.send(direct, "m1", "Are you there?");
      link.awaitText("Are you there?");
      fixture.pause.awaitPause(Duration.ofMillis(300));
    }
    fixture.restart();
    fixture.pause.release();
    try (Link link = fixture.connect()) {
      link.await(NetworkEvent.MessageReceived.class, event -> !event.fromMe());
      assertEquals(1, link.events(NetworkEvent.DeliveryChanged.class).size());
    }
    fixture.restart();
    int length = timelineLength();
    try (Link link = fixture.connect()) {
      assertEquals(1, link.events().size(), "nothing is answered twice");
    }
    assertEquals(length, timelineLength());
  }

  private int timelineLength() {
    var _ = fixture.connector().open(SandboxFixture.HOME, folder);
    return fixture.sandbox().timeline(direct).size();
  }

  @Test
  void somethingsCannotBeSent() throws Exception {
    try (Link link = fixture.connect()) {
      Outcome.Rejected refused =
          assertInstanceOf(
              Outcome.Rejected.class, link.send(sandbox.chat("Harbour Notices ⚓"), "m1", "Can I?"));
      assertEquals("forbidden", refused.code());
      assertFalse(refused.retryable());
      assertEquals("not_found", ((Outcome.Rejected) link.send("!none:x", "m2", "Anybody?")).code());
      String lost = sandbox.chat("Lars (old number)");
      link.send(lost, "m3", "Lars?");
      NetworkEvent.DeliveryChanged bounced =
          link.await(NetworkEvent.DeliveryChanged.class, event -> event.chatKey().equals(lost));
      assertTrue(((Delivery.Failed) bounced.delivery()).retryable());
    }
  }

  @Test
  void readingComesBackAndNeverMovesBackwards() throws Exception {
    String first = "$everything-3";
    try (Link link = fixture.connect()) {
      String newest = sandbox.newest(everything);
      assertTrue(sandbox.isMarkedUnread(everything));
      assertEquals(
          new Outcome.Done(""), link.client().perform(new Action.MarkRead(everything, newest)));
      link.await(NetworkEvent.MarkedUnreadElsewhere.class, event -> !event.markedUnread());
      assertEquals(
          List.of(Source.RECEIPT, Source.MARKER),
          link.events(NetworkEvent.ReadElsewhere.class).stream()
              .map(NetworkEvent.ReadElsewhere::source)
              .toList());
      link.client().perform(new Action.MarkRead(everything, first));
      link.client().perform(new Action.MarkRead(everything, null));
      assertEquals(newest, sandbox.receipt(everything));
      assertEquals(newest, sandbox.marker(everything));
    }
    fixture.restart();
    var _ = fixture.connector().open(SandboxFixture.HOME, folder);
    assertFalse(fixture.sandbox().isMarkedUnread(everything));
    assertNotEquals(first, fixture.sandbox().marker(everything));
  }

  @Test
  void markingUnreadMovesTheMarkerButNotTheReceipt() throws Exception {
    try (Link link = fixture.connect()) {
      String receipt = sandbox.receipt(direct);
      link.client().perform(new Action.MarkUnread(direct, "$mira-100"));
      assertTrue(link.await(NetworkEvent.MarkedUnreadElsewhere.class, _ -> true).markedUnread());
      assertEquals("$mira-100", sandbox.marker(direct));
      assertEquals(receipt, sandbox.receipt(direct));
      link.client().perform(new Action.MarkUnread(direct, "$mira-100"));
      link.client().perform(new Action.MarkUnread(direct, null));
      assertEquals(1, link.events(NetworkEvent.ReadElsewhere.class).size());
      assertEquals(1, link.events(NetworkEvent.MarkedUnreadElsewhere.class).size());
    }
  }

  @Test
  void archivingComesBackAndStays() throws Exception {
    try (Link link = fixture.connect()) {
      link.client().perform(new Action.Archive(direct, true));
      link.client().perform(new Action.Archive(direct, true));
      link.await(
          NetworkEvent.ChatChanged.class, event -> Boolean.TRUE.equals(event.update().archived()));
      assertEquals(1, link.events(NetworkEvent.ChatChanged.class).size());
    }
    fixture.restart();
    var _ = fixture.connector().open(SandboxFixture.HOME, folder);
    assertTrue(fixture.sandbox().isArchived(direct));
  }

  @Test
  void othersAndOtherDevicesAct() throws Exception {
    try (Link link = fixture.connect()) {
      var mira = sandbox.contacts(direct).getFirst();
      String said = sandbox.say(direct, mira, "Hi");
      sandbox.edit(direct, mira, said, "Hi there");
      String reaction = sandbox.react(direct, sandbox.self(), said, "🎈");
      sandbox.delete(direct, sandbox.self(), reaction);
      sandbox.readElsewhere(direct, said);
      sandbox.moveMarkerElsewhere(direct, "$mira-5");
      sandbox.markUnreadElsewhere(direct, true);
      sandbox.readByOther(direct, mira, said);
      sandbox.delivery(direct, said, new Delivery.Failed(fixture.clock.instant(), "x", "y", false));
      sandbox.storm(direct, mira, 450);
      sandbox.archiveElsewhere(direct, true);
      link.await(NetworkEvent.ChatChanged.class, _ -> true);
      assertEquals(
          "Hi there", link.events(NetworkEvent.MessageEdited.class).getFirst().content().body());
      assertTrue(link.events(NetworkEvent.Reacted.class).getFirst().fromMe());
      assertEquals(reaction, link.events(NetworkEvent.MessageDeleted.class).getFirst().targetKey());
      assertEquals(451, link.events(NetworkEvent.MessageReceived.class).size());
      assertEquals("$mira-5", sandbox.marker(direct));
      List<NetworkEvent> told = link.events();
      fixture.restart();
      fixture.skipFirstSync();
      try (Link again = fixture.connectAtOnce()) {
        again.await(NetworkEvent.ChatChanged.class, _ -> true);
        assertEquals(told.subList(1, told.size()), again.events(), "the journal keeps all of it");
      }
    }
  }

  @Test
  void networkCanBeDownAndEndTheLogin() throws Exception {
    try (Link link = fixture.connect()) {
      sandbox.down();
      assertInstanceOf(IOException.class, link.awaitEnd());
      assertInstanceOf(Outcome.RetryLater.class, link.send(direct, "m1", "Hello?"));
      try (Link refused = fixture.connectAtOnce()) {
        assertInstanceOf(IOException.class, refused.awaitEnd());
        assertInstanceOf(Outcome.RetryLater.class, refused.send(direct, "m1", "Hello?"));
      }
    }
    sandbox.up();
    try (Link link = fixture.connect()) {
      sandbox.logOut();
      assertInstanceOf(LoggedOutException.class, link.awaitEnd());
    }
    fixture.restart();
    try (Link link = fixture.connectAtOnce()) {
      assertInstanceOf(LoggedOutException.class, link.awaitEnd());
    }
    try (Login login = fixture.connector().login(SandboxFixture.HOME, folder)) {
      var _ = login.begin();
    }
    try (Link link = fixture.connect()) {
      assertFalse(link.events().isEmpty());
    }
  }

  @Test
  void closingEndsTheRunQuietly() throws Exception {
    try (Link link = fixture.connect()) {
      link.client().close();
      link.client().close();
      assertEquals(null, link.awaitEnd());
      assertInstanceOf(Outcome.RetryLater.class, link.send(direct, "m1", "Too late"));
    }
  }
}
