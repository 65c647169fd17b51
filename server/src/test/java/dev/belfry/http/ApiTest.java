package dev.belfry.http;

import static dev.belfry.http.TestHub.ALICE;
import static dev.belfry.http.TestHub.FULL;
import static dev.belfry.http.TestHub.ODD;
import static dev.belfry.http.TestHub.ODD_ENCODED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Account;
import dev.belfry.api.AppState;
import dev.belfry.api.Chat;
import dev.belfry.api.ChatListItem;
import dev.belfry.api.Field;
import dev.belfry.api.Info;
import dev.belfry.api.Message;
import dev.belfry.api.MessageSendResponse;
import dev.belfry.api.Page;
import dev.belfry.api.codec.Codec;
import dev.belfry.contract.Contract;
import dev.belfry.http.Wire.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every endpoint over a whole hub; every answer is checked against the contract. */
@Tag("hub")
class ApiTest {
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

  private Chat chat(String encodedId) throws IOException {
    return Codec.read(Chat.class, hub.get("/v1/chats/" + encodedId).valid("Chat"));
  }

  private Page<Message> messages(String chat, String query) throws IOException {
    return Codec.readPage(
        Message.class, hub.get("/v1/chats/" + chat + "/messages" + query).valid("MessageListPage"));
  }

  @Test
  void saysWhatItIs() throws IOException {
    String stale = "Authorization: Bearer stale";
    Reply reply =
        Wire.exchange(hub.port, Wire.request("GET", "/v1/info", "", stale, "Host: 127.0.0.1:99"));
    Contract.assertValidWith("InfoRetrieveResponse", reply.body(), "events");
    Info info = Codec.read(Info.class, reply.body());
    assertEquals("Belfry", info.app().name());
    assertEquals("dev.belfry.server", info.app().bundleId());
    assertEquals("4.2.808", info.app().version());
    assertEquals("http://127.0.0.1:99", info.server().baseUrl());
    assertEquals(hub.port, info.server().port());
    assertFalse(info.server().remoteAccess());
    assertEquals("http://127.0.0.1:99/v1/ws", info.endpoints().wsEvents());
    assertEquals("http://127.0.0.1:99/oauth/token", info.endpoints().oauth().tokenEndpoint());
  }

  @Test
  void isReadyOnceThereIsAnAccount() throws Exception {
    Reply open = Wire.exchange(hub.port, Wire.request("GET", "/v1/app/setup", ""));
    assertEquals(401, open.status());
    AppState state = Codec.read(AppState.class, hub.get("/v1/app/setup").valid("next.AppState"));
    assertEquals(AppState.State.READY, state.state());
    AppState.Session session = state.matrix();
    assertNotNull(session);
    assertEquals("@me:example.org", session.userID());
    try (var fresh = new TestHub(Files.createDirectory(folder.resolve("fresh")))) {
      Reply reply = Wire.exchange(fresh.port, Wire.request("GET", "/v1/app/setup", ""));
      state = Codec.read(AppState.class, reply.valid("next.AppState"));
      assertEquals(AppState.State.NEEDS_LOGIN, state.state());
      assertNull(state.matrix());
    }
  }

  @Test
  void listsAccounts() throws IOException {
    List<Account> accounts =
        Codec.readList(Account.class, hub.get("/v1/accounts").valid("next.AccountList"));
    assertEquals(1, accounts.size());
    Account account = accounts.getFirst();
    assertEquals("test", account.accountID());
    assertEquals(Account.Status.CONNECTED, account.status());
    assertEquals(
        account, Codec.read(Account.class, hub.get("/v1/accounts/test").valid("next.Account")));
    assertEquals(404, hub.get("/v1/accounts/a%3Ab").status());
  }

  @Test
  void walksThroughAllChats() throws IOException {
    var seen = new ArrayList<String>();
    String query = "?limit=1";
    Page<ChatListItem> page;
    do {
      page = chats(query);
      assertTrue(page.items().size() <= 1);
      page.items().forEach(item -> seen.add(item.chat().id()));
      query = "?limit=1&direction=before&cursor=" + page.oldestCursor();
    } while (page.hasMore());
    assertEquals(FULL, seen.getFirst());
    assertEquals(Set.of(ALICE, ODD, FULL, TestHub.READ_ONLY), Set.copyOf(seen));
    assertEquals(4, seen.size());
    Page<ChatListItem> newer = chats("?direction=after&cursor=" + page.oldestCursor());
    assertEquals(3, newer.items().size());
  }

  @Test
  void filtersChatsByAccount() throws IOException {
    assertEquals(4, chats("?accountIDs=test&accountIDs=other").items().size());
    assertEquals(4, chats("?accountIDs=").items().size());
    for (String none : List.of("other", "a%3Ab", "%20", "test%2Cother")) {
      assertEquals(Page.empty(), chats("?accountIDs=" + none), none);
    }
  }

  private Page<ChatListItem> chats(String query) throws IOException {
    return Codec.readPage(ChatListItem.class, hub.get("/v1/chats" + query).valid("ChatListPage"));
  }

  @Test
  void findsAChatByEitherId() throws IOException {
    Chat odd = chat(ODD_ENCODED);
    assertEquals(ODD, odd.id());
    assertEquals(odd, chat(String.valueOf(odd.localChatID().orNull())));
    assertEquals(404, hub.get("/v1/chats/some%20words%20somebody%20typed").status());
  }

  @Test
  void givesAsManyParticipantsAsAskedFor() throws IOException {
    assertEquals(30, chat(FULL).participants().items().size());
    var none = chat(FULL + "?maxParticipantCount=0").participants();
    assertEquals(List.of(), none.items());
    assertTrue(none.hasMore());
    assertEquals(30, none.total());
    assertEquals(30, chat(FULL + "?maxParticipantCount=-1").participants().items().size());
    assertEquals(5, chat(FULL + "?maxParticipantCount=5").participants().items().size());
    assertEquals(30, chat(FULL + "?maxParticipantCount=").participants().items().size());
    assertEquals(20, chats("").items().getFirst().chat().participants().items().size());
  }

  @Test
  void showsEveryFieldOfAChat() throws Exception {
    Reply unread = hub.post("/v1/chats/" + FULL + "/unread", "");
    Chat chat = Codec.read(Chat.class, unread.valid("Chat"));
    for (var part : Chat.class.getRecordComponents()) {
      Object value = part.getAccessor().invoke(chat);
      assertNotNull(value, part.getName());
      assertFalse(value instanceof Field<?> field && field.orNull() == null, part.getName());
    }
    assertEquals(true, chat.isMarkedUnread());
    assertEquals("Everything", chat.title());
    Chat plain = chat(ALICE);
    assertTrue(plain.draft().isNothing());
    assertTrue(plain.reminder().isNothing());
    assertTrue(plain.description().isNothing());
  }

  @Test
  void showsEveryFieldOfAMessage() throws Exception {
    Page<Message> page = messages(FULL, "");
    Message mine = page.items().get(0);
    assertEquals(Message.SendState.SUCCESS, sendState(mine));
    assertNotNull(mine.seen());
    Message gone = page.items().get(1);
    assertEquals(true, gone.isDeleted());
    assertNull(gone.text());
    assertNull(gone.attachments());
    assertNull(gone.links());
    Message rich = page.items().get(2);
    Set<String> ownOnly = Set.of("seen", "sendStatus", "editedTimestamp", "isDeleted", "isHidden");
    for (var part : Message.class.getRecordComponents()) {
      if (!ownOnly.contains(part.getName())) {
        assertNotNull(part.getAccessor().invoke(rich), part.getName());
      }
    }
    assertEquals("<b>hello</b> world", rich.text());
    assertEquals(page.items().get(3).id(), rich.linkedMessageID());
    assertEquals("first", page.items().get(3).text());
    assertTrue(page.items().get(3).mentions().isNothing());
    assertFalse(hub.get("/v1/chats/" + FULL + "/messages").text().contains("secret key"));
  }

  private static Message.SendState sendState(Message message) {
    Message.SendStatus status = message.sendStatus();
    return status == null ? new Message.SendState("none") : status.status();
  }

  @Test
  void walksThroughAllMessages() throws IOException {
    Page<Message> first = messages(ALICE, "");
    assertEquals(20, first.items().size());
    assertEquals("text 29", first.items().getFirst().text());
    assertTrue(first.hasMore());
    Message last = first.items().getLast();
    Page<Message> rest = messages(ALICE, "?cursor=" + first.oldestCursor());
    assertEquals(10, rest.items().size());
    assertFalse(rest.hasMore());
    assertEquals(rest, messages(ALICE, "?cursor=" + last.sortKey()));
    assertEquals(rest, messages(ALICE, "?cursor=" + last.id() + "&direction=before&limit=200"));
    Page<Message> next = messages(ALICE, "?cursor=" + last.id() + "&direction=after&limit=2");
    assertEquals(List.of("text 12", "text 11"), next.items().stream().map(Message::text).toList());
  }

  @Test
  void findsAMessageByItsIds() throws IOException {
    Message message = messages(ODD_ENCODED, "").items().getFirst();
    String path = "/v1/chats/" + ODD_ENCODED + "/messages/";
    assertEquals(message, Codec.read(Message.class, hub.get(path + message.id()).valid("Message")));
    assertEquals(message, Codec.read(Message.class, hub.get(path + "$29").valid("Message")));
    assertEquals(404, hub.get("/v1/chats/" + ALICE + "/messages/" + message.id()).status());
  }

  @Test
  void sends() throws Exception {
    String path = "/v1/chats/" + ODD_ENCODED + "/messages";
    String reply = messages(ODD_ENCODED, "").items().getFirst().id();
    String body =
        "{\"text\":\"*hi* \\ud83d\\ude42\",\"replyToMessageID\":\"%s\",\"disableLinkPreview\":true}"
            .formatted(reply);
    var sent =
        Codec.read(MessageSendResponse.class, hub.post(path, body).valid("MessageSendResponse"));
    assertEquals(ODD, sent.chatID());
    hub.network.performed.take();
    Message message =
        Codec.read(Message.class, hub.get(path + "/" + sent.pendingMessageID()).valid("Message"));
    assertEquals("<em>hi</em> 🙂", message.text());
    assertEquals(reply, message.linkedMessageID());
    assertEquals(true, message.isSender());
    assertEquals(Message.SendState.SUCCESS, sendState(message));
    assertEquals(message.id(), messages(ODD_ENCODED, "").items().getFirst().id());
  }

  @Test
  void marksUnreadAndRead() throws IOException {
    String path = "/v1/chats/" + ALICE;
    assertEquals(30, chat(ALICE).unreadCount());
    Chat read = Codec.read(Chat.class, hub.post(path + "/read", "").valid("Chat"));
    assertEquals(0, read.unreadCount());
    Message third = messages(ALICE, "").items().get(2);
    String body = "{\"messageID\":\"" + third.id() + "\"}";
    Chat unread = Codec.read(Chat.class, hub.post(path + "/unread", body).valid("Chat"));
    assertEquals(3, unread.unreadCount());
    assertEquals(true, unread.isMarkedUnread());
    assertEquals(messages(ALICE, "").items().get(3).sortKey(), unread.lastReadMessageSortKey());
    Chat again = Codec.read(Chat.class, hub.post(path + "/unread", "{}").valid("Chat"));
    assertEquals(unread, again);
    Chat some = Codec.read(Chat.class, hub.post(path + "/read", body).valid("Chat"));
    assertEquals(2, some.unreadCount());
    assertEquals(false, some.isMarkedUnread());
  }

  @Test
  void archives() throws IOException {
    String path = "/v1/chats/" + ALICE + "/archive";
    assertEquals(204, hub.post(path, "", "Content-Length: 0").status());
    assertEquals(true, chat(ALICE).isArchived());
    assertEquals(204, hub.post(path, "{\"archived\":false}").status());
    assertEquals(false, chat(ALICE).isArchived());
    assertEquals(204, hub.post(path, "{}").status());
    assertEquals(true, chat(ALICE).isArchived());
  }
}
