package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.MatrixUser;
import dev.belfry.homeserver.Patience;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Matrix account's chats, seen through the official SDK. */
@Tag("e2e")
@ExtendWith({Stage.Provider.class, LogsOnFailure.class})
class MatrixChatsTest {
  private final Stage stage;
  private final Neighbourhood people;

  MatrixChatsTest(Stage stage) {
    this.stage = stage;
    people = stage.people;
  }

  @Test
  void theAccountIsListed() {
    var accounts = stage.sdk.call("accounts.list");
    assertEquals(1, accounts.list().size());
    var account = accounts.at(0);
    assertEquals("matrix", account.at("accountID").text());
    assertEquals("matrix", account.at("bridge", "type").text());
    assertTrue(Stage.isOnline(account));
    assertEquals(people.alice.id(), account.at("user", "id").text());
    assertEquals("Alice", account.at("user", "fullName").text());
    assertTrue(account.at("user", "isSelf").isTrue());
  }

  @Test
  void everyChatIsListedOnceThroughAllPages() {
    var expected = new HashSet<>(people.alice.joinedRooms());
    expected.add(people.room("Invitation").id());
    expected.add(people.room("Dave").id());
    var listed =
        Patience.USUAL.until(
            "all chats",
            () -> stage.sdk.all("chats.list", Map.of("limit", 7)),
            chats -> ids(chats).containsAll(expected));
    assertEquals(listed.size(), ids(listed).size(), "a chat is listed twice");
    assertEquals(ids(listed), ids(stage.sdk.all("chats.list")));
    var times = listed.stream().map(chat -> chat.at("lastActivity").text()).toList();
    assertEquals(times.stream().sorted(java.util.Comparator.reverseOrder()).toList(), times);
  }

  @Test
  void aDirectChatIsNamedAfterTheOther() {
    var chat = stage.chat(people.room("Bob"));
    assertEquals("single", chat.at("type").text());
    assertEquals("Bob", chat.at("title").text());
    assertEquals(2, chat.at("participants", "total").number());
    assertEquals(
        Set.of(people.alice.id(), people.bob.id()), ids(chat.at("participants", "items").list()));
    assertTrue(chat.at("localChatID").maybeText().isPresent());
    assertEquals(
        chat.at("id"), stage.sdk.call("chats.retrieve", chat.at("localChatID").text()).at("id"));
  }

  @Test
  void aGroupHasItsTopicItsPictureAndItsPeople() {
    var chat = stage.chat(people.room("Gardeners"));
    assertEquals("group", chat.at("type").text());
    assertEquals("Gardeners", chat.at("title").text());
    assertEquals("What grows where", chat.at("description").text());
    assertFalse(chat.at("imgURL").missing());
    assertEquals(4, chat.at("participants", "total").number());
    var pending =
        chat.at("participants", "items").list().stream()
            .filter(person -> person.at("isPending").isTrue())
            .toList();
    assertEquals(Set.of(people.dave.id()), ids(pending));
    var bob = participant(chat, people.bob);
    assertEquals("Bob", bob.at("fullName").text());
    assertTrue(bob.at("isAdmin").isTrue());
    assertFalse(bob.at("imgURL").missing());
  }

  @Test
  void tagsAndMuteAreFlags() {
    assertTrue(stage.chat(people.room("Favourite")).at("isPinned").isTrue());
    assertTrue(stage.chat(people.room("Low priority")).at("isLowPriority").isTrue());
    assertTrue(stage.chat(people.room("Muted")).at("isMuted").isTrue());
    assertTrue(stage.chat(people.room("Marked unread")).at("isMarkedUnread").isTrue());
    var ordinary = stage.chat(people.room("Ordinary 1"));
    for (var flag :
        List.of("isPinned", "isLowPriority", "isMuted", "isMarkedUnread", "isArchived")) {
      assertFalse(ordinary.at(flag).isTrue(), flag);
    }
  }

  @Test
  void tagsAndMuteFollowWhatAnotherClientDoes() {
    var room = stage.freshChat("Tagged later");
    var marks = people.alice.room(room.id()).marks();
    marks.tag("m.favourite");
    marks.mute();
    stage.chatOnce("pinned", room, chat -> chat.at("isPinned").isTrue());
    stage.chatOnce("muted", room, chat -> chat.at("isMuted").isTrue());
    marks.untag("m.favourite");
    marks.tag("m.lowpriority");
    marks.unmute();
    stage.chatOnce("low priority", room, chat -> chat.at("isLowPriority").isTrue());
    stage.chatOnce("not pinned", room, chat -> !chat.at("isPinned").isTrue());
    stage.chatOnce("not muted", room, chat -> !chat.at("isMuted").isTrue());
  }

  @Test
  void aChatFollowsItsRoom() {
    var room = stage.freshChat("Before");
    stage.chatOnce("it is here", room, chat -> chat.at("title").text().equals("Before"));
    room.state("m.room.name", "", Map.of("name", "After"));
    room.state("m.room.topic", "", Map.of("topic", "news"));
    stage.chatOnce("renamed", room, chat -> chat.at("title").text().equals("After"));
    stage.chatOnce("topic", room, chat -> "news".equals(chat.at("description").value()));
    room.invite(people.carol).joinedBy(people.carol);
    stage.chatOnce("Carol is in", room, chat -> chat.at("participants", "total").number() == 3);
    people.carol.room(room.id()).leave();
    stage.chatOnce("Carol left", room, chat -> chat.at("participants", "total").number() == 2);
  }

  @Test
  void invitationsAreChatsThatCannotBeWrittenTo() {
    var group = stage.chat(people.room("Invitation"));
    assertEquals("Invitation", group.at("title").text());
    assertTrue(group.at("isReadOnly").isTrue());
    assertTrue(participant(group, people.alice).at("isPending").isTrue());
    var direct = stage.chat(people.room("Dave"));
    assertEquals("single", direct.at("type").text());
    assertEquals("Dave", direct.at("title").text());
  }

  @Test
  void whatIsJoinedElsewhereCanBeWrittenTo() {
    var room = people.bob.createGroup("To be joined", people.alice);
    stage.chatOnce("an invitation", room, chat -> chat.at("isReadOnly").isTrue());
    people.alice.join(room.id());
    stage.chatOnce("joined", room, chat -> !chat.at("isReadOnly").isTrue());
  }

  @Test
  void bridgedChatsNameTheirNetwork() {
    var direct = stage.chat(people.room("Zoe (Phone)"));
    assertEquals("Phone", direct.at("network").text());
    assertEquals("single", direct.at("type").text());
    assertEquals("Zoe (Phone)", direct.at("title").text());
    assertEquals("group", stage.chat(people.room("Phone group")).at("type").text());
  }

  @Test
  void anUpgradedRoomSaysWhereItWentOn() {
    assertTrue(stage.chat(people.room("Old house")).at("isReadOnly").isTrue());
    var house = stage.chat(people.room("House"));
    assertEquals("House", house.at("title").text());
    assertFalse(house.at("isReadOnly").isTrue());
    assertTrue(stage.texts(people.room("House")).contains("nice here"));
  }

  @Test
  void anUpgradeIsFollowedWhileWeWatch() {
    var old = stage.freshChat("Moving");
    var next = old.upgrade("11");
    next.invite(people.alice);
    stage.chatOnce("the successor is joined", next, chat -> !chat.at("isReadOnly").isTrue());
    assertTrue(people.alice.joinedRooms().contains(next.id()));
    stage.chatOnce("the old one is closed", old, chat -> chat.at("isReadOnly").isTrue());
    String after = next.say("after the move");
    assertEquals("after the move", stage.message(next, after).at("text").text());
  }

  private static Json participant(Json chat, MatrixUser user) {
    return chat.at("participants", "items").list().stream()
        .filter(person -> person.at("id").text().equals(user.id()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(user + " is not in " + chat));
  }

  private static Set<String> ids(List<Json> items) {
    return items.stream().map(item -> item.at("id").text()).collect(Collectors.toSet());
  }
}
