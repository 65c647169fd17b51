package dev.belfry.api;

import dev.belfry.api.check.Check;

/**
 * Answer to an edit (contract: models, Message responses). On the wire one flat object: the message
 * and two older keys beside its fields.
 *
 * @param message the message after the edit
 * @param messageID same as the id of the message; deprecated, yet required
 * @param success always true; deprecated, yet required
 */
public record MessageUpdateResponse(Message message, String messageID, boolean success) {
  /** Checks what is required. */
  public MessageUpdateResponse {
    Check.required(message, "message");
    Check.required(messageID, "messageID");
  }

  /** The answer for an edited message. */
  public static MessageUpdateResponse of(Message message) {
    return new MessageUpdateResponse(message, message.id(), true);
  }
}
