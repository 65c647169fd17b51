package dev.belfry.http;

import static dev.belfry.http.TestHub.ALICE;
import static dev.belfry.http.TestHub.FULL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Chat;
import dev.belfry.api.Message;
import dev.belfry.api.Page;
import dev.belfry.api.codec.Codec;
import dev.belfry.http.Wire.Reply;
import dev.belfry.network.Action;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What changes chats and messages, over a whole hub; every answer is checked against the contract.
 */
@Tag("hub")
class ChangesTest {
  private static final String CHAT = "/v1/chats/" + ALICE;

  @TempDir Path folder;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = new TestHub(folder);
    hub.connect();
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private static String text(byte[] json) {
    return new String(json, UTF_8);
  }

  private Chat chat(String id) throws IOException {
    return Codec.read(Chat.class, hub.get("/v1/chats/" + id).valid("Chat"));
  }

  private Chat patched(String body) throws IOException {
    return Codec.read(Chat.class, hub.send("PATCH", CHAT, body).valid("Chat"));
  }

  private Page<Message> messages(String chat) throws IOException {
    return Codec.readPage(
        Message.class, hub.get("/v1/chats/" + chat + "/messages").valid("MessageListPage"));
  }

  private <T extends Action> T told(Class<T> kind) throws InterruptedException {
    while (true) {
      Action action = hub.network.performed.poll(10, TimeUnit.SECONDS);
      assertNotNull(action, "the network was not told: " + kind.getSimpleName());
      if (kind.isInstance(action)) {
        return kind.cast(action);
      }
    }
  }

  /** Half of a pair of surrogates is no character, and JSON can say it all the same. */
  @Test
  void textsThatAreNoUnicodeAreTaken() throws Exception {
    for (String half : List.of("\\ud83d", "a\\udc00b")) {
      String text = "{\"text\":\"" + half + "\"}";
      assertEquals(200, hub.send("PATCH", CHAT, "{\"draft\":" + text + "}").status());
      assertTrue(chat(ALICE).draft().value().isPresent());
      assertTrue(patched("{\"draft\":null}").draft().isNothing());
      String full = "/v1/chats/" + FULL + "/messages";
      Reply sent = hub.post(full, text, "Idempotency-Key: " + half.length());
      assertEquals(200, sent.status(), sent.text());
      assertEquals(sent.text(), hub.post(full, text, "Idempotency-Key: " + half.length()).text());
      assertEquals(200, hub.get(full).status());
    }
  }

  private String mine() throws IOException {
    return messages(FULL).items().stream()
        .filter(message -> Boolean.TRUE.equals(message.isSender()))
        .findFirst()
        .orElseThrow()
        .id();
  }

  @Test
  void editsAMessageOfOnesOwn() throws Exception {
    String path = "/v1/chats/" + FULL + "/messages/" + mine();
    hub.send("PUT", path, "{\"text\":\"now **better**\"}").valid("MessageUpdateResponse");
    Message edited = Codec.read(Message.class, hub.get(path).valid("Message"));
    assertEquals("now <strong>better</strong>", edited.text());
    assertNotNull(edited.editedTimestamp());
    assertEquals("$mine", told(Action.EditMessage.class).targetKey());
  }

  @Test
  void editsNobodyElsesMessage() throws Exception {
    String id = messages(ALICE).items().getFirst().id();
    Reply reply = hub.send("PUT", CHAT + "/messages/" + id, "{\"text\":\"mine now\"}");
    assertEquals(422, reply.status());
    assertEquals("text 29", messages(ALICE).items().getFirst().text());
  }

  @Test
  void deletesAMessageAndRecounts() throws Exception {
    Message newest = messages(ALICE).items().getFirst();
    long before = chat(ALICE).unreadCount();
    Reply reply = hub.send("DELETE", CHAT + "/messages/" + newest.id(), "");
    assertEquals(204, reply.status(), reply.text());
    assertEquals(before - 1, chat(ALICE).unreadCount());
    Message deleted = messages(ALICE).items().getFirst();
    assertEquals(newest.id(), deleted.id());
    assertEquals(true, deleted.isDeleted());
    assertNull(deleted.text());
    assertTrue(told(Action.DeleteMessage.class).forEveryone());
  }

  @Test
  void reactsOnceAndTakesItBack() throws Exception {
    String id = messages(ALICE).items().getFirst().id();
    String path = CHAT + "/messages/" + id + "/reactions";
    hub.post(path, "{\"reactionKey\":\"❤️\",\"transactionID\":\"t1\"}")
        .valid("ReactionAddResponse");
    hub.post(path, "{\"reactionKey\":\"❤\"}").valid("ReactionAddResponse");
    Message message = messages(ALICE).items().getFirst();
    assertNotNull(message.reactions());
    assertEquals(1, message.reactions().size());
    assertEquals("❤️", told(Action.React.class).reaction());
    hub.send("DELETE", path + "/%E2%9D%A4", "").valid("ReactionDeleteResponse");
    assertNull(messages(ALICE).items().getFirst().reactions());
    assertEquals(404, hub.send("DELETE", path + "?reactionKey=%E2%9D%A4", "").status());
  }

  @Test
  void changesAChatAllAtOnceOrNotAtAll() throws Exception {
    Chat changed =
        patched(
            "{\"isMuted\":true,\"isPinned\":true,\"isLowPriority\":true,\"title\":\"Renamed\"}");
    assertEquals("Renamed", changed.title());
    assertEquals(true, changed.isMuted());
    assertEquals(true, changed.isPinned());
    assertEquals(true, changed.isLowPriority());
    assertEquals("Renamed", told(Action.SetTitle.class).title());
    Reply reply = hub.send("PATCH", CHAT, "{\"isMuted\":false,\"title\":\" \"}");
    assertEquals(400, reply.status());
    assertEquals(true, chat(ALICE).isMuted());
    assertEquals(changed, patched("{}"));
  }

  @Test
  void takesADraftOnlyWhereThereIsNone() throws Exception {
    Chat chat = patched("{\"draft\":{\"text\":\"almost *done*\"}}");
    assertEquals("almost <em>done</em>", chat.draft().value().orElseThrow().text());
    assertEquals(422, hub.send("PATCH", CHAT, "{\"draft\":{\"text\":\"other\"}}").status());
    assertTrue(patched("{\"draft\":null}").draft().isNothing());
    assertTrue(patched("{\"draft\":{\"text\":\"\"}}").draft().isNothing());
    assertEquals(
        422,
        hub.send(
                "PATCH",
                CHAT,
                "{\"draft\":{\"text\":\"x\",\"attachments\":{\"a\":{\"uploadID\":\"none\"}}}}")
            .status());
  }

  @Test
  void remindsInAllFormsThatClientsSend() throws Exception {
    String path = CHAT + "/reminders";
    for (String body :
        new String[] {
          "{\"reminder\":{\"remindAt\":\"2026-03-02T12:00:00+02:00\"}}",
          "{\"reminder\":{\"remindAtMs\":1772445600000,\"dismissOnIncomingMessage\":true}}",
          "{\"remindAtMs\":1772445600000}"
        }) {
      assertEquals(204, hub.post(path, body).status(), body);
      assertNotNull(chat(ALICE).reminder().orNull(), body);
      assertEquals(204, hub.send("DELETE", path, "").status());
      assertNull(chat(ALICE).reminder().orNull(), body);
    }
    assertEquals(204, hub.send("DELETE", path, "").status());
    assertEquals(400, hub.post(path, "{\"reminder\":{\"remindAtMs\":1}}").status());
    assertEquals(400, hub.post(path, "{}").status());
  }

  @Test
  void findsMessagesByWords() throws Exception {
    var found = text(hub.get("/v1/messages/search?query=TEXT%207").valid("MessageSearchPage"));
    assertTrue(found.contains("text 7"));
    assertFalse(found.contains("text 8"));
    String all = "/v1/messages/search?query=te*&limit=20&chatIDs=" + ALICE;
    var page = text(hub.get(all).valid("MessageSearchPage"));
    assertTrue(page.contains("\"hasMore\":true"), page);
    hub.get("/v1/messages/search?query=%E2%80%A6").valid("MessageSearchPage");
    hub.get("/v1/search?query=text").valid("SearchResponse");
    assertEquals(400, hub.get("/v1/search").status());
  }

  @Test
  void findsChats() throws Exception {
    var byTitle = hub.get("/v1/chats/search?query=chat");
    assertTrue(text(byTitle.valid("ChatSearchPage")).contains(ALICE));
    var byPerson = hub.get("/v1/chats/search?query=alice&scope=participants&type=single");
    assertTrue(text(byPerson.valid("ChatSearchPage")).contains(ALICE));
    var archived = hub.get("/v1/chats/search?inbox=archive");
    assertTrue(text(archived.valid("ChatSearchPage")).contains(FULL));
    assertEquals(400, hub.get("/v1/chats/search?query=").status());
    assertEquals(400, hub.get("/v1/chats/search?inbox=none").status());
  }

  @Test
  void startsTheDirectChatThatIsThere() throws Exception {
    String body = "{\"accountID\":\"test\",\"user\":{\"id\":\"@alice:example.org\"}}";
    Reply reply = hub.post("/v1/chats/start", body);
    reply.valid("ChatStartResponse");
    assertTrue(reply.text().contains("\"chatID\":\"" + ALICE + "\""));
    assertTrue(reply.text().contains("\"status\":\"existing\""));
    String old =
        "{\"mode\":\"start\",\"accountID\":\"test\",\"user\":{\"id\":\"@alice:example.org\"}}";
    hub.post("/v1/chats", old).valid("ChatCreateResponse");
    assertEquals(422, hub.post("/v1/chats/start", "{\"accountID\":\"test\",\"user\":{}}").status());
    assertEquals(
        404,
        hub.post("/v1/chats/start", "{\"accountID\":\"none\",\"user\":{\"id\":\"@a:b\"}}")
            .status());
  }

  @Test
  void listsContactsInPages() throws Exception {
    String first = "/v1/accounts/test/contacts/list?limit=20";
    var tree = text(hub.get(first).valid("UserPage"));
    assertTrue(tree.contains("\"hasMore\":true"));
    hub.get("/v1/accounts/test/contacts?query=alice").valid("ContactSearchResponse");
    assertEquals(404, hub.get("/v1/accounts/none/contacts?query=alice").status());
    assertEquals(400, hub.get("/v1/accounts/test/contacts").status());
  }

  @Test
  void keepsADraftWhenAskedToShowAChat() throws Exception {
    String body = "{\"chatID\":\"" + ALICE + "\",\"draftText\":\"from afar\"}";
    hub.post("/v1/focus", body).valid("FocusResponse");
    assertEquals("from afar", chat(ALICE).draft().value().orElseThrow().text());
    long changes = hub.hub.changes().last();
    hub.post("/v1/focus", body.replace("afar", "near")).valid("FocusResponse");
    assertEquals("from near", chat(ALICE).draft().value().orElseThrow().text());
    assertEquals(changes + 1, hub.hub.changes().last(), "replaced in one step");
    assertEquals(404, hub.post("/v1/focus", "{\"chatID\":\"!none\"}").status());
    hub.post("/v1/focus", "").valid("FocusResponse");
  }

  @Test
  void refusesWhatNoNetworkHereCan() throws Exception {
    assertEquals(422, hub.post(CHAT + "/notify-anyway", "").status());
    assertEquals(404, hub.post("/v1/chats/none/notify-anyway", "").status());
    assertEquals(204, hub.post(CHAT + "/typing", "{\"state\":\"typing\"}").status());
    assertEquals(400, hub.post(CHAT + "/typing", "{\"state\":\"shouting\"}").status());
    assertInstanceOf(Chat.class, chat(ALICE));
  }
}
