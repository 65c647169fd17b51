package dev.belfry.api.request;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded file to be used in a send or a draft (contract: models,
 * MessageSendParams.Attachment).
 *
 * @param uploadID from an upload
 * @param id wanted attachment id; drafts only
 * @param duration seconds, overrides what was found
 * @param fileName overrides what was found
 * @param mimeType overrides what was found
 * @param size overrides what was found
 * @param type hint; else from the MIME type
 */
@Json
public record AttachmentParams(
    String uploadID,
    @Nullable String id,
    @Nullable Double duration,
    @Nullable String fileName,
    @Nullable String mimeType,
    @Nullable Extent size,
    @Nullable Kind type) {
  /** Checks what is required and copies what could change. */
  public AttachmentParams {
    Check.required(uploadID, "uploadID");
  }

  /** A file as it was uploaded. */
  public static AttachmentParams of(String uploadID) {
    return new AttachmentParams(uploadID, null, null, null, null, null, null);
  }

  /**
   * Pixels of a picture; both are needed.
   *
   * @param width pixels
   * @param height pixels
   */
  @Json
  public record Extent(Double width, Double height) {
    /** Checks what is required and copies what could change. */
    public Extent {
      Check.required(width, "width");
      Check.required(height, "height");
    }
  }

  /**
   * How a file is to be shown. Other values than the ones named here are kept as they are.
   *
   * @param value the value on the wire
   */
  public record Kind(@Json.Value String value) {
    /** A picture. */
    public static final Kind IMAGE = new Kind("image");

    /** A film. */
    public static final Kind VIDEO = new Kind("video");

    /** Sound, as a file. */
    public static final Kind AUDIO = new Kind("audio");

    /** Any file. */
    public static final Kind FILE = new Kind("file");

    /** A GIF, or a film that is shown as one. */
    public static final Kind GIF = new Kind("gif");

    /** Sound, as a voice note. */
    public static final Kind VOICE_NOTE = new Kind("voice-note");

    /** A sticker. */
    public static final Kind STICKER = new Kind("sticker");

    @Override
    public String toString() {
      return value;
    }
  }
}
