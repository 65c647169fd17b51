package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;

/**
 * Answer to a cancelled message; an addition to the contract in its manner.
 *
 * @param success always true
 * @param chatID chat
 * @param messageID message, as it was named
 * @param mayHaveBeenSent whether an earlier try may have got through all the same; the message then
 *     comes back
 */
@Json
public record MessageCancelResponse(
    boolean success, String chatID, String messageID, boolean mayHaveBeenSent) {
  /** Checks what is required and copies what could change. */
  public MessageCancelResponse {
    Check.required(chatID, "chatID");
    Check.required(messageID, "messageID");
  }
}
