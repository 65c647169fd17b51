package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;

/**
 * Answer to a new reaction: it is queued (contract: models, Message responses).
 *
 * @param success always true
 * @param chatID chat
 * @param messageID message
 * @param reactionKey the reaction
 * @param transactionID the caller's id, or a generated one
 */
@Json
public record ReactionAddResponse(
    boolean success, String chatID, String messageID, String reactionKey, String transactionID) {
  /** Checks what is required and copies what could change. */
  public ReactionAddResponse {
    Check.required(chatID, "chatID");
    Check.required(messageID, "messageID");
    Check.required(reactionKey, "reactionKey");
    Check.required(transactionID, "transactionID");
  }
}
