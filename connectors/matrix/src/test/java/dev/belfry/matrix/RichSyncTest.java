package dev.belfry.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Capabilities;
import dev.belfry.api.Field;
import dev.belfry.api.Level;
import dev.belfry.model.Attachment;
import dev.belfry.model.ChatType;
import dev.belfry.model.Delivery;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import dev.belfry.model.Participant;
import dev.belfry.model.UserId;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ChatChanged;
import dev.belfry.network.NetworkEvent.DeliveryChanged;
import dev.belfry.network.NetworkEvent.MarkedUnreadElsewhere;
import dev.belfry.network.NetworkEvent.MembersChanged;
import dev.belfry.network.NetworkEvent.MessageDeleted;
import dev.belfry.network.NetworkEvent.MessageEdited;
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.NetworkEvent.Reacted;
import dev.belfry.network.NetworkEvent.ReadByOther;
import dev.belfry.network.NetworkEvent.ReadElsewhere;
import dev.belfry.network.NetworkEvent.TimelineGap;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One first sync with a bit of everything in it. */
@Tag("unit")
class RichSyncTest {
  private static final String RICH = "!rich:example.org";

  @TempDir Path folder;
  private Heard heard = new Heard();
  private Map<String, MessageReceived> messages = Map.of();

  @BeforeEach
  void read() throws Exception {
    SyncWorld world = new SyncWorld(folder);
    world.link.keys.put(
        "$sealed",
        new MatrixLink.Decryption(
            "m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"sealed\"}", null, true));
    heard = world.read(SyncWorld.rich(), true);
    messages =
        heard.of(MessageReceived.class, RICH).stream()
            .collect(Collectors.toMap(MessageReceived::key, Function.identity()));
  }

  private MessageReceived message(String key) {
    MessageReceived message = messages.get(key);
    assertNotNull(message, key);
    return message;
  }

  private ChatUpdate update(String chat) {
    return heard.of(ChatChanged.class, chat).getFirst().update();
  }

  @Test
  void aRoomIsAChat() {
    ChatUpdate update = update(RICH);
    assertEquals(ChatType.GROUP, update.type());
    assertEquals(Field.of("Rich"), update.title());
    assertEquals("WhatsApp", update.network());
    assertEquals(Field.of("All of it"), update.description());
    assertEquals(Field.of("mxc://example.org/room"), update.imgURL());
    assertEquals(Field.of(86_400), update.messageExpirySeconds());
    assertEquals(false, update.readOnly());
    assertEquals(Instant.ofEpochMilli(1_740_000_000_000L), update.createdAt());
    Capabilities can = update.capabilities();
    assertNotNull(can);
    assertEquals(Level.FULL, can.reply());
    assertEquals(900L, can.editMaxAge());
    assertEquals(Map.of("bold", Level.FULL, "headers", Level.DROPPED), can.formatting());
    assertNotNull(can.attachments());
    assertEquals(1, can.attachments().size());
    assertNull(can.archive());
  }

  @Test
  void itsSettingsAreTheOwners() {
    List<ChatUpdate> updates =
        heard.of(ChatChanged.class, RICH).stream().map(ChatChanged::update).toList();
    assertTrue(updates.stream().anyMatch(u -> Boolean.TRUE.equals(u.muted())));
    assertTrue(
        updates.stream()
            .anyMatch(
                u -> Boolean.TRUE.equals(u.pinned()) && Boolean.FALSE.equals(u.lowPriority())));
    assertEquals(
        List.of(new MarkedUnreadElsewhere(RICH, true)),
        heard.of(MarkedUnreadElsewhere.class, RICH));
    assertEquals(
        List.of(
            new ReadElsewhere(RICH, ReadElsewhere.Source.MARKER, "$text"),
            new ReadElsewhere(RICH, ReadElsewhere.Source.RECEIPT, "$image")),
        heard.of(ReadElsewhere.class, RICH));
    assertEquals(
        List.of(
            new ReadByOther(
                RICH,
                new UserId("@bob:example.org"),
                "$reply",
                Instant.ofEpochMilli(1_750_000_002_500L))),
        heard.of(ReadByOther.class, RICH));
  }

  @Test
  void itsMembersAreKnownByWhatTheyAre() {
    MembersChanged members = heard.of(MembersChanged.class, RICH).getFirst();
    assertFalse(members.complete());
    assertEquals(27, members.total());
    Map<String, Participant> byId =
        members.members().stream().collect(Collectors.toMap(m -> m.user().id().value(), m -> m));
    Participant bob = byId.get("@bob:example.org");
    assertNotNull(bob);
    assertEquals("Bob", bob.user().fullName());
    assertEquals("+441234567", bob.user().phoneNumber());
    assertEquals("bob@example.org", bob.user().email());
    assertEquals("bob", bob.user().username());
    assertTrue(bob.isAdmin());
    Participant alice = byId.get("@alice:example.org");
    assertNotNull(alice);
    assertTrue(alice.user().isSelf());
    assertFalse(alice.isAdmin());
    Participant erin = byId.get("@erin:example.org");
    assertNotNull(erin);
    assertTrue(erin.isPending());
    assertTrue(byId.containsKey("@dan:example.org"));
    assertFalse(byId.containsKey("@carol:example.org"), "named in power levels only");
  }

  @Test
  void theGapComesBeforeTheTimelineInOneBatch() {
    for (List<NetworkEvent> batch : heard.batches) {
      int gap = batch.indexOf(new TimelineGap(RICH, "t392-516_47314_0"));
      if (gap >= 0) {
        assertTrue(
            batch.get(gap + 1) instanceof MessageReceived first && first.key().equals("$text"));
        assertTrue(
            batch.stream()
                .anyMatch(e -> e instanceof MessageReceived m && m.key().equals("$unknown")));
        return;
      }
    }
    throw new AssertionError("no gap");
  }

  @Test
  void textIsCleanAndMentions() {
    MessageContent text = message("$text").content();
    assertEquals(MessageType.TEXT, text.type());
    assertEquals("Hello *Alice*", text.body());
    assertEquals("Hello <b>Alice</b>", text.html());
    assertEquals(List.of("@alice:example.org"), text.mentions());
    assertTrue(text.mentionsMe());
    assertEquals("https://example.org/b", text.links().getFirst().url());
    assertEquals("https://example.org/a", text.links().getFirst().originalURL());
    assertEquals(480, text.links().getFirst().imgHeight());
  }

  @Test
  void repliesLoseTheirQuotation() {
    MessageReceived reply = message("$reply");
    assertTrue(reply.fromMe());
    assertEquals("m1", reply.transaction());
    assertEquals("Hi", reply.content().body());
    assertEquals("<i>Hi</i>", reply.content().html());
    assertEquals("$text", reply.content().replyToKey());
    assertNull(reply.content().mentions());
    assertEquals("$text", message("$thread").content().replyToKey());
  }

  @Test
  void filesAreAttachments() {
    MessageContent image = message("$image").content();
    assertEquals(MessageType.IMAGE, image.type());
    assertEquals("A cat", image.body());
    Attachment cat = image.attachments().getFirst();
    assertEquals("mxc://example.org/cat", cat.id());
    assertEquals("cat.jpg", cat.fileName());
    assertEquals(12_345L, cat.fileSize());
    assertEquals(800, cat.width());
    assertEquals("mxc://example.org/small", cat.posterImg());
    assertNull(cat.encryption());
    MessageContent voice = message("$voice").content();
    assertEquals(MessageType.VOICE, voice.type());
    assertEquals("", voice.body());
    Attachment sound = voice.attachments().getFirst();
    assertTrue(sound.isVoiceNote());
    assertEquals(1.5, sound.duration());
    assertNotNull(sound.encryption());
    assertTrue(sound.encryption().startsWith("{\"mxc://example.org/voice\":{\"url\":"));
    assertTrue(message("$sticker").content().attachments().getFirst().isSticker());
  }

  @Test
  void everyOtherKindReadsAsSomething() {
    assertEquals("The pub\ngeo:51.5,-0.1", message("$place").content().body());
    assertEquals("* waves", message("$emote").content().body());
    assertEquals(MessageType.NOTICE, message("$notice").content().type());
    assertEquals("rolled a six", message("$odd").content().body());
    assertEquals("Poll: Pizza?\n1. Yes\n2. No", message("$poll").content().body());
    assertFalse(message("$call").content().hidden());
    assertTrue(message("$unknown").content().hidden());
    assertTrue(message("$topic").content().hidden());
    assertEquals("Dan joined", message("$join").content().body());
  }

  @Test
  void editsReactionsAndRedactionsNameTheirTargets() {
    MessageEdited edit = heard.of(MessageEdited.class, RICH).getFirst();
    assertEquals("$text", edit.targetKey());
    assertEquals("Hello all", edit.content().body());
    assertEquals(List.of("@room"), edit.content().mentions());
    assertTrue(edit.content().mentionsMe());
    List<Reacted> reactions = heard.of(Reacted.class, RICH);
    assertTrue(reactions.getFirst().emoji());
    assertEquals(":party:", reactions.getLast().reaction());
    assertEquals("mxc://example.org/party", reactions.getLast().imgURL());
    List<MessageDeleted> deleted = heard.of(MessageDeleted.class, RICH);
    assertEquals("$image", deleted.getFirst().targetKey());
    assertEquals("$gone", deleted.getLast().targetKey());
    assertEquals("$later/apart", deleted.getLast().key());
  }

  @Test
  void encryptedMessagesAreReadOrWaitedFor() {
    assertEquals("sealed", message("$sealed").content().body());
    assertEquals("$text", message("$sealed").content().replyToKey());
    MessageContent locked = message("$locked").content();
    assertEquals("Waiting for the key of this message.", locked.body());
    assertFalse(locked.hidden());
  }

  @Test
  void aBridgeTellsHowAMessageFares() {
    DeliveryChanged change = heard.of(DeliveryChanged.class, RICH).getFirst();
    assertEquals("$reply", change.key());
    Delivery.Failed failed = assertInstanceOf(Delivery.Failed.class, change.delivery());
    assertTrue(failed.retryable());
    assertEquals("No network", failed.message());
    assertTrue(message("$status").content().hidden());
  }

  @Test
  void aSpaceIsNoChatAndALeftRoomStaysUnknown() {
    assertTrue(
        heard.all().stream().noneMatch(event -> event.chatKey().equals("!space:example.org")));
    assertTrue(
        heard.all().stream().noneMatch(event -> event.chatKey().equals("!left:example.org")));
  }

  @Test
  void anInvitationIsAChatThatCannotBeWrittenTo() {
    ChatUpdate update = update("!invited:example.org");
    assertEquals(ChatType.SINGLE, update.type());
    assertEquals(true, update.readOnly());
    assertNotNull(update.sendRefusal().orNull());
    List<Participant> members =
        heard.of(MembersChanged.class, "!invited:example.org").getFirst().members();
    assertEquals("Carol", members.getFirst().user().fullName());
    assertTrue(members.getLast().isPending());
    assertTrue(members.getLast().user().isSelf());
  }
}
