package dev.belfry.model;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A file of a message.
 *
 * @param type coarse: {@code unknown}, {@code img}, {@code video} or {@code audio}
 * @param id what assets are downloaded and served by, for Matrix the mxc URL
 * @param srcURL where it can be had, perhaps only for a while
 * @param fileSize bytes
 * @param width pixels
 * @param height pixels
 * @param duration seconds
 * @param posterImg the URL of a video's still
 * @param transcription speech as text, and what made it
 * @param encryption what is needed to decrypt it, as the network gave it; never shown by the API
 */
@Json
public record Attachment(
    String type,
    @Nullable String id,
    @Nullable String srcURL,
    @Nullable String fileName,
    @Nullable String mimeType,
    @Nullable Long fileSize,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Double duration,
    boolean isGif,
    boolean isSticker,
    boolean isVoiceNote,
    @Nullable String posterImg,
    @Nullable Transcription transcription,
    @Nullable String encryption) {
  /**
   * Speech as text.
   *
   * @param engine what made it
   * @param text what was said
   * @param language of the text
   */
  @Json
  public record Transcription(String engine, String text, @Nullable String language) {}
}
