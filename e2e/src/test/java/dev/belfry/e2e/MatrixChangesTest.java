package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Chat;
import dev.belfry.api.Message;
import dev.belfry.api.request.ChatStartParams;
import dev.belfry.api.request.ChatUpdateParams;
import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.Patience;
import dev.belfry.sdk.Belfry;
import dev.belfry.sdk.MessageSearchParams;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is changed with the Java client, looked up on the homeserver. */
@Tag("e2e")
@ExtendWith({Stage.Provider.class, LogsOnFailure.class})
class MatrixChangesTest {
  private final Stage stage;
  private final Neighbourhood people;
  private final Belfry client;

  MatrixChangesTest(Stage stage) {
    this.stage = stage;
    people = stage.people;
    client = Belfry.connect(stage.belfry.url(), stage.belfry.token());
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void anEditIsSeenThereAndFoundByItsNewWords() {
    var room = stage.freshChat("Edits");
    var sent = sent(room, "zeppelin **early**");
    assertEquals(List.of(sent.id()), found("zeppelin early", room));
    var answer = client.messages().update(room.id(), sent.id(), "zeppelin *late*");
    assertEquals("zeppelin <em>late</em>", answer.message().text());
    var edit = there(room, event -> "m.replace".equals(relation(event).at("rel_type").value()));
    assertEquals("zeppelin *late*", edit.at("content", "m.new_content", "body").text());
    assertEquals(
        "zeppelin <em>late</em>", edit.at("content", "m.new_content", "formatted_body").text());
    assertEquals(List.of(), found("zeppelin early", room));
    assertEquals(List.of(sent.id()), found("zeppelin late", room));
    assertNotNull(client.messages().retrieve(room.id(), sent.id()).editedTimestamp());
  }

  @Test
  void aDeletionIsSeenThereAndNeverFoundAgain() {
    var room = stage.freshChat("Deletions");
    var sent = sent(room, "quicksand");
    client.messages().delete(room.id(), sent.id());
    assertEquals(List.of(), found("quicksand", room));
    assertEquals(true, client.messages().retrieve(room.id(), sent.id()).isDeleted());
    Patience.USUAL.until("it is gone there", room::bodies, bodies -> !bodies.contains("quicksand"));
  }

  @Test
  void aReactionGoesAndIsTakenBack() {
    var room = stage.freshChat("Reactions");
    String event = room.say("shall we?");
    String id = stage.message(room, event).at("id").text();
    client.messages().addReaction(room.id(), id, "👍");
    client.messages().addReaction(room.id(), id, "👍");
    var reaction = there(room, e -> e.at("type").text().equals("m.reaction"));
    assertEquals("👍", relation(reaction).at("key").text());
    assertEquals(event, relation(reaction).at("event_id").text());
    var reactions = client.messages().retrieve(room.id(), id).reactions();
    assertNotNull(reactions);
    assertEquals(1, reactions.size());
    client.messages().removeReaction(room.id(), id, "👍");
    assertNull(client.messages().retrieve(room.id(), id).reactions());
    Patience.USUAL.untilTrue(
        "it is taken back there",
        () -> room.event(reaction.at("event_id").text()).at("content").entries().isEmpty());
  }

  @Test
  void whatAChatIsSortedIntoIsTold() {
    var room = stage.freshChat("Sorting");
    var chat =
        client
            .chats()
            .update(room.id(), ChatUpdateParams.builder().isPinned(true).isMuted(true).build());
    assertEquals(true, chat.isPinned());
    assertEquals(true, chat.isMuted());
    var mine = people.alice.room(room.id());
    Patience.USUAL.untilTrue(
        "the tag is there", () -> !tags(mine).at("tags", "m.favourite").missing());
    Patience.USUAL.untilTrue(
        "the rule is there",
        () -> people.alice.accountData("m.push_rules").toString().contains(room.id()));
    client
        .chats()
        .update(room.id(), ChatUpdateParams.builder().isPinned(false).isMuted(false).build());
    Patience.USUAL.untilTrue(
        "the tag is gone", () -> tags(mine).at("tags", "m.favourite").missing());
  }

  private Json tags(MatrixRoom room) {
    return people.alice.request(
        "GET",
        "/_matrix/client/v3/user/%s/rooms/%s/tags".formatted(people.alice.id(), room.id()),
        java.util.Map.of());
  }

  @Test
  void aDirectChatIsStartedOnceOnly() {
    var person = new ChatStartParams.Person(people.dave.id(), null, null, null, null);
    var first = client.chats().start(new ChatStartParams("matrix", person, null, null));
    assertEquals(Chat.Type.SINGLE, first.chat().type());
    var second = client.chats().start(new ChatStartParams("matrix", person, null, null));
    assertEquals(first.chat().id(), second.chat().id());
    assertTrue(people.alice.accountData("m.direct").toString().contains(first.chat().id()));
  }

  @Test
  void peopleAreFoundInTheDirectory() {
    var found = client.accounts().searchContacts("matrix", people.carol.id());
    assertFalse(found.isEmpty());
    assertEquals(people.carol.id(), found.get(0).id());
  }

  private static Json relation(Json event) {
    return event.at("content", "m.relates_to");
  }

  private List<String> found(String words, MatrixRoom room) {
    return client
        .messages()
        .search(MessageSearchParams.in(words, List.of(room.id())))
        .items()
        .stream()
        .map(Message::id)
        .toList();
  }

  private Message sent(MatrixRoom room, String text) {
    var answer = client.messages().send(room.id(), text);
    return Patience.USUAL.until(
        "confirmed",
        () -> Optional.of(client.messages().retrieve(room.id(), answer.pendingMessageID())));
  }

  private static Json there(MatrixRoom room, java.util.function.Predicate<Json> wanted) {
    return Patience.USUAL.until(
        "it is there", () -> room.events().stream().filter(wanted).findFirst());
  }
}
