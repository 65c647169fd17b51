package dev.belfry.sdk;

import dev.belfry.api.Message;
import dev.belfry.api.MessageCancelResponse;
import dev.belfry.api.MessageSearchPage;
import dev.belfry.api.MessageSendResponse;
import dev.belfry.api.MessageUpdateResponse;
import dev.belfry.api.ReactionAddResponse;
import dev.belfry.api.ReactionDeleteResponse;
import dev.belfry.api.request.MessageSendParams;
import dev.belfry.api.request.MessageUpdateParams;
import dev.belfry.api.request.ReactionAddParams;
import java.time.Duration;

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
    return send(chatID, params, Duration.ZERO);
  }

  /**
   * Sends a message and waits until it is sent or has failed; the answer then holds it.
   *
   * @param wait at most; up to a minute. Only Belfry knows it: other servers answer at once
   */
  public MessageSendResponse send(String chatID, MessageSendParams params, Duration wait) {
    Call call = http.post("v1", "chats", chatID, "messages").body(params);
    return (wait.isZero() ? call : call.waiting(wait)).as(MessageSendResponse.class);
  }

  /**
   * Tries a message again that failed, or that waits for its next try. Only Belfry knows it.
   *
   * @param messageID its id or its pending id
   */
  public MessageSendResponse retry(String chatID, String messageID) {
    return retry(chatID, messageID, Duration.ZERO);
  }

  /** As {@link #retry(String, String)}, waiting up to a minute until it is sent or has failed. */
  public MessageSendResponse retry(String chatID, String messageID, Duration wait) {
    Call call = http.post("v1", "chats", chatID, "messages", messageID, "retry");
    return (wait.isZero() ? call : call.waiting(wait)).as(MessageSendResponse.class);
  }

  /**
   * Gives up a message that waits to be sent, or takes one away that failed. Only Belfry knows it.
   *
   * @throws BelfryException.Answered with status 422 if the network has it already, or is just
   *     being given it
   */
  public MessageCancelResponse cancel(String chatID, String messageID) {
    return http.post("v1", "chats", chatID, "messages", messageID, "cancel")
        .as(MessageCancelResponse.class);
  }

  /** Gives a message of one's own new text. */
  public MessageUpdateResponse update(String chatID, String messageID, String text) {
    return http.put("v1", "chats", chatID, "messages", messageID)
        .body(new MessageUpdateParams(text))
        .as(MessageUpdateResponse.class);
  }

  /** Deletes a message for everyone. */
  public void delete(String chatID, String messageID) {
    delete(chatID, messageID, true);
  }

  /** Deletes a message, for everyone or for oneself where the network knows that. */
  public void delete(String chatID, String messageID, boolean forEveryone) {
    http.delete("v1", "chats", chatID, "messages", messageID)
        .query("forEveryone", forEveryone)
        .perform();
  }

  /** Reacts to a message with an emoji, or a key or shortcode of the network. */
  public ReactionAddResponse addReaction(String chatID, String messageID, String reactionKey) {
    return addReaction(chatID, messageID, new ReactionAddParams(reactionKey, null));
  }

  /** The same; a transaction that was there before reacts no second time. */
  public ReactionAddResponse addReaction(
      String chatID, String messageID, ReactionAddParams params) {
    return http.post("v1", "chats", chatID, "messages", messageID, "reactions")
        .body(params)
        .as(ReactionAddResponse.class);
  }

  /** Takes a reaction of one's own back. */
  public ReactionDeleteResponse removeReaction(
      String chatID, String messageID, String reactionKey) {
    return http.delete("v1", "chats", chatID, "messages", messageID, "reactions", reactionKey)
        .as(ReactionDeleteResponse.class);
  }

  /** Finds messages, newest first, with the chats that they belong to. */
  public MessageSearchPage search(MessageSearchParams params) {
    return http.get("v1", "messages", "search")
        .query("query", params.query())
        .query("chatIDs", params.chatIDs())
        .query("accountIDs", params.accountIDs())
        .query("chatType", params.chatType())
        .query("mediaTypes", params.mediaTypes())
        .query("sender", params.sender())
        .query("dateAfter", params.dateAfter())
        .query("dateBefore", params.dateBefore())
        .query("excludeLowPriority", params.excludeLowPriority())
        .query("includeMuted", params.includeMuted())
        .query("limit", params.limit())
        .query("cursor", params.cursor())
        .query("direction", params.direction())
        .as(MessageSearchPage.class);
  }
}
