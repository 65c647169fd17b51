package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;

/**
 * Answer to a removed reaction (contract: models, Message responses).
 *
 * @param success always true
 * @param chatID chat
 * @param messageID message
 * @param reactionKey the reaction
 */
@Json
public record ReactionDeleteResponse(
    boolean success, String chatID, String messageID, String reactionKey) {
  /** Checks what is required and copies what could change. */
  public ReactionDeleteResponse {
    Check.required(chatID, "chatID");
    Check.required(messageID, "messageID");
    Check.required(reactionKey, "reactionKey");
  }
}
