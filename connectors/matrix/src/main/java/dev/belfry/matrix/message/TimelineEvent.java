package dev.belfry.matrix.message;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.Times;
import dev.belfry.model.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A timeline event, opened if it was encrypted.
 *
 * @param key its event id
 * @param type of the event within
 * @param content of the event within
 * @param warning what to say before its text, for people; null when there is nothing to say
 * @param mine the account's owner sent it
 */
record TimelineEvent(
    Json raw,
    String key,
    String sender,
    String type,
    Json content,
    @Nullable String warning,
    boolean mine,
    Instant timestamp) {

  /** Null where it lacks what makes it a timeline event. */
  static @Nullable TimelineEvent of(Json raw, String me) {
    String key = raw.words("event_id");
    String sender = raw.words("sender");
    String type = raw.words("type");
    if (key == null || sender == null || type == null) {
      return null;
    }
    Instant at = Times.of(raw.number("origin_server_ts", 0));
    return new TimelineEvent(
        raw, key, sender, type, raw.at("content"), null, sender.equals(me), at);
  }

  /**
   * The same with what was found within. What relates it to others stands outside of the
   * encryption.
   */
  TimelineEvent opened(String innerType, Json inner, @Nullable String newWarning) {
    Json outer = content.at("m.relates_to");
    Json whole = inner;
    if (outer.isObject() && !inner.at("m.relates_to").isObject()) {
      whole = inner.with("m.relates_to", outer);
    }
    return new TimelineEvent(raw, key, sender, innerType, whole, newWarning, mine, timestamp);
  }

  TimelineEvent warned(String newWarning) {
    return new TimelineEvent(raw, key, sender, type, content, newWarning, mine, timestamp);
  }

  UserId from() {
    return new UserId(sender);
  }

  /** Our transaction id, where this device sent it. */
  @Nullable String transaction() {
    return mine ? raw.at("unsigned").words("transaction_id") : null;
  }

  /** The redaction that took it back, if one did. */
  Json redaction() {
    return raw.at("unsigned", "redacted_because");
  }
}
