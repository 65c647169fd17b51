package dev.belfry.matrix.message;

import dev.belfry.matrix.json.Json;
import dev.belfry.model.Attachment;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message with a file as the content of an {@code m.room.message} or {@code m.sticker}. */
public final class OutgoingFile {
  private OutgoingFile() {}

  /** The type of the event: stickers have their own. */
  public static String eventType(MessageContent message) {
    return message.type() == MessageType.STICKER ? "m.sticker" : "m.room.message";
  }

  /**
   * The content. Where the message has no text, its body is the file's name; where it has, that is
   * the caption, and the name stands beside it (specification, Media captions).
   *
   * @param named the fields that say where the file is: {@code url}, or {@code file} with the key
   */
  public static Json content(MessageContent message, Attachment file, Json named) {
    Map<String, Object> content = new LinkedHashMap<>();
    String kind = msgtype(message.type());
    if (kind != null) {
      content.put("msgtype", kind);
    }
    Outgoing.words(message, content);
    String name = name(file);
    if (message.body().isEmpty()) {
      content.put("body", name);
      content.remove("format");
      content.remove("formatted_body");
    }
    content.put("filename", name);
    content.put("info", info(file));
    if (message.type() == MessageType.VOICE) {
      content.put("org.matrix.msc3245.voice", Map.of());
      content.put("org.matrix.msc1767.audio", duration(file));
    }
    Json whole = Json.of(content);
    for (String field : named.names()) {
      whole = whole.with(field, named.at(field));
    }
    return whole;
  }

  private static @Nullable String msgtype(MessageType type) {
    return switch (type) {
      case IMAGE -> "m.image";
      case VIDEO -> "m.video";
      case AUDIO, VOICE -> "m.audio";
      case STICKER -> null;
      case FILE, TEXT, NOTICE, LOCATION, REACTION -> "m.file";
    };
  }

  private static String name(Attachment file) {
    String name = file.fileName();
    return name == null || name.isBlank() ? "file" : name;
  }

  private static Map<String, Object> info(Attachment file) {
    Map<String, Object> info = duration(file);
    put(info, "mimetype", file.mimeType());
    put(info, "size", file.fileSize());
    put(info, "w", file.width());
    put(info, "h", file.height());
    boolean looping = file.isGif() && !"image/gif".equals(file.mimeType());
    if (looping) {
      // A GIF in another format; so bridges and the clients that know them tell it from a video.
      info.put("fi.mau.gif", true);
      info.put("fi.mau.loop", true);
      info.put("fi.mau.autoplay", true);
      info.put("fi.mau.hide_controls", true);
      info.put("fi.mau.no_audio", true);
    }
    return info;
  }

  /** Milliseconds, where the length is known. */
  private static Map<String, Object> duration(Attachment file) {
    Map<String, Object> info = new LinkedHashMap<>();
    Double seconds = file.duration();
    if (seconds != null && seconds >= 0 && seconds < Integer.MAX_VALUE) {
      info.put("duration", Math.round(seconds * 1000));
    }
    return info;
  }

  private static void put(Map<String, Object> to, String name, @Nullable Object value) {
    if (value != null) {
      to.put(name, value);
    }
  }
}
