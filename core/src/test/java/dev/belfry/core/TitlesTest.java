package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belfry.model.ChatType;
import dev.belfry.model.Participant;
import dev.belfry.model.User;
import dev.belfry.model.UserId;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent.MembersChanged;
import dev.belfry.network.NetworkEvent.PeopleChanged;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Titles that the hub makes of members' names, and members. */
@Tag("hub")
class TitlesTest {
  private static final User ALICE = User.of(Said.ALICE, "Alice");
  private static final User BOB = User.of(Said.BOB, "Bob");
  private static final User ME = User.of(Said.ME, "Me").asSelf();

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

  @Test
  void networkKeyWhereNothingElseIsKnown() {
    hub.client().says(Said.message("$1", Said.ALICE, "a"));
    assertEquals(Said.CHAT, hub.chat().title());
  }

  @Test
  void networkTitleFirst() {
    hub.client().says(Said.chat(ChatUpdate.builder().title("The team")), Said.members(ALICE, ME));
    assertEquals("The team", hub.chat().title());
    hub.client().says(Said.chat(ChatUpdate.builder().description("x")));
    assertEquals("The team", hub.chat().title());
    hub.client().says(Said.chat(ChatUpdate.builder().title(null)));
    assertEquals("Alice", hub.chat().title());
    hub.client().says(Said.chat(ChatUpdate.builder().title(" ")));
    assertEquals("Alice", hub.chat().title());
  }

  @Test
  void otherPersonOfADirectChat() {
    hub.client()
        .says(Said.chat(ChatUpdate.builder().type(ChatType.SINGLE)), Said.members(ME, ALICE));
    assertEquals("Alice", hub.chat().title());
    long seq = hub.lastChange();
    hub.client().says(new PeopleChanged(List.of(User.of(Said.ALICE, "Alice B."))));
    assertEquals("Alice B.", hub.chat().title());
    assertEquals(List.of("chat"), hub.kindsAfter(seq));
    hub.client().says(new PeopleChanged(List.of(User.of(Said.ALICE, "Alice B."))));
    assertEquals(1, hub.kindsAfter(seq).size(), "nothing has changed");
  }

  @Test
  void membersOfAGroup() {
    hub.client().says(Said.members(ALICE, BOB, ME));
    assertEquals("Alice, Bob", hub.chat().title());
    var five = new ArrayList<User>();
    for (int i = 1; i <= 5; i++) {
      five.add(User.of(new UserId("@u" + i), "U" + i));
    }
    hub.client().says(Said.members(five.toArray(User[]::new)));
    assertEquals("U1, U2, U3, U4 and others", hub.chat().title());
  }

  @Test
  void personWithoutANameIsCalledByTheirId() {
    hub.client().says(Said.members(User.of(Said.ALICE, null), ME));
    assertEquals("@alice:x", hub.chat().title());
    hub.client()
        .says(
            new PeopleChanged(
                List.of(new User(Said.ALICE, null, "alice", null, null, null, false, false))));
    assertEquals("alice", hub.chat().title());
  }

  @Test
  void aNameThatWasTakenAwayIsGone() {
    var pictured = new User(Said.ALICE, "Alice", "ali", null, null, "mxc://x/a", false, false);
    hub.client().says(Said.members(pictured, ME));
    hub.client().says(new PeopleChanged(List.of(User.of(Said.ALICE, null))));
    assertEquals("Alice", hub.chat().title());
    hub.client().says(new PeopleChanged(List.of(User.of(Said.ALICE, null).asProfiled())));
    assertEquals("ali", hub.chat().title());
    assertEquals(
        new User(Said.ALICE, null, "ali", null, null, null, false, false),
        hub.chat().participants().items().getLast().user());
  }

  @Test
  void whoLeftANamelessDirectChatStillNamesIt() {
    hub.client()
        .says(Said.chat(ChatUpdate.builder().type(ChatType.SINGLE)), Said.members(ME, ALICE));
    hub.client().says(new MembersChanged(Said.CHAT, List.of(), List.of(Said.ALICE), false, null));
    assertEquals("Alice", hub.chat().title());
    assertEquals(1, hub.chat().participants().total());
  }

  @Test
  void botsOfTheNetworkNameAChatOnlyIfNobodyElseDoes() {
    var bot = new Participant(User.of(new UserId("@bot:x"), "Bot"), false, true, false);
    hub.client()
        .says(
            new MembersChanged(
                Said.CHAT, List.of(bot, Participant.of(ALICE)), List.of(), true, null));
    assertEquals("Alice, Bot", hub.chat().title());
  }

  @Test
  void membersAreKeptWithWhatTheyAre() {
    var admin = new Participant(ALICE, true, false, false);
    var invited = new Participant(BOB, false, false, true);
    hub.client()
        .says(new MembersChanged(Said.CHAT, List.of(admin, invited), List.of(), false, 300));
    var participants = hub.chat().participants();
    assertEquals(List.of(admin, invited), participants.items());
    assertEquals(300, participants.total());
    assertEquals(true, participants.hasMore());
    hub.client().says(Said.members(ME));
    assertEquals(1, hub.chat().participants().items().size());
    assertEquals(1, hub.chat().participants().total());
  }

  @Test
  void nameOfASenderIsTheOneKnownNow() {
    hub.client().says(Said.message("$1", Said.ALICE, "a"));
    assertEquals(null, hub.message("$1").senderName());
    hub.client().says(new PeopleChanged(List.of(ALICE)));
    assertEquals("Alice", hub.message("$1").senderName());
  }

  @Test
  void everythingANetworkSaysAboutAChatIsKept() {
    var reminder = new dev.belfry.model.Reminder(Said.AT, true);
    var snooze = new dev.belfry.model.Snooze(Said.AT.plusSeconds(60), Said.AT);
    var draft = new dev.belfry.model.Draft("text", List.of());
    var can = dev.belfry.api.Capabilities.builder().maxTextLength(9L).build();
    hub.client()
        .says(
            Said.chat(
                ChatUpdate.builder()
                    .type(ChatType.SINGLE)
                    .network("WhatsApp")
                    .description("topic")
                    .imgURL("mxc://x/1")
                    .archived(true)
                    .lowPriority(true)
                    .muted(true)
                    .pinned(true)
                    .readOnly(true)
                    .sendRefusal("no")
                    .messageExpirySeconds(60)
                    .draft(draft)
                    .reminder(reminder)
                    .snooze(snooze)
                    .capabilities(can)
                    .createdAt(Said.AT.minusSeconds(3600))));
    var chat = hub.chat();
    assertEquals("WhatsApp", chat.network());
    assertEquals("topic", chat.description());
    assertEquals("mxc://x/1", chat.imgURL());
    assertEquals(
        new dev.belfry.model.Chat.Flags(true, true, true, true, true, false), chat.flags());
    assertEquals("no", chat.sendRefusal());
    assertEquals(60, chat.messageExpirySeconds());
    assertEquals(draft, chat.draft());
    assertEquals(reminder, chat.reminder());
    assertEquals(snooze, chat.snooze());
    assertEquals(can, chat.capabilities());
    assertEquals(Said.AT.minusSeconds(3600), chat.lastActivity());
    hub.client()
        .says(
            Said.chat(
                ChatUpdate.builder()
                    .description(null)
                    .imgURL(null)
                    .sendRefusal(null)
                    .messageExpirySeconds(null)
                    .draft(null)
                    .reminder(null)
                    .snooze(null)));
    chat = hub.chat();
    assertEquals(null, chat.description());
    assertEquals(null, chat.messageExpirySeconds());
    assertEquals(null, chat.draft());
    assertEquals(null, chat.reminder());
    assertEquals(null, chat.snooze());
    assertEquals(true, chat.flags().pinned());
    assertEquals(can, chat.capabilities());
  }
}
