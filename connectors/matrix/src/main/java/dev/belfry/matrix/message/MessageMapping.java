package dev.belfry.matrix.message;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.Room;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the content of messages: {@code m.room.message}, {@code m.sticker}, and the new content of
 * an edit.
 */
final class MessageMapping {
  private final Room room;
  private final String me;

  MessageMapping(Room room, String me) {
    this.room = room;
    this.me = me;
  }

  /**
   * @param type the event's type
   */
  MessageContent content(String type, Json content, String sender) {
    MessageContent read = kind(type, content);
    Relation relation = Relation.of(content);
    String body = relation.replyTo() == null ? read.body() : ReplyFallback.strip(read.body());
    Mentions mentions = Mentions.of(content, body, read.html(), room, sender, me);
    return new MessageContent(
        read.type(),
        body,
        read.html(),
        read.attachments(),
        Previews.of(content),
        mentions.people(),
        mentions.me(),
        relation.replyTo(),
        read.hidden());
  }

  private static MessageContent kind(String type, Json content) {
    if (type.equals("m.sticker")) {
      return file(MessageType.STICKER, Files.Kind.STICKER, content);
    }
    String msgtype = content.words("msgtype");
    return switch (msgtype == null ? "" : msgtype) {
      case "m.text" -> text(MessageType.TEXT, content, "");
      case "m.notice", "m.server_notice" -> text(MessageType.NOTICE, content, "");
      case "m.emote" -> text(MessageType.TEXT, content, "* ");
      case "m.image" -> file(MessageType.IMAGE, Files.Kind.IMAGE, content);
      case "m.video" -> file(MessageType.VIDEO, Files.Kind.VIDEO, content);
      case "m.audio" ->
          isVoice(content)
              ? file(MessageType.VOICE, Files.Kind.VOICE, content)
              : file(MessageType.AUDIO, Files.Kind.AUDIO, content);
      case "m.file" -> file(MessageType.FILE, Files.Kind.FILE, content);
      case "m.location" -> message(MessageType.LOCATION, place(content), null);
      case "m.key.verification.request" -> MessageContent.notice("Asks to verify a device", false);
      default -> unknown(msgtype, content);
    };
  }

  private static boolean isVoice(Json content) {
    return content.has("org.matrix.msc3245.voice")
        || content.has("org.matrix.msc2516.voice")
        || content.has("m.voice");
  }

  private static MessageContent text(MessageType type, Json content, String before) {
    String html = html(content);
    String body = content.text("body");
    if (body == null || body.isEmpty()) {
      body = html == null ? "" : MatrixHtml.text(html);
    }
    return message(type, before + body, html == null ? null : before + html);
  }

  private static @Nullable String html(Json content) {
    return "org.matrix.custom.html".equals(content.text("format"))
        ? MatrixHtml.clean(content.text("formatted_body"))
        : null;
  }

  private static MessageContent file(MessageType type, Files.Kind kind, Json content) {
    String caption = Files.caption(content);
    return message(type, caption, caption.isEmpty() ? null : html(content))
        .withAttachments(type, List.of(Files.of(kind, content)));
  }

  private static String place(Json content) {
    String body = content.words("body");
    String geo = content.words("geo_uri");
    String words = body == null ? "Location" : body;
    return geo == null || words.contains(geo) ? words : words + "\n" + geo;
  }

  private static MessageContent unknown(@Nullable String msgtype, Json content) {
    String text = Polls.text(content);
    if (text != null) {
      return message(MessageType.TEXT, text, html(content));
    }
    return MessageContent.notice(
        msgtype == null ? "" : "A message of a kind not known here: " + msgtype, msgtype == null);
  }

  private static MessageContent message(MessageType type, String body, @Nullable String html) {
    return new MessageContent(type, body, html, List.of(), List.of(), null, false, null, false);
  }
}
