package dev.belfry.model;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user began to write in a chat.
 *
 * @param text as typed: plain text or Markdown
 * @param attachments files to go with it
 */
@Json
public record Draft(String text, List<Attachment> attachments) {
  /**
   * A file of a draft.
   *
   * @param id the key of it within the draft
   * @param type {@code file}, {@code gif} or {@code recorded_audio}
   * @param uploadID the upload it came from
   * @param filePath where it lies on this machine
   * @param fileSize bytes
   * @param duration seconds
   * @param stickerID set for stickers
   */
  @Json
  public record Attachment(
      String id,
      String type,
      @Nullable String uploadID,
      @Nullable String fileName,
      @Nullable String filePath,
      @Nullable Long fileSize,
      @Nullable String mimeType,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Double duration,
      @Nullable String stickerID) {}
}
