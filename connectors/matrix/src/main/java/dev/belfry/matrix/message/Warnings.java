package dev.belfry.matrix.message;

import dev.belfry.model.MessageContent;
import org.jsoup.nodes.Entities;

/** What is said where a message cannot be trusted to be what it looks like. */
final class Warnings {
  static final String NOT_VERIFIED =
      "[Not verified: it is not certain that this sender wrote this message]";
  static final String NOT_ENCRYPTED =
      "[Not encrypted, in a room that is: anyone on the way may have read or written this]";

  private Warnings() {}

  /** The same content with a line of warning before its text. */
  static MessageContent before(String warning, MessageContent content) {
    if (content.hidden()) {
      return content;
    }
    String html = content.html();
    return new MessageContent(
        content.type(),
        content.body().isEmpty() ? warning : warning + "\n" + content.body(),
        html == null ? null : "<p>" + Entities.escape(warning) + "</p>" + html,
        content.attachments(),
        content.links(),
        content.mentions(),
        content.mentionsMe(),
        content.replyToKey(),
        false);
  }
}
