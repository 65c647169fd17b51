package dev.belfry.sdk;

import dev.belfry.api.Message;
import dev.belfry.api.MessageSendResponse;
import dev.belfry.api.request.MessageSendParams;

/** The messages of chats (contract: endpoints, Messages). */
public final class Messages {
  private final Http http;

  Messages(Http http) {
    this.http = http;
  }

  /** All messages of a chat, newest first. */
  public Page<Message> list(String chatID) {
    return list(chatID, MessageListParams.ALL);
  }

  /** Some messages of a chat, newest first. */
  public Page<Message> list(String chatID, MessageListParams params) {
    return Page.at(
        new Page.Position(params.cursor(), params.direction()),
        position ->
            http.get("v1", "chats", chatID, "messages")
                .query("cursor", position.cursor())
                .query("direction", position.direction())
                .query("limit", params.limit())
                .asPage(Message.class));
  }

  /** One message, by its id, the pending id of its send, or the id of its Matrix event. */
  public Message retrieve(String chatID, String messageID) {
    return http.get("v1", "chats", chatID, "messages", messageID).as(Message.class);
  }

  /** Sends a text. */
  public MessageSendResponse send(String chatID, String text) {
    return send(chatID, MessageSendParams.ofText(text));
  }

  /**
   * Sends a message. The answer means that it is queued: {@link #retrieve} with the pending id
   * tells what became of it. A repeat after a fault carries the same {@code Idempotency-Key}; a
   * server that does not know this header may then send the message twice.
   */
  public MessageSendResponse send(String chatID, MessageSendParams params) {
    return http.post("v1", "chats", chatID, "messages")
        .body(params)
        .once()
        .as(MessageSendResponse.class);
  }
}
