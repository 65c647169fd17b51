package dev.belfry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.AssetUploadResponse;
import dev.belfry.api.Chat;
import dev.belfry.api.ChatOrigin;
import dev.belfry.api.Message;
import dev.belfry.api.request.AssetUploadBase64Params;
import dev.belfry.api.request.AttachmentParams;
import dev.belfry.api.request.ChatCreateParams;
import dev.belfry.api.request.ChatStartParams;
import dev.belfry.api.request.ChatUpdateParams;
import dev.belfry.api.request.ChatUpdateParams.DraftParams;
import dev.belfry.api.request.FocusParams;
import dev.belfry.api.request.MessageSendParams;
import dev.belfry.api.request.ReactionAddParams;
import dev.belfry.api.request.ReminderCreateParams;
import dev.belfry.sdk.Belfry;
import dev.belfry.sdk.BelfryException;
import dev.belfry.sdk.ChatListParams;
import dev.belfry.sdk.ChatSearchParams;
import dev.belfry.sdk.ContactListParams;
import dev.belfry.sdk.Direction;
import dev.belfry.sdk.MessageListParams;
import dev.belfry.sdk.MessageSearchParams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/**
 * A round through every endpoint with the Java client.
 *
 * @param chat one in which everything may be changed
 * @param people at least two of the account's, to whom new chats may be opened
 */
record JavaRound(Belfry client, String chat, String account, List<String> people) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] CONTENT = "hello, file".getBytes(UTF_8);

  void go(Path folder) throws IOException {
    server();
    contacts();
    newChats();
    changes();
    marks();
    messages();
    files(folder);
    search();
  }

  private void server() {
    assertEquals("ready", client.info().retrieve().server().status());
    assertNotNull(client.app().setup().state());
    // Its status may change between the two answers: history is being fetched.
    var listed = client.accounts().list().get(0);
    var retrieved = client.accounts().retrieve(listed.accountID());
    assertEquals(listed.accountID(), retrieved.accountID());
    assertEquals(listed.user(), retrieved.user());
    var page = client.chats().list(ChatListParams.ALL.withLimit(2).ofAccounts(account));
    assertTrue(page.stream().anyMatch(item -> item.chat().id().equals(chat)));
    assertEquals(0, client.chats().retrieve(chat, 0).participants().items().size());
  }

  private void contacts() {
    var all = client.accounts().contacts(account, ContactListParams.ALL.withLimit(2));
    assertTrue(all.stream().anyMatch(user -> user.id().equals(people.get(0))));
    var one = client.accounts().contacts(account, ContactListParams.of(people.get(0))).items();
    assertEquals(people.get(0), one.get(0).id());
    var found = client.accounts().searchContacts(account, people.get(1));
    assertEquals(people.get(1), found.get(0).id());
  }

  private void newChats() {
    var person = new ChatStartParams.Person(people.get(0), null, null, null, null);
    var params = new ChatStartParams(account, person, true, null);
    var started = client.chats().start(params);
    assertEquals(Chat.Type.SINGLE, started.chat().type());
    assertEquals(started.chatID(), client.chats().start(params).chatID());
    var group = new ChatCreateParams(account, people, Chat.Type.GROUP, "welcome", "By Java");
    var created = client.chats().create(group);
    assertEquals(ChatOrigin.CREATED, created.status());
    assertEquals("By Java", created.chat().title());
  }

  private void changes() {
    var draft = new DraftParams("not yet", null);
    var all =
        ChatUpdateParams.builder()
            .title("Samovar")
            .description("all of it")
            .isPinned(true)
            .isMuted(true)
            .isLowPriority(false)
            .draft(draft)
            .build();
    var changed = client.chats().update(chat, all);
    assertEquals("Samovar", changed.title());
    assertEquals("all of it", changed.description().orNull());
    assertEquals(true, changed.isPinned());
    assertEquals("not yet", requireNonNull(changed.draft().orNull()).text());
    var none = ChatUpdateParams.builder().draft((DraftParams) null).isMuted(false).build();
    assertNull(client.chats().update(chat, none).draft().orNull());
    client.chats().archive(chat);
    assertEquals(true, client.chats().retrieve(chat).isArchived());
    client.chats().archive(chat, false);
    var at = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
    var reminder = new ReminderCreateParams(new ReminderCreateParams.Wanted(at, true));
    client.chats().setReminder(chat, reminder);
    assertEquals(at, requireNonNull(client.chats().retrieve(chat).reminder().orNull()).remindAt());
    client.chats().clearReminder(chat);
    var focus = new FocusParams(chat, null, "in focus", null);
    assertFalse(client.focus(focus).success());
    assertThrows(
        BelfryException.UnprocessableEntity.class, () -> client.chats().notifyAnyway(chat));
  }

  private void marks() {
    assertEquals(0, client.chats().markRead(chat).unreadCount());
    assertEquals(true, client.chats().markUnread(chat).isMarkedUnread());
    var newest = client.messages().list(chat).items().get(0);
    assertEquals(true, client.chats().markUnread(chat, newest.id()).isMarkedUnread());
    assertEquals(false, client.chats().markRead(chat, newest.id()).isMarkedUnread());
    client.chats().typing(chat, true);
    client.chats().typing(chat, false);
  }

  private void messages() {
    var first = sent(MessageSendParams.ofText("the frist"));
    var second = sent(new MessageSendParams("the second", null, first.id()));
    assertEquals(first.id(), second.linkedMessageID());
    // Not the whole message: it may be delivered between the two answers.
    var retrieved = client.messages().retrieve(chat, first.id());
    assertEquals(first.id(), retrieved.id());
    assertEquals(first.text(), retrieved.text());
    assertEquals(first.timestamp(), retrieved.timestamp());
    var edited = client.messages().update(chat, first.id(), "the *first*");
    assertEquals("the <em>first</em>", edited.message().text());
    var params = new ReactionAddParams("👍", "t-java");
    assertEquals("t-java", client.messages().addReaction(chat, first.id(), params).transactionID());
    assertNotNull(client.messages().retrieve(chat, first.id()).reactions());
    assertTrue(client.messages().removeReaction(chat, first.id(), "👍").success());
    assertNull(client.messages().retrieve(chat, first.id()).reactions());
    var newer = new MessageListParams(first.id(), Direction.AFTER, 200);
    assertTrue(
        client.messages().list(chat, newer).items().stream()
            .anyMatch(message -> message.id().equals(second.id())));
    client.messages().delete(chat, second.id());
    assertEquals(true, client.messages().retrieve(chat, second.id()).isDeleted());
  }

  private void files(Path folder) throws IOException {
    var file = Files.write(folder.resolve("a note.txt"), CONTENT);
    var message = sentFile(client.assets().upload(file));
    var attachment = requireNonNull(message.attachments()).get(0);
    assertEquals("a note.txt", attachment.fileName());
    var id = requireNonNull(attachment.id());
    try (var content = client.assets().serve(id)) {
      assertArrayEquals(CONTENT, content.stream().readAllBytes());
    }
    try (var part = client.assets().serve(id, 0, 4)) {
      assertTrue(part.isPart());
      assertArrayEquals("hello".getBytes(UTF_8), part.stream().readAllBytes());
    }
    assertNotNull(client.assets().download(id).srcURL());
    var streamed =
        client.assets().upload("b.txt", "text/plain", () -> new ByteArrayInputStream(CONTENT));
    assertEquals("text/plain", streamed.mimeType());
    var base64 = Base64.getEncoder().encodeToString(CONTENT);
    var text = new AssetUploadBase64Params(base64, "c.txt", null);
    assertEquals(CONTENT.length, client.assets().uploadBase64(text).fileSize());
  }

  private Message sentFile(AssetUploadResponse upload) {
    var attachment = AttachmentParams.of(requireNonNull(upload.uploadID()));
    return sent(new MessageSendParams("with it", attachment, null));
  }

  private void search() {
    var words = MessageSearchParams.in("the first", List.of(chat));
    var found = client.messages().search(words);
    assertEquals("the <em>first</em>", found.items().get(0).text());
    assertTrue(found.chats().containsKey(chat));
    assertEquals(chat, client.search("Samovar").results().chats().get(0).id());
    assertEquals(
        List.of(chat),
        client.chats().search(ChatSearchParams.titled("Samovar")).stream().map(Chat::id).toList());
  }

  private Message sent(MessageSendParams params) {
    var message = client.messages().send(chat, params, PATIENCE).message();
    return requireNonNull(message, "it is not sent");
  }
}
