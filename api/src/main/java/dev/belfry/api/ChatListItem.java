package dev.belfry.api;

import dev.belfry.api.check.Check;
import org.jspecify.annotations.Nullable;

/**
 * A chat in the chat list (contract: models, ChatListItem). On the wire one flat object: the chat
 * and the preview beside its fields.
 *
 * @param chat the chat
 * @param preview its last message
 */
public record ChatListItem(Chat chat, @Nullable Message preview) {
  /** Checks what is required. */
  public ChatListItem {
    Check.required(chat, "chat");
  }
}
