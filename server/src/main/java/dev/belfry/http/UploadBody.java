package dev.belfry.http;

import dev.belfry.http.read.Body;
import dev.belfry.model.UploadUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upload in a request's body (contract, models.md, MessageSendParams.Attachment and
 * ChatUpdateParams.Draft.Attachments).
 */
final class UploadBody {
  /** {@code voiceNote} is what clients of the 4.x API say. */
  private static final List<String> TYPES =
      List.of("image", "video", "audio", "file", "gif", "voice-note", "voiceNote", "sticker");

  private UploadBody() {}

  /** Reads one; {@code key} names it where it has no id of its own. */
  static UploadUse read(Body body, String key) {
    String id = body.string("id");
    Body size = body.object("size");
    return new UploadUse(
        id == null ? key : id,
        body.requiredString("uploadID"),
        body.oneOf("type", TYPES),
        body.string("mimeType"),
        body.string("fileName"),
        size == null ? null : required(size, "width"),
        size == null ? null : required(size, "height"),
        body.amount("duration"));
  }

  private static @Nullable Integer required(Body size, String key) {
    if (!size.has(key)) {
      size.missing(key);
    }
    return size.count(key);
  }
}
