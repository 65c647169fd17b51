package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a send, and to another try of a message: it is queued (contract: models, Message
 * responses).
 *
 * @param chatID chat
 * @param pendingMessageID id of the message until the network confirms it
 * @param message an addition to the contract, only in answer to {@code wait}: the message with its
 *     final id, sent or failed, if that was known in time
 */
@Json
public record MessageSendResponse(
    String chatID, String pendingMessageID, @Nullable Message message) {
  /** Checks what is required and copies what could change. */
  public MessageSendResponse {
    Check.required(chatID, "chatID");
    Check.required(pendingMessageID, "pendingMessageID");
  }

  /** An answer that says no more than that the message is queued. */
  public static MessageSendResponse queued(String chatID, String pendingMessageID) {
    return new MessageSendResponse(chatID, pendingMessageID, null);
  }
}
