package dev.belfry.http;

import static dev.belfry.http.TestHub.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Chat;
import dev.belfry.api.ChatCreateResponse;
import dev.belfry.api.ChatOrigin;
import dev.belfry.api.Message;
import dev.belfry.api.Page;
import dev.belfry.api.codec.Codec;
import dev.belfry.http.Wire.Reply;
import dev.belfry.http.read.Percent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms that clients of earlier generations send (contract, Compatibility generations). */
@Tag("hub")
class OldClientsTest {
  private static final String CHAT = "/v1/chats/" + ALICE;
  private static final String WHEN = "2026-03-02T10:00:00Z";
  private static final long WHEN_MILLIS = Instant.parse(WHEN).toEpochMilli();

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

  private Chat chat() throws IOException {
    return Codec.read(Chat.class, hub.get(CHAT).valid("Chat"));
  }

  private Page<Message> messages(String query) throws IOException {
    return Codec.readPage(
        Message.class, hub.get(CHAT + "/messages" + query).valid("MessageListPage"));
  }

  @Test
  void remindersInMilliseconds() throws IOException {
    for (String body :
        List.of(
            "{\"reminder\":{\"remindAtMs\":" + WHEN_MILLIS + "}}",
            "{\"reminder\":{\"remindAtMs\":"
                + WHEN_MILLIS
                + ",\"dismissOnIncomingMessage\":false}}",
            "{\"remindAtMs\":" + WHEN_MILLIS + "}",
            "{\"remindAtMs\":" + WHEN_MILLIS + ",\"dismissOnIncomingMessage\":true}")) {
      assertEquals(204, hub.post(CHAT + "/reminders", body).status(), body);
      var reminder = chat().reminder().orNull();
      assertNotNull(reminder, body);
      assertEquals(Instant.parse(WHEN), reminder.remindAt(), body);
      boolean dismiss = Boolean.TRUE.equals(reminder.dismissOnIncomingMessage());
      assertEquals(body.endsWith("true}"), dismiss, body);
      assertEquals(204, hub.send("DELETE", CHAT + "/reminders", "").status());
      assertNull(chat().reminder().orNull());
    }
  }

  @Test
  void reactionsAreTakenBackByAKeyInTheQuery() throws IOException {
    String path = CHAT + "/messages/" + messages("").items().getFirst().id() + "/reactions";
    for (String key : List.of("%F0%9F%91%8D", "%2B1", "a/b", "%26")) {
      String plain = String.valueOf(Percent.decode(key, false));
      hub.post(path, "{\"reactionKey\":\"" + plain + "\"}").valid("ReactionAddResponse");
      Reply removed = hub.send("DELETE", path + "?reactionKey=" + key, "");
      assertTrue(removed.text().contains("\"reactionKey\":\"" + plain + "\""), removed.text());
      removed.valid("ReactionDeleteResponse");
      assertNull(messages("").items().getFirst().reactions(), key);
    }
  }

  @Test
  void chatsAreStartedByAModeOfCreation() throws IOException {
    String user =
        "\"accountID\":\"test\",\"user\":{\"id\":\"@alice:example.org\"},\"mode\":\"start\"";
    for (String body : List.of("{" + user + "}", "{" + user + ",\"allowInvite\":true}")) {
      var started =
          Codec.read(
              ChatCreateResponse.class, hub.post("/v1/chats", body).valid("ChatCreateResponse"));
      assertEquals(ALICE, started.chatID(), body);
      assertEquals(ALICE, started.chat().id(), body);
      assertEquals(ChatOrigin.EXISTING, started.status(), body);
    }
    String create =
        "{\"mode\":\"create\",\"type\":\"single\",\"accountID\":\"test\",\"participantIDs\":[\"@alice:example.org\"]}";
    var created =
        Codec.read(
            ChatCreateResponse.class, hub.post("/v1/chats", create).valid("ChatCreateResponse"));
    assertEquals(ALICE, created.chatID());
  }

  /** Known by its type or not, an upload is looked for, which no faulty value would get to. */
  @Test
  void voiceNotesInCamelCase() throws IOException {
    for (String type : List.of("voiceNote", "voice-note")) {
      String file = "{\"uploadID\":\"none\",\"type\":\"" + type + "\"}";
      Reply sent = hub.post(CHAT + "/messages", "{\"attachment\":" + file + "}");
      assertEquals(422, sent.status(), sent.text());
      assertTrue(sent.text().contains("UPLOAD_NOT_FOUND"), sent.text());
      String draft = "{\"draft\":{\"text\":\"\",\"attachments\":{\"a\":" + file + "}}}";
      assertEquals(422, hub.send("PATCH", CHAT, draft).status());
    }
    String wrong = "{\"attachment\":{\"uploadID\":\"none\",\"type\":\"voice_note\"}}";
    assertEquals(400, hub.post(CHAT + "/messages", wrong).status());
  }

  /** As clients of 4.x walk: from the last item's sort key, until a page is empty or the last. */
  @Test
  void pagesByTheSortKeyOfTheLastItem() throws IOException {
    var seen = new ArrayList<String>();
    Page<Message> page = messages("?limit=7");
    while (true) {
      page.items().forEach(message -> seen.add(message.id()));
      if (!page.hasMore()) {
        break;
      }
      page = messages("?limit=7&cursor=" + page.items().getLast().sortKey());
      assertFalse(page.items().isEmpty());
    }
    assertEquals(messages("?limit=200").items().stream().map(Message::id).toList(), seen);
    assertEquals(30, seen.size());
  }

  @Test
  void brackets() throws IOException {
    assertEquals(
        hub.get("/v1/chats?accountIDs=test").text(), hub.get("/v1/chats?accountIDs[]=test").text());
    assertEquals(
        hub.get("/v1/chats?accountIDs=none").text(),
        hub.get("/v1/chats?accountIDs%5B%5D=none").text());
  }
}
