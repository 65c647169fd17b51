package dev.belfry.matrix.message;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.People;
import dev.belfry.model.Attachment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files of messages. */
final class Files {
  private Files() {}

  /** What kind of file a message holds. */
  enum Kind {
    IMAGE("img"),
    VIDEO("video"),
    AUDIO("audio"),
    VOICE("audio"),
    FILE("unknown"),
    STICKER("img");

    private final String coarse;

    Kind(String coarse) {
      this.coarse = coarse;
    }
  }

  /**
   * The file that a message's content names. Its {@code encryption} is a JSON object from content
   * URI to what the event says of the encrypted file there (specification, EncryptedFile): the file
   * itself, and its still where there is one.
   */
  static Attachment of(Kind kind, Json content) {
    Json info = content.at("info");
    Map<String, Json> keys = new LinkedHashMap<>();
    String url = url(content, "url", "file", keys);
    String poster = url(info, "thumbnail_url", "thumbnail_file", keys);
    String mimeType = info.words("mimetype");
    return new Attachment(
        kind.coarse,
        url,
        url,
        name(content),
        mimeType,
        size(info),
        info.size("w"),
        info.size("h"),
        seconds(info, content),
        "image/gif".equals(mimeType) || info.isTrue("fi.mau.gif"),
        kind == Kind.STICKER,
        kind == Kind.VOICE,
        poster,
        null,
        keys.isEmpty() ? null : Json.of(keys).toString());
  }

  /** What a person wrote beneath the file; empty when the body is but its name. */
  static String caption(Json content) {
    String body = content.text("body");
    String name = content.words("filename");
    return body == null || name == null || body.equals(name) ? "" : body;
  }

  private static @Nullable String name(Json content) {
    String name = content.words("filename");
    return name != null ? name : content.words("body");
  }

  private static @Nullable String url(
      Json at, String plain, String encrypted, Map<String, Json> keys) {
    String url = People.mxc(at.at(encrypted).text("url"));
    if (url != null) {
      keys.put(url, at.at(encrypted));
      return url;
    }
    return People.mxc(at.text(plain));
  }

  private static @Nullable Long size(Json info) {
    Long size = info.number("size");
    return size == null || size < 0 ? null : size;
  }

  private static @Nullable Double seconds(Json info, Json content) {
    Long millis = info.number("duration");
    if (millis == null) {
      millis = content.at("org.matrix.msc1767.audio").number("duration");
    }
    return millis == null || millis < 0 ? null : millis / 1000.0;
  }
}
