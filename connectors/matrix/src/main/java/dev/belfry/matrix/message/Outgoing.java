package dev.belfry.matrix.message;

import dev.belfry.matrix.json.Json;
import dev.belfry.model.MessageContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message of the hub's as the content of an {@code m.room.message}. */
public final class Outgoing {
  private Outgoing() {}

  public static Json content(MessageContent message) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("msgtype", "m.text");
    words(message, content);
    return Json.of(content);
  }

  /** What people wrote, what it answers and whom it means. */
  static void words(MessageContent message, Map<String, Object> content) {
    content.put("body", message.body());
    String html = message.html();
    if (html != null) {
      content.put("format", "org.matrix.custom.html");
      content.put("formatted_body", html);
    }
    String answered = message.replyToKey();
    if (answered != null) {
      String event = Keys.eventId(answered);
      content.put("m.relates_to", Map.of("m.in_reply_to", Map.of("event_id", event)));
    }
    content.put("m.mentions", mentions(message.mentions()));
  }

  /**
   * The same content within a thread, as an answer to a message that stands there (specification,
   * Threading).
   *
   * @param root the thread's first event
   */
  public static Json inThread(Json content, String root, String answered) {
    return content.with(
        "m.relates_to",
        Json.of(
            Map.of(
                "rel_type",
                "m.thread",
                "event_id",
                root,
                "is_falling_back",
                false,
                "m.in_reply_to",
                Map.of("event_id", answered))));
  }

  /** New content for a message; clients that know no edits show the whole with a star. */
  public static Json edit(String target, MessageContent message) {
    MessageContent plain = message.withReplyTo(null);
    Json fresh = content(plain);
    String html = plain.html();
    Json fallback =
        content(
            MessageContent.text("* " + plain.body())
                .withHtml(html == null ? null : "* " + html)
                .withMentions(List.of(), false));
    return fallback
        .with("m.new_content", fresh)
        .with("m.relates_to", Json.of(Map.of("rel_type", "m.replace", "event_id", target)));
  }

  /** A reaction to a message (specification, Event annotations and reactions). */
  public static Json reaction(String target, String key) {
    return Json.of(
        Map.of("m.relates_to", Map.of("rel_type", "m.annotation", "event_id", target, "key", key)));
  }

  /** Always told, be it that nobody is meant: without it others would search the text. */
  private static Map<String, Object> mentions(@Nullable List<String> people) {
    Map<String, Object> told = new LinkedHashMap<>();
    List<String> users = new ArrayList<>();
    for (String person : people == null ? List.<String>of() : people) {
      if (person.equals("@room")) {
        told.put("room", true);
      } else {
        users.add(person);
      }
    }
    if (!users.isEmpty()) {
      told.put("user_ids", users);
    }
    return told;
  }
}
