package dev.belfry.api;

import dev.belfry.api.check.Check;
import dev.belfry.api.codec.Timestamp;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened (contract: events, Domain events).
 *
 * @param type what happened
 * @param seq counts the events of one connection
 * @param ts when, as the server wrote it: a text, or a number of milliseconds; see {@link #at}
 * @param chatID canonical id of the chat
 * @param ids ids of the messages, the final one first, or of the chat
 * @param entries the messages among them as they are now; may be absent or lack some
 * @param cursor where one goes on after it; only Belfry has it
 */
@Json
public record Event(
    Type type,
    long seq,
    Object ts,
    String chatID,
    List<String> ids,
    @Nullable List<Message> entries,
    @Nullable String cursor) {
  /** Checks what is required and copies what could change. */
  public Event {
    Check.required(type, "type");
    Check.required(ts, "ts");
    Check.required(chatID, "chatID");
    ids = Check.list(ids, "ids");
    entries = entries == null ? null : List.copyOf(entries);
  }

  /** When it happened, or was sent. */
  public Instant at() {
    return ts instanceof Number millis
        ? Instant.ofEpochMilli(millis.longValue())
        : Timestamp.parse(ts.toString());
  }

  /**
   * What happened. Other values than the ones named here are kept as they are.
   *
   * @param value the value on the wire
   */
  public record Type(@Json.Value String value) {
    /** A chat is new or has changed. */
    public static final Type CHAT_UPSERTED = new Type("chat.upserted");

    /** A chat is gone. */
    public static final Type CHAT_DELETED = new Type("chat.deleted");

    /** A message is new or has changed. */
    public static final Type MESSAGE_UPSERTED = new Type("message.upserted");

    /** A message was deleted. */
    public static final Type MESSAGE_DELETED = new Type("message.deleted");

    @Override
    public String toString() {
      return value;
    }
  }
}
