package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;

/**
 * Answer to a send: the message is queued (contract: models, Message responses).
 *
 * @param chatID chat
 * @param pendingMessageID id of the message until the network confirms it
 */
@Json
public record MessageSendResponse(String chatID, String pendingMessageID) {
  /** Checks what is required and copies what could change. */
  public MessageSendResponse {
    Check.required(chatID, "chatID");
    Check.required(pendingMessageID, "pendingMessageID");
  }
}
