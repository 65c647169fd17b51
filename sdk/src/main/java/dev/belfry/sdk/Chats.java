package dev.belfry.sdk;

import dev.belfry.api.Chat;
import dev.belfry.api.ChatCreateResponse;
import dev.belfry.api.ChatListItem;
import dev.belfry.api.ChatStartResponse;
import dev.belfry.api.request.ChatArchiveParams;
import dev.belfry.api.request.ChatCreateParams;
import dev.belfry.api.request.ChatMarkReadParams;
import dev.belfry.api.request.ChatMarkUnreadParams;
import dev.belfry.api.request.ChatStartParams;
import dev.belfry.api.request.ChatUpdateParams;
import dev.belfry.api.request.ReminderCreateParams;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chats (contract: endpoints, Chats). A chat is named by its {@code id} or its {@code
 * localChatID}; one that is not there is {@link BelfryException.NotFound}.
 */
public final class Chats {
  private final Http http;

  Chats(Http http) {
    this.http = http;
  }

  /** All chats, the latest active first. */
  public Page<ChatListItem> list() {
    return list(ChatListParams.ALL);
  }

  /** Some chats, the latest active first. */
  public Page<ChatListItem> list(ChatListParams params) {
    return Page.at(
        new Page.Position(params.cursor(), params.direction()),
        position ->
            http.get("v1", "chats")
                .query("accountIDs", params.accountIDs())
                .query("cursor", position.cursor())
                .query("direction", position.direction())
                .query("limit", params.limit())
                .asPage(ChatListItem.class));
  }

  /** One chat, with up to 100 members. */
  public Chat retrieve(String chatID) {
    return http.get("v1", "chats", chatID).as(Chat.class);
  }

  /** One chat with up to so many members: 0 to 500, or -1 for all. */
  public Chat retrieve(String chatID, int maxParticipantCount) {
    return http.get("v1", "chats", chatID)
        .query("maxParticipantCount", maxParticipantCount)
        .as(Chat.class);
  }

  /** Puts a chat into the archive. */
  public void archive(String chatID) {
    archive(chatID, true);
  }

  /** Puts a chat into the archive, or fetches it back. */
  public void archive(String chatID, boolean archived) {
    http.post("v1", "chats", chatID, "archive").body(new ChatArchiveParams(archived)).perform();
  }

  /** Marks everything as read; gives the chat after that. */
  public Chat markRead(String chatID) {
    return markRead(chatID, null);
  }

  /** Marks everything up to a message as read, that one included; null for everything. */
  public Chat markRead(String chatID, @Nullable String messageID) {
    return http.post("v1", "chats", chatID, "read")
        .body(new ChatMarkReadParams(messageID))
        .as(Chat.class);
  }

  /** Sets the unread flag; gives the chat after that. */
  public Chat markUnread(String chatID) {
    return markUnread(chatID, null);
  }

  /** Marks a message and everything after it as unread; null for the unread flag alone. */
  public Chat markUnread(String chatID, @Nullable String messageID) {
    return http.post("v1", "chats", chatID, "unread")
        .body(new ChatMarkUnreadParams(messageID))
        .as(Chat.class);
  }

  /** Opens a chat with people whose ids are known. */
  public ChatCreateResponse create(ChatCreateParams params) {
    return http.post("v1", "chats").body(params).as(ChatCreateResponse.class);
  }

  /** Opens a direct chat with somebody, or finds the one that is there. */
  public ChatStartResponse start(ChatStartParams params) {
    return http.post("v1", "chats", "start").body(params).as(ChatStartResponse.class);
  }

  /** Finds chats, the latest active first. */
  public Page<Chat> search(ChatSearchParams params) {
    return Page.at(
        new Page.Position(params.cursor(), params.direction()),
        position ->
            http.get("v1", "chats", "search")
                .query("query", params.query())
                .query("scope", params.scope())
                .query("inbox", params.inbox())
                .query("type", params.type())
                .query("unreadOnly", params.unreadOnly())
                .query("includeMuted", params.includeMuted())
                .query("lastActivityBefore", params.lastActivityBefore())
                .query("lastActivityAfter", params.lastActivityAfter())
                .query("accountIDs", params.accountIDs())
                .query("cursor", position.cursor())
                .query("direction", position.direction())
                .query("limit", params.limit())
                .asPage(Chat.class));
  }

  /** Changes a chat; gives the chat after that. */
  public Chat update(String chatID, ChatUpdateParams params) {
    return http.patch("v1", "chats", chatID).body(params).as(Chat.class);
  }

  /** Has a chat come up again, in place of an earlier reminder. */
  public void setReminder(String chatID, ReminderCreateParams params) {
    http.post("v1", "chats", chatID, "reminders").body(params).perform();
  }

  /** Clears the reminder, if there is one. */
  public void clearReminder(String chatID) {
    http.delete("v1", "chats", chatID, "reminders").perform();
  }

  /**
   * Shows the others for a while that one is writing, or no longer.
   *
   * @throws BelfryException.UnprocessableEntity where the network knows no such thing
   */
  public void typing(String chatID, boolean typing) {
    http.post("v1", "chats", chatID, "typing")
        .body(Map.of("state", typing ? "typing" : "paused"))
        .perform();
  }

  /** Forces a notification at people who have silenced their device; few networks can. */
  public Chat notifyAnyway(String chatID) {
    return http.post("v1", "chats", chatID, "notify-anyway").as(Chat.class);
  }
}
