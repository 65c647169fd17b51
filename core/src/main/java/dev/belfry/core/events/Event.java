package dev.belfry.core.events;

import dev.belfry.model.Message;
import java.time.Instant;
import java.util.List;

/**
 * Something that happened, as the API tells it (contract, events.md, Domain events).
 *
 * @param position in the log
 * @param at when it happened
 * @param chat the number behind {@code localChatID}
 * @param chatId the canonical id
 * @param ids what was touched: ids of messages, the final one first, or the chat's own
 * @param entries the messages among them that still are, as they are now; only where the type is
 *     {@link Type#MESSAGE_UPSERTED}
 */
public record Event(
    Position position,
    Instant at,
    Type type,
    long chat,
    String chatId,
    List<String> ids,
    List<Message> entries) {
  /** What happened. */
  public enum Type {
    CHAT_UPSERTED("chat.upserted"),
    CHAT_DELETED("chat.deleted"),
    MESSAGE_UPSERTED("message.upserted"),
    MESSAGE_DELETED("message.deleted");

    private final String wireName;

    Type(String wireName) {
      this.wireName = wireName;
    }

    /** Its name in the API. */
    public String wireName() {
      return wireName;
    }
  }

  public Event {
    ids = List.copyOf(ids);
    entries = List.copyOf(entries);
  }
}
