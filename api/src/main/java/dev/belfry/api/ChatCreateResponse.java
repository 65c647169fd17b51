package dev.belfry.api;

import dev.belfry.api.check.Check;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a chat made (contract: models, ChatCreateResponse). On the wire one flat object: the
 * chat and two older keys beside its fields.
 *
 * @param chat the chat
 * @param chatID same as the id of the chat; deprecated, yet required
 * @param status whether it was there before; deprecated
 */
public record ChatCreateResponse(Chat chat, String chatID, @Nullable ChatOrigin status) {
  /** Checks what is required. */
  public ChatCreateResponse {
    Check.required(chat, "chat");
    Check.required(chatID, "chatID");
  }

  /** The answer for a chat. */
  public static ChatCreateResponse of(Chat chat, ChatOrigin status) {
    return new ChatCreateResponse(chat, chat.id(), status);
  }
}
