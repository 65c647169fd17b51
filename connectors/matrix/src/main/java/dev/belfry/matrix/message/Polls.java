package dev.belfry.matrix.message;

import dev.belfry.matrix.json.Json;
import org.jspecify.annotations.Nullable;

/** Polls (MSC3381) as text to read, and text out of extensible events (MSC1767). */
final class Polls {
  private Polls() {}

  static String start(Json content) {
    Json poll = content.at("m.poll");
    Json old = content.at("org.matrix.msc3381.poll.start");
    Json start = poll.isObject() ? poll : old;
    String question = text(start.at("question"));
    if (question == null) {
      String whole = text(content);
      return whole == null ? "Poll" : "Poll: " + whole;
    }
    StringBuilder lines = new StringBuilder("Poll: ").append(question);
    int number = 1;
    for (Json answer : start.at("answers").items()) {
      String words = text(answer);
      lines.append('\n').append(number++).append(". ").append(words == null ? "?" : words);
    }
    return lines.toString();
  }

  /**
   * The plain text of an extensible event or a part of one, in any of its spellings; null if it has
   * none.
   */
  static @Nullable String text(Json content) {
    for (String name : new String[] {"m.text", "org.matrix.msc1767.text"}) {
      String text = content.words(name);
      if (text != null) {
        return text;
      }
      for (Json version : content.at(name).items()) {
        String type = version.text("mimetype");
        String body = version.words("body");
        if (body != null && (type == null || type.equals("text/plain"))) {
          return body;
        }
      }
    }
    return content.words("body");
  }
}
