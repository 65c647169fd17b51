package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.MatrixUser;
import dev.belfry.homeserver.Patience;
import java.awt.Color;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each endpoint of version 5.0.0 through the official SDK, on Matrix: what it does is looked up on
 * the homeserver by other clients, and every answer is held against the contract's schemas on its
 * way. All in one class: its last test looks at what the others have called.
 */
@Tag("e2e")
@ExtendWith({Stage.Provider.class, LogsOnFailure.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class EveryEndpointOnMatrixTest {
  private static final String ACCOUNT = "matrix";
  private static final byte[] PICTURE = Neighbourhood.picture(Color.PINK);

  private final Stage stage;
  private final Neighbourhood people;
  private final OfficialSdk sdk;

  EveryEndpointOnMatrixTest(Stage stage) {
    this.stage = stage;
    people = stage.people;
    sdk = stage.belfry.sdk();
  }

  @AfterAll
  void close() {
    sdk.close();
  }

  @Test
  void theServerItsAccountAndItsPeople() {
    assertEquals("ready", sdk.call("info.retrieve").at("server", "status").text());
    assertEquals(people.alice.id(), sdk.call("accounts.list").at(0).at("user", "id").text());
    var listed = sdk.all("accounts.contacts.list", ACCOUNT, Map.of("limit", 2));
    var ids = listed.stream().map(EveryEndpointOnMatrixTest::idOf).toList();
    assertEquals(Set.copyOf(ids).size(), ids.size(), "somebody is listed twice: " + ids);
    assertTrue(ids.containsAll(List.of(people.bob.id(), people.carol.id(), people.dave.id())));
    var carols = sdk.all("accounts.contacts.list", ACCOUNT, Map.of("query", "carol"));
    assertEquals(List.of(people.carol.id()), carols.stream().map(each -> idOf(each)).toList());
    person("nobodysfriend");
    for (var query : List.of("Carol", people.carol.id(), "carol")) {
      var hits = sdk.call("accounts.contacts.search", ACCOUNT, Map.of("query", query));
      assertEquals(people.carol.id(), idOf(hits.at("items").at(0)), query);
    }
    var stranger = sdk.call("accounts.contacts.search", ACCOUNT, Map.of("query", "nobodysfriend"));
    assertEquals("@nobodysfriend:localhost", idOf(stranger.at("items").at(0)));
  }

  @Test
  void aDirectChatIsStartedByAnyNameOfAPerson() {
    var erin = person("erin");
    assertEquals(422, started(Map.of("username", "erin"), Map.of("allowInvite", false)));
    assertEquals(404, started(Map.of("username", "no-such-person"), Map.of()));
    assertEquals(404, started(Map.of("phoneNumber", "+15550100"), Map.of()));
    assertEquals(422, started(Map.of("fullName", "Erin"), Map.of()));
    var user = Map.of("username", "erin", "fullName", "Erin");
    var body = Map.of("accountID", ACCOUNT, "user", user, "messageText", "good morning");
    var chat = sdk.call("chats.start", body);
    assertEquals("created", chat.at("status").text());
    assertEquals("single", chat.at("type").text());
    var room = erin.join(idOf(chat));
    assertTrue(people.alice.accountData("m.direct").toString().contains(idOf(chat)));
    Patience.USUAL.until("the message", room::bodies, List.of("good morning")::equals);
    var byId = Map.of("accountID", ACCOUNT, "user", Map.of("id", erin.id()));
    var again = sdk.call("chats.start", byId);
    assertEquals("existing", again.at("status").text());
    assertEquals(idOf(chat), again.at("chatID").text());
    assertEquals("Erin", chatOnce(room, "it has her name", titled("Erin")).at("title").text());
  }

  private int started(Map<String, ?> user, Map<String, ?> more) {
    var body = new HashMap<String, Object>(more);
    body.put("accountID", ACCOUNT);
    body.put("user", user);
    return refusal("chats.start", body);
  }

  @Test
  void chatsAreCreated() {
    var frank = person("frank");
    var group =
        sdk.call(
            "chats.create",
            Map.of(
                "accountID", ACCOUNT,
                "type", "group",
                "participantIDs", List.of(frank.id(), people.bob.id()),
                "title", "Three of us",
                "messageText", "welcome"));
    assertEquals("created", group.at("status").text());
    assertEquals("Three of us", group.at("title").text());
    var room = frank.join(idOf(group));
    assertEquals("Three of us", room.state("m.room.name", "").at("name").text());
    var bob = room.state("m.room.member", people.bob.id());
    assertEquals("invite", bob.at("membership").text());
    Patience.USUAL.until("the first message", room::bodies, List.of("welcome")::equals);
    var single =
        Map.of("accountID", ACCOUNT, "type", "single", "participantIDs", List.of(frank.id()));
    var made = sdk.call("chats.create", single);
    assertEquals("single", made.at("type").text());
    assertTrue(people.alice.accountData("m.direct").toString().contains(idOf(made)));
    assertEquals(idOf(made), idOf(sdk.call("chats.create", single)));
    var two = List.of(frank.id(), people.bob.id());
    var faulty = Map.of("accountID", ACCOUNT, "type", "single", "participantIDs", two);
    assertEquals(400, refusal("chats.create", faulty));
  }

  @Test
  void everyFieldOfAChatIsChanged() {
    var room = ours("To be changed");
    var mine = people.alice.room(room.id());
    String file = uploaded(PICTURE, "rose.png");
    var changes = new HashMap<String, Object>();
    changes.put("title", "Changed");
    changes.put("description", "what it is about");
    changes.put("imgURL", upload(PICTURE, "sign.png").at("srcURL").text());
    changes.put("isPinned", true);
    changes.put("isMuted", true);
    changes.put("isArchived", true);
    var attachments = Map.of("one", Map.of("uploadID", file, "type", "image"));
    changes.put("draft", Map.of("text", "not **yet**", "attachments", attachments));
    var chat = sdk.call("chats.update", room.id(), changes);
    assertEquals("Changed", chat.at("title").text());
    assertEquals("what it is about", chat.at("description").text());
    assertTrue(chat.at("isPinned").isTrue() && chat.at("isMuted").isTrue());
    assertTrue(chat.at("isArchived").isTrue());
    assertEquals(1, chat.at("draft", "attachments").entries().size());
    Patience.USUAL.until(
        "the name", () -> room.state("m.room.name", ""), name -> is("Changed", name.at("name")));
    Patience.USUAL.until(
        "the topic",
        () -> room.state("m.room.topic", ""),
        topic -> is("what it is about", topic.at("topic")));
    var avatar =
        Patience.USUAL.until(
            "the picture", () -> room.state("m.room.avatar", "").at("url").maybeText());
    assertArrayEquals(PICTURE, people.bob.download(avatar));
    Patience.USUAL.until("pinned", mine.marks()::tags, tags -> tags.contains("m.favourite"));
    Patience.USUAL.untilTrue("muted", () -> pushRules().contains(room.id()));

    assertEquals(422, changed(room, Map.of("draft", Map.of("text", "another"))), "no overwriting");
    var cleared = new HashMap<String, Object>();
    for (var field : List.of("title", "description", "imgURL", "draft")) {
      cleared.put(field, null);
    }
    for (var flag : List.of("isPinned", "isMuted", "isArchived")) {
      cleared.put(flag, false);
    }
    cleared.put("isLowPriority", true);
    chat = sdk.call("chats.update", room.id(), cleared);
    assertTrue(chat.at("draft").missing() && chat.at("description").missing());
    assertFalse(chat.at("isPinned").isTrue() || chat.at("isArchived").isTrue());
    Patience.USUAL.until(
        "no topic", () -> room.state("m.room.topic", ""), topic -> is("", topic.at("topic")));
    Patience.USUAL.until(
        "no picture", () -> room.state("m.room.avatar", ""), none -> none.at("url").missing());
    Patience.USUAL.until("sorted anew", mine.marks()::tags, Set.of("m.lowpriority")::equals);
    Patience.USUAL.untilTrue("not muted", () -> !pushRules().contains(room.id()));
    chatOnce(room, "it is named after Bob", titled("Bob"));
    // What was asked for comes back from the homeserver meanwhile.
    Patience.USUAL.untilTrue(
        "nothing is asked for", () -> chatOf(room).equals(sdk.call("chats.update", room.id())));
  }

  @Test
  void whatCannotBeChangedIsRefusedAndNothingIsChanged() {
    var room = ours("As it was");
    var timer = Map.of("title", "never", "messageExpirySeconds", 3600, "isPinned", true);
    assertEquals(422, changed(room, timer), "Matrix has no timer");
    var notOurs = stage.freshChat("Bob's alone");
    assertEquals(422, changed(notOurs, Map.of("title", "ours", "isPinned", true)));
    for (var each : List.of(room, notOurs)) {
      assertFalse(chatOf(each).at("isPinned").isTrue());
      assertEquals(Set.of(), people.alice.room(each.id()).marks().tags());
    }
    assertEquals("As it was", room.state("m.room.name", "").at("name").text());
    assertEquals(422, refusal("chats.notifyAnyway", room.id()));
    assertEquals(404, refusal("chats.notifyAnyway", "!nowhere:localhost"));
  }

  @Test
  void theArchiveIsAnInboxOfItsOwn() {
    var room = stage.freshChat("Put away");
    String event = room.say("until later");
    stage.message(room, event);
    sdk.call("chats.archive", room.id());
    assertTrue(chatOf(room).at("isArchived").isTrue());
    assertTrue(found("archive").contains(room.id()));
    assertFalse(found("primary").contains(room.id()));
    sdk.call("chats.archive", room.id(), Map.of("archived", false));
    assertFalse(found("archive").contains(room.id()));
    assertTrue(found("primary").contains(room.id()));
  }

  private List<String> found(String inbox) {
    return ids(sdk.all("chats.search", Map.of("inbox", inbox, "query", "Put away")));
  }

  @Test
  void remindersComeUpOrAreDismissed() {
    var room = stage.freshChat("Reminded");
    var mine = people.alice.room(room.id());
    stage.message(room, room.say("call me back"));
    sdk.call("chats.markRead", room.id());
    remind(room, Instant.now().plusSeconds(3600), true);
    assertFalse(chatOf(room).at("reminder", "remindAt").missing());
    room.say("never mind");
    chatOnce(room, "an answer dismisses it", chat -> chat.at("reminder", "remindAt").missing());
    sdk.call("chats.markRead", room.id());
    remind(room, Instant.now().plusSeconds(3600), false);
    sdk.call("chats.reminders.delete", room.id());
    sdk.call("chats.reminders.delete", room.id());
    assertTrue(chatOf(room).at("reminder", "remindAt").missing());
    remind(room, Instant.now().plusSeconds(2), false);
    chatOnce(room, "it has fired", chat -> chat.at("isMarkedUnread").isTrue());
    Patience.USUAL.untilTrue("the other clients show it too", mine.marks()::isMarkedUnread);
    assertTrue(chatOf(room).at("reminder", "remindAt").missing());
  }

  private void remind(MatrixRoom room, Instant at, boolean dismiss) {
    var reminder =
        Map.of(
            "remindAt",
            at.truncatedTo(ChronoUnit.MILLIS).toString(),
            "dismissOnIncomingMessage",
            dismiss);
    sdk.call("chats.reminders.create", room.id(), Map.of("reminder", reminder));
  }

  @Test
  void readAndUnreadAndTyping() {
    var room = stage.freshChat("Read and typed");
    var marks = people.alice.room(room.id()).marks();
    String first = room.say("first");
    String second = room.say("second");
    stage.message(room, second);
    assertEquals(0, sdk.call("chats.markRead", room.id()).at("unreadCount").number());
    Patience.USUAL.until("read there", marks::readMarker, Optional.of(second)::equals);
    var from = Map.of("messageID", idOf(stage.message(room, first)));
    assertEquals(2, sdk.call("chats.markUnread", room.id(), from).at("unreadCount").number());
    Patience.USUAL.untilTrue("marked there", marks::isMarkedUnread);
    assertFalse(sdk.call("chats.markRead", room.id()).at("isMarkedUnread").isTrue());
    typing(room, "typing");
    Patience.USUAL.until("Bob sees it", () -> typing(room), List.of(people.alice.id())::equals);
    typing(room, "paused");
    Patience.USUAL.until("no more", () -> typing(room), List.of()::equals);
  }

  private void typing(MatrixRoom room, String state) {
    var path = "/v1/chats/" + room.id() + "/typing";
    sdk.call("post", path, Map.of("body", Map.of("state", state)));
  }

  /** Who is writing, as Bob's client shows it. */
  private List<String> typing(MatrixRoom room) {
    var filter = new Json(Map.of("room", Map.of("rooms", List.of(room.id()))));
    return people
        .bob
        .sync(Map.of("filter", filter.toString()))
        .at("rooms", "join", room.id(), "ephemeral", "events")
        .list()
        .stream()
        .filter(event -> is("m.typing", event.at("type")))
        .flatMap(event -> event.at("content", "user_ids").list().stream().map(Json::text))
        .toList();
  }

  @Test
  void messagesAreSentChangedAndTakenBack() {
    var room = stage.freshChat("Said");
    String question = room.say("which one?");
    var asked = stage.message(room, question);
    var attachment =
        Map.of(
            "uploadID", uploaded(PICTURE, "rose.png"),
            "fileName", "the rose.png",
            "size", Map.of("width", 64, "height", 48));
    var answer =
        sent(
            room,
            Map.of(
                "text",
                "*this* one",
                "attachment",
                attachment,
                "replyToMessageID",
                idOf(asked),
                "mentions",
                List.of(people.bob.id())));
    assertEquals("IMAGE", answer.at("type").text());
    assertEquals(idOf(asked), answer.at("linkedMessageID").text());
    var picture = there(room, event -> is("m.image", event.at("content", "msgtype")));
    var content = picture.at("content");
    assertEquals("<em>this</em> one", content.at("formatted_body").text());
    assertEquals("the rose.png", content.at("filename").text());
    assertEquals(64, content.at("info", "w").number());
    assertEquals(
        question, content.at("m.relates_to", "m.in_reply_to", "event_id").text(), "the reply");
    assertEquals(List.of(people.bob.id()), texts(content.at("m.mentions", "user_ids")));
    assertArrayEquals(PICTURE, people.bob.download(content.at("url").text()));
    var in = Map.<String, Object>of("chatID", room.id());
    assertEquals(answer, sdk.call("messages.retrieve", picture.at("event_id").text(), in));
    assertEquals(answer, sdk.call("messages.retrieve", idOf(answer), in));
    var caption = Map.<String, Object>of("chatID", room.id(), "text", "that one");
    assertEquals(422, refusal("messages.update", idOf(answer), caption), "it has a file");

    var typo = sent(room, Map.of("text", "frist"));
    var better = Map.<String, Object>of("chatID", room.id(), "text", "**first**");
    var edited = sdk.call("messages.update", idOf(typo), better);
    assertEquals("<strong>first</strong>", edited.at("text").text());
    var edit = there(room, e -> is("m.replace", e.at("content", "m.relates_to", "rel_type")));
    assertEquals("**first**", edit.at("content", "m.new_content", "body").text());
    var forMe = Map.<String, Object>of("chatID", room.id(), "forEveryone", false);
    assertEquals(422, refusal("messages.delete", idOf(typo), forMe), "Matrix knows no such thing");
    sdk.call("messages.delete", idOf(typo), in);
    assertTrue(sdk.call("messages.retrieve", idOf(typo), in).at("isDeleted").isTrue());
    String original = edit.at("content", "m.relates_to", "event_id").text();
    Patience.USUAL.untilTrue(
        "it is taken back there", () -> room.event(original).at("content").entries().isEmpty());
    var others = Map.<String, Object>of("chatID", room.id(), "text", "not mine");
    assertEquals(422, refusal("messages.update", idOf(asked), others), "somebody else's");
    assertEquals(
        List.of(idOf(answer), idOf(asked)),
        ids(sdk.all("messages.list", room.id())).stream()
            .filter(Set.of(idOf(answer), idOf(asked))::contains)
            .toList());
  }

  @Test
  void reactionsComeAndGo() {
    var room = stage.freshChat("Hearts");
    String event = room.say("nice?");
    var message = stage.message(room, event);
    var heart =
        Map.<String, Object>of("chatID", room.id(), "reactionKey", "❤️", "transactionID", "t-1");
    var added = sdk.call("chats.messages.reactions.add", idOf(message), heart);
    assertEquals("t-1", added.at("transactionID").text());
    sdk.call("chats.messages.reactions.add", idOf(message), heart);
    var reaction = there(room, e -> is("m.reaction", e.at("type")));
    assertEquals("❤️", reaction.at("content", "m.relates_to", "key").text());
    assertEquals(event, reaction.at("content", "m.relates_to", "event_id").text());
    var of = Map.<String, Object>of("chatID", room.id(), "messageID", idOf(message));
    sdk.call("chats.messages.reactions.delete", "❤", of); // without its variation selector
    Patience.USUAL.untilTrue(
        "it is taken back there",
        () -> room.event(reaction.at("event_id").text()).at("content").entries().isEmpty());
    var path = "/v1/chats/" + room.id() + "/messages/" + idOf(message) + "/reactions";
    var custom = Map.<String, Object>of("chatID", room.id(), "reactionKey", "seen it");
    sdk.call("chats.messages.reactions.add", idOf(message), custom);
    there(room, e -> is("seen it", e.at("content", "m.relates_to", "key")));
    sdk.call("delete", path, Map.of("query", Map.of("reactionKey", "seen it")));
    Patience.USUAL.untilTrue(
        "none is left there",
        () ->
            room.events().stream()
                .filter(e -> is("m.reaction", e.at("type")))
                .allMatch(e -> e.at("content").entries().isEmpty()));
    assertEquals(404, refusal("chats.messages.reactions.delete", "seen it", of));
  }

  @Test
  void whatWasSaidIsFound() {
    var room = stage.freshChat("Ornithology");
    var since = Instant.now().minusSeconds(3600).toString();
    String theirs = room.say("a kingfisher and a wagtail");
    stage.message(room, theirs);
    var mine = sent(room, Map.of("text", "one wagtail, by the dozen"));
    sent(room, Map.of("text", "a wagtail", "attachment", picture("bird.png")));
    assertEquals(3, hits(Map.of("query", "wagtail", "chatIDs", List.of(room.id()))));
    assertEquals(1, hits(Map.of("query", "Wagtail Kingfisher")));
    assertEquals(2, hits(Map.of("query", "wagtail", "sender", "me")));
    assertEquals(1, hits(Map.of("query", "wagtail", "sender", people.bob.id())));
    assertEquals(1, hits(Map.of("query", "wagtail", "mediaTypes", List.of("image"))));
    assertEquals(0, hits(Map.of("query", "wagtail", "chatType", "single")));
    assertEquals(3, hits(Map.of("query", "wagtail", "accountIDs", List.of(ACCOUNT))));
    assertEquals(3, hits(Map.of("query", "wagtail", "dateAfter", since, "limit", 1)));
    assertEquals(0, hits(Map.of("query", "wagtail", "dateBefore", since)));
    var page = sdk.call("messages.search", Map.of("query", "dozen"));
    assertEquals(idOf(mine), idOf(page.at("items").at(0)));
    assertFalse(sdk.exchanges().getLast().json().at("chats", room.id()).missing());
    var everything = sdk.call("search", Map.of("query", "ornithology")).at("results");
    assertEquals(List.of(room.id()), ids(everything.at("chats").list()));
    assertEquals(List.of(room.id()), ids(sdk.all("chats.search", Map.of("query", "ornithology"))));
    var byPerson = Map.of("query", "carol", "scope", "participants", "type", "group");
    assertTrue(ids(sdk.all("chats.search", byPerson)).contains(people.room("Gardeners").id()));
    var unread = Map.of("query", "ornithology", "unreadOnly", true);
    assertEquals(List.of(), ids(sdk.all("chats.search", unread)), "an answer reads the chat");
    assertTrue(ids(sdk.all("chats.list")).contains(room.id()));
  }

  private int hits(Map<String, ?> query) {
    return sdk.all("messages.search", query).size();
  }

  @Test
  void filesAreUploadedFetchedAndServed() {
    var base64 = Base64.getEncoder().encodeToString(PICTURE);
    var upload = sdk.call("assets.uploadBase64", Map.of("content", base64, "fileName", "b.png"));
    assertEquals("image/png", upload.at("mimeType").text());
    assertEquals(32, upload.at("width").number());
    var room = stage.freshChat("Served");
    var message = sent(room, Map.of("attachment", Map.of("uploadID", textOf(upload, "uploadID"))));
    String url = message.at("attachments").at(0).at("id").text();
    assertArrayEquals(PICTURE, served(url));
    byte[] other = Neighbourhood.picture(Color.CYAN);
    String theirs = people.bob.upload(other, "image/png", "sky.png");
    var fetched = sdk.call("assets.download", Map.of("url", theirs));
    assertTrue(fetched.at("srcURL").text().startsWith("file://"), fetched::toString);
    assertArrayEquals(other, served(theirs));
    assertArrayEquals(other, served(fetched.at("srcURL").text()));
  }

  private byte[] served(String url) {
    var bytes = sdk.call("assets.serve", Map.of("url", url)).at("$bytes").text();
    return Base64.getDecoder().decode(bytes);
  }

  @Test
  void focusLeavesADraft() {
    var room = stage.freshChat("Focused");
    var wanted = Map.of("chatID", room.id(), "draftText", "dear Bob");
    assertFalse(sdk.call("focus", wanted).at("success").isTrue(), "there is no window");
    assertEquals("dear Bob", chatOf(room).at("draft", "text").text());
    assertEquals(404, refusal("focus", Map.of("chatID", "!nowhere:localhost")));
    assertEquals(List.of(), room.bodies());
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void nothingOfTheSdkWasLeftOut() {
    assertEquals(Set.of(), sdk.notYetCalled());
  }

  /** A chat in which we may do all that Bob may. */
  private MatrixRoom ours(String name) {
    var room = stage.freshChat(name);
    var powers = Map.of(people.bob.id(), 100, people.alice.id(), 100);
    room.state("m.room.power_levels", "", Map.of("users", powers));
    stage.message(room, room.say("it is yours"));
    return room;
  }

  private MatrixUser person(String name) {
    String shown = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return stage.synapse.register(name, Neighbourhood.PASSWORD).named(shown);
  }

  private Json chatOf(MatrixRoom room) {
    return sdk.call("chats.retrieve", room.id());
  }

  private Json chatOnce(MatrixRoom room, String expected, Predicate<Json> fits) {
    return Patience.USUAL.until(expected, () -> chatOf(room), fits);
  }

  private static Predicate<Json> titled(String title) {
    return chat -> is(title, chat.at("title"));
  }

  private String pushRules() {
    return people.alice.accountData("m.push_rules").toString();
  }

  private int changed(MatrixRoom room, Map<String, ?> body) {
    return refusal("chats.update", room.id(), body);
  }

  private int refusal(String method, Object... arguments) {
    return assertThrows(OfficialSdk.Refusal.class, () -> sdk.call(method, arguments)).status();
  }

  private Json upload(byte[] bytes, String name) {
    var base64 = Base64.getEncoder().encodeToString(bytes);
    var parts = Map.of("fileName", name, "file", Map.of("$file", base64, "name", name));
    return sdk.call("assets.upload", parts);
  }

  private String uploaded(byte[] bytes, String name) {
    return textOf(upload(bytes, name), "uploadID");
  }

  private Map<String, Object> picture(String name) {
    return Map.of("uploadID", uploaded(PICTURE, name));
  }

  private Json sent(MatrixRoom room, Map<String, ?> body) {
    String pending = textOf(sdk.call("messages.send", room.id(), body), "pendingMessageID");
    var message =
        Patience.USUAL.until(
            "the homeserver has answered",
            () -> Optional.of(sdk.call("messages.retrieve", pending, Map.of("chatID", room.id()))));
    assertEquals("SUCCESS", message.at("sendStatus", "status").text());
    return message;
  }

  private static Json there(MatrixRoom room, Predicate<Json> fits) {
    return Patience.USUAL.until(
        "it is there", () -> room.events().stream().filter(fits).findFirst());
  }

  private static boolean is(String text, Json value) {
    return text.equals(value.value());
  }

  private static String textOf(Json of, String field) {
    return of.at(field).text();
  }

  private static String idOf(Json of) {
    return textOf(of, "id");
  }

  private static List<String> ids(List<Json> items) {
    return items.stream().map(EveryEndpointOnMatrixTest::idOf).toList();
  }

  private static List<String> texts(Json list) {
    return list.list().stream().map(Json::text).toList();
  }
}
