package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.Attachment;
import dev.belfry.model.Change;
import dev.belfry.model.Delivery;
import dev.belfry.model.HubException;
import dev.belfry.model.LinkPreview;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import dev.belfry.model.Reaction;
import dev.belfry.model.UserId;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a network says while it is connected. Each batch comes twice; the second changes nothing.
 */
@Tag("hub")
class IncomingTest {
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
  void messageOfSomebodyElse() {
    says(Said.message("$1", Said.ALICE, "hello"));
    var message = hub.all(20).getFirst();
    assertEquals("hello", message.content().body());
    assertEquals(Said.ALICE, message.sender());
    assertEquals("$1", message.networkKey());
    assertFalse(message.isSender());
    assertTrue(message.isUnread());
    assertNull(message.delivery());
    assertEquals(Said.AT, message.timestamp());
    assertEquals(Said.CHAT, message.chatCanonicalId());
    assertEquals(message, hub.message("$1"));
    assertEquals(message, hub.message(message.id().toString()));
  }

  @Test
  void chatComesToBeWithItsFirstEvent() {
    long before = hub.lastChange();
    says(Said.message("$1", Said.ALICE, "hello"));
    var chat = hub.chat();
    assertEquals(Said.CHAT, chat.canonicalId());
    assertEquals(chat, hub.chats().get(dev.belfry.model.Grant.HUB, chat.id().toString(), -1));
    assertEquals(1, chat.read().unreadCount());
    assertEquals("Scripted", chat.network());
    assertEquals(List.of("message", "chat"), hub.kindsAfter(before));
  }

  @Test
  void everyKindOfContentIsKept() {
    var image =
        new Attachment(
            "img",
            "mxc://x/1",
            "http://x/1",
            "a.png",
            "image/png",
            12L,
            3,
            4,
            1.5,
            true,
            false,
            false,
            "mxc://x/2",
            new Attachment.Transcription("e", "t", "en"),
            "{\"k\":1}");
    var link = new LinkPreview("http://x", "X", "s", null, null, "http://x/i", 1, 2);
    var content =
        MessageContent.text("see <b> \u0000 \ud83d\ude00 \u4e2d\u6587")
            .withHtml("<b>see</b>")
            .withLinks(List.of(link))
            .withMentions(List.of("@room"), true)
            .withAttachments(MessageType.IMAGE, List.of(image));
    says(Said.message(Said.CHAT, "$1", Said.ALICE, content, Said.AT));
    assertEquals(content, hub.message("$1").content());
    assertEquals(1, hub.chat().read().unreadMentions());
  }

  @Test
  void legacyMentionsAreUnknown() {
    var content = MessageContent.text("old").withMentions(null, false);
    says(Said.message(Said.CHAT, "$1", Said.ALICE, content, Said.AT));
    assertNull(hub.message("$1").content().mentions());
  }

  @Test
  void ownMessageFromElsewhereReadsUpToItself() {
    says(Said.message("$1", Said.ALICE, "a"), Said.message("$2", Said.BOB, "b"));
    assertEquals(2, hub.chat().read().unreadCount());
    says(Said.message("$3", Said.ME, "mine"), Said.message("$4", Said.ALICE, "c"));
    assertEquals(1, hub.chat().read().unreadCount());
    var own = hub.message("$3");
    assertTrue(own.isSender());
    assertEquals(new Delivery.Sent(Said.AT), own.delivery());
  }

  @Test
  void hiddenEventIsNotShownAndReadsNothing() {
    says(Said.message("$1", Said.ALICE, "a"));
    long before = hub.lastChange();
    says(Said.hidden("$2", Said.ALICE), Said.hidden("$3", Said.ME));
    assertEquals(List.of("a"), hub.bodies());
    assertEquals(1, hub.chat().read().unreadCount());
    assertEquals(hub.message("$1").id(), listed());
    assertEquals(List.of(), hub.kindsAfter(before));
    assertThrows(HubException.class, () -> hub.message("$2"));
  }

  private Object listed() {
    var preview =
        hub.chats()
            .list(dev.belfry.model.Grant.HUB, List.of(), dev.belfry.model.PageRequest.newest(10))
            .items()
            .getFirst()
            .preview();
    return preview == null ? "nothing" : preview.id();
  }

  @Test
  void reactionsComeAndGo() {
    says(Said.message("$1", Said.ALICE, "a"));
    long seq = hub.lastChange();
    says(
        Said.reaction("$2", Said.BOB, "$1", "\ud83d\udc4d"),
        Said.reaction("$3", Said.ME, "$1", "x"));
    assertEquals(
        List.of(
            new Reaction(Said.BOB, "\ud83d\udc4d", true, null),
            new Reaction(Said.ME, "x", true, null)),
        hub.message("$1").reactions());
    assertEquals(1, hub.chat().read().unreadCount());
    assertEquals(List.of("message", "message", "chat"), hub.kindsAfter(seq));
    seq = hub.lastChange();
    says(Said.deletion("$4", Said.BOB, "$2"));
    assertEquals(List.of(new Reaction(Said.ME, "x", true, null)), hub.message("$1").reactions());
    assertEquals(List.of("message", "chat"), hub.kindsAfter(seq));
  }

  @Test
  void reactionToWhatIsNotShownAnnouncesNothing() {
    says(Said.hidden("$1", Said.ALICE));
    long seq = hub.lastChange();
    says(Said.reaction("$2", Said.BOB, "$1", "x"));
    assertEquals(List.of(), hub.kindsAfter(seq));
  }

  @Test
  void sameReactionTwiceIsShownOnce() {
    says(
        Said.message("$1", Said.ALICE, "a"),
        Said.reaction("$2", Said.BOB, "$1", "x"),
        Said.reaction("$3", Said.BOB, "$1", "x"));
    assertEquals(1, hub.message("$1").reactions().size());
  }

  @Test
  void replyLinksToWhatItAnswers() {
    says(Said.reply("$2", Said.BOB, "yes", "$1"));
    assertNull(hub.message("$2").linkedMessage());
    says(Said.message("$1", Said.ALICE, "really?"));
    assertEquals(hub.message("$1").id(), hub.message("$2").linkedMessage());
  }

  @Test
  void placeholderIsRevealed() {
    var placeholder = MessageContent.notice("Waiting for the key", false);
    says(
        Said.message(Said.CHAT, "$1", Said.ALICE, placeholder, Said.AT),
        Said.message("$2", Said.BOB, "b"));
    var id = hub.message("$1").id();
    long seq = hub.lastChange();
    var content = MessageContent.text("hello").withMentions(List.of(Said.ME.value()), true);
    hub.client().says(Said.revealed("$1", content));
    assertEquals(content, hub.message("$1").content());
    assertEquals(id, hub.message("$1").id());
    assertNull(hub.message("$1").editedTimestamp());
    assertEquals(1, hub.chat().read().unreadMentions());
    assertEquals(2, hub.chat().read().unreadCount());
    assertEquals(List.of("message", "chat"), hub.kindsAfter(seq));
  }

  @Test
  void placeholderThatWasEditedMeanwhileShowsTheEdit() {
    says(
        Said.message(Said.CHAT, "$1", Said.ALICE, MessageContent.notice("Waiting", false), Said.AT),
        Said.edit("$2", Said.ALICE, "$1", "second"));
    hub.client().says(Said.revealed("$1", MessageContent.text("first")));
    assertEquals("second", hub.message("$1").content().body());
    assertEquals(MessageType.TEXT, hub.message("$1").content().type());
  }

  @Test
  void anEditThatCouldBeReadOnlyLaterDoesNotWinOverANewerOne() {
    says(
        Said.message("$1", Said.ALICE, "first"),
        Said.edit(Said.CHAT, "$3", Said.ALICE, "$1", "third", Said.AT.plusSeconds(2)));
    hub.client()
        .says(Said.edit(Said.CHAT, "$2", Said.ALICE, "$1", "second", Said.AT.plusSeconds(1)));
    assertEquals("third", hub.message("$1").content().body());
    hub.client()
        .says(Said.edit(Said.CHAT, "$4", Said.ALICE, "$1", "fourth", Said.AT.plusSeconds(3)));
    assertEquals("fourth", hub.message("$1").content().body());
  }

  @Test
  void placeholderOfWhatIsNotShownGoes() {
    says(
        Said.message("$1", Said.BOB, "b"),
        Said.message(
            Said.CHAT, "$2", Said.ALICE, MessageContent.notice("Waiting", false), Said.AT));
    long seq = hub.lastChange();
    hub.client().says(Said.revealed("$2", MessageContent.notice("a key exchange", true)));
    assertEquals(List.of("b"), hub.bodies());
    assertEquals(1, hub.chat().read().unreadCount());
    assertEquals(hub.message("$1").id(), listed());
    assertEquals(List.of("message deleted", "chat"), hub.kindsAfter(seq));
  }

  @Test
  void deletedPlaceholderStaysDeleted() {
    says(
        Said.message(Said.CHAT, "$1", Said.ALICE, MessageContent.notice("Waiting", false), Said.AT),
        Said.deletion("$2", Said.ALICE, "$1"));
    hub.client().says(Said.revealed("$1", MessageContent.text("secret")));
    assertTrue(hub.message("$1").isDeleted());
    assertEquals("", hub.message("$1").content().body());
  }

  @Test
  void chatThatIsGoneIsDeletedWithItsMessages() {
    says(Said.message("$1", Said.ALICE, "a"));
    var chat = hub.chat();
    long seq = hub.lastChange();
    hub.client().says(new NetworkEvent.ChatGone(Said.CHAT));
    hub.client().says(new NetworkEvent.ChatGone(Said.CHAT));
    assertThrows(HubException.class, hub::chat);
    assertEquals(List.of("chat deleted"), hub.kindsAfter(seq));
    var change = (Change.ChatDeleted) hub.changesAfter(seq).getFirst();
    assertEquals(Said.CHAT, change.canonicalId());
    assertEquals(chat.id(), change.chat());
    assertEquals(0, hub.number("SELECT count(*) FROM message"));
    assertEquals(0, hub.number("SELECT count(*) FROM search"));
    hub.client().says(Said.message("$9", Said.ALICE, "back"));
    assertNotEquals(chat.id(), hub.chat().id(), "local ids are not given twice");
  }

  @Test
  void chatThatIsListedNoLongerCanBeReadOnly() {
    var left = ChatUpdate.builder().readOnly(true).sendRefusal("You have left.").build();
    hub.client()
        .says(
            Said.message("$1", Said.ALICE, "a"),
            Said.message("!other:x", "$2", Said.BOB, "b", Said.AT));
    long seq = hub.lastChange();
    hub.client().says(new NetworkEvent.ChatsListed(Set.of(Said.CHAT, "!new:x"), left));
    assertEquals(List.of("chat"), hub.kindsAfter(seq));
    assertEquals(false, hub.chat().flags().readOnly());
    assertEquals(
        1,
        hub.number(
            "SELECT count(*) FROM chat WHERE network_key = '!other:x' AND read_only = 1 AND send_refusal = 'You have left.'"));
    seq = hub.lastChange();
    hub.client().says(new NetworkEvent.ChatsListed(Set.of(Said.CHAT), left));
    assertEquals(List.of(), hub.kindsAfter(seq));
  }

  @Test
  void chatGoneInTheBatchThatMadeItIsNotAnnouncedAsChanged() {
    hub.client().says(Said.message("$1", Said.ALICE, "a"));
    long seq = hub.lastChange();
    hub.client()
        .says(
            Said.chat(ChatUpdate.builder().title("T")),
            Said.gap("t"),
            new NetworkEvent.ChatGone(Said.CHAT));
    assertEquals(List.of("chat deleted"), hub.kindsAfter(seq));
    assertEquals(0, hub.number("SELECT count(*) FROM gap"));
  }

  @Test
  void ownerUnderTwoNamesIsStillOneAccount() {
    says(
        new NetworkEvent.MessageReceived(
            Said.CHAT,
            "$1",
            new UserId("@me:bridge"),
            true,
            MessageContent.text("a"),
            Said.AT,
            null));
    assertEquals(1, hub.hub().accounts().list(dev.belfry.model.Grant.HUB).size());
    assertEquals(Said.ME, hub.account().self().id());
    assertTrue(hub.message("$1").isSender());
  }
}
