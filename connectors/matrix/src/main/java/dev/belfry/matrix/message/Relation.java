package dev.belfry.matrix.message;

import dev.belfry.matrix.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * How an event relates to others (specification, Forming relationships between events).
 *
 * @param type {@code m.replace}, {@code m.annotation}, {@code m.thread} and the like; null for a
 *     plain reply
 * @param target the related event
 * @param key of an annotation
 * @param replyTo the event that is answered: for a message of a thread that answers nothing in
 *     particular, the thread's root
 */
record Relation(
    @Nullable String type,
    @Nullable String target,
    @Nullable String key,
    @Nullable String replyTo) {

  static Relation of(Json content) {
    Json relates = content.at("m.relates_to");
    String type = relates.words("rel_type");
    String target = relates.words("event_id");
    String answered = relates.at("m.in_reply_to").words("event_id");
    if ("m.thread".equals(type) && (answered == null || relates.isTrue("is_falling_back"))) {
      answered = target;
    }
    return new Relation(type, target, relates.words("key"), answered);
  }

  boolean is(String wanted) {
    return wanted.equals(type);
  }
}
