package dev.belfry.sdk;

import dev.belfry.api.Chat;
import dev.belfry.api.ChatListItem;
import dev.belfry.api.request.ChatArchiveParams;
import dev.belfry.api.request.ChatMarkReadParams;
import dev.belfry.api.request.ChatMarkUnreadParams;
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
}
