package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was typed and not sent, as the server shows it (contract: models, Chat.Draft).
 *
 * @param text body as Matrix HTML, possibly empty
 * @param attachments files by attachment id
 */
@Json
public record Draft(String text, @Nullable Map<String, DraftAttachment> attachments) {
  /** Checks what is required and copies what could change. */
  public Draft {
    Check.required(text, "text");
    attachments = Check.mapOrNull(attachments, "attachments");
  }

  /**
   * A file of a draft (contract: models, Chat.Draft.Attachments).
   *
   * @param id same as the key in the map
   * @param type what it is
   * @param audioDurationSeconds length
   * @param fileName name
   * @param filePath path on the machine of the server
   * @param fileSize bytes
   * @param mimeType MIME type
   * @param size pixels
   * @param stickerID set for stickers
   */
  @Json
  public record DraftAttachment(
      String id,
      Kind type,
      @Nullable Double audioDurationSeconds,
      @Nullable String fileName,
      @Nullable String filePath,
      @Nullable Long fileSize,
      @Nullable String mimeType,
      @Nullable Size size,
      @Nullable String stickerID) {
    /** Checks what is required and copies what could change. */
    public DraftAttachment {
      Check.required(id, "id");
      Check.required(type, "type");
    }
  }

  /**
   * Kind of file in a draft. Other values than the ones named here are kept as they are.
   *
   * @param value the value on the wire
   */
  public record Kind(@Json.Value String value) {
    /** Any file. */
    public static final Kind FILE = new Kind("file");

    /** A GIF. */
    public static final Kind GIF = new Kind("gif");

    /** A voice note. */
    public static final Kind RECORDED_AUDIO = new Kind("recorded_audio");

    @Override
    public String toString() {
      return value;
    }
  }
}
