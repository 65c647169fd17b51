package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A file of a message (contract: models, Attachment).
 *
 * @param type coarse kind
 * @param id id for downloading and serving, usually an mxc URL
 * @param duration seconds
 * @param fileName name
 * @param fileSize bytes
 * @param isGif animated picture
 * @param isSticker sticker
 * @param isVoiceNote voice note
 * @param mimeType MIME type
 * @param posterImg poster frame of a video
 * @param size pixels
 * @param srcURL public URL or local file URL, possibly short-lived
 * @param transcription speech as text
 */
@Json
public record Attachment(
    Type type,
    @Nullable String id,
    @Nullable Double duration,
    @Nullable String fileName,
    @Nullable Long fileSize,
    @Nullable Boolean isGif,
    @Nullable Boolean isSticker,
    @Nullable Boolean isVoiceNote,
    @Nullable String mimeType,
    @Nullable String posterImg,
    @Nullable Size size,
    @Nullable String srcURL,
    @Nullable Transcription transcription) {
  /** Checks what is required and copies what could change. */
  public Attachment {
    Check.required(type, "type");
  }

  /** An empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder filled with this record. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.type = type;
    builder.id = id;
    builder.duration = duration;
    builder.fileName = fileName;
    builder.fileSize = fileSize;
    builder.isGif = isGif;
    builder.isSticker = isSticker;
    builder.isVoiceNote = isVoiceNote;
    builder.mimeType = mimeType;
    builder.posterImg = posterImg;
    builder.size = size;
    builder.srcURL = srcURL;
    builder.transcription = transcription;
    return builder;
  }

  /**
   * Coarse kind of file. Other values than the ones named here are kept as they are.
   *
   * @param value the value on the wire
   */
  public record Type(@Json.Value String value) {
    /** Any other file. */
    public static final Type UNKNOWN = new Type("unknown");

    /** A picture, stickers and GIFs included. */
    public static final Type IMG = new Type("img");

    /** A film. */
    public static final Type VIDEO = new Type("video");

    /** Sound, voice notes included. */
    public static final Type AUDIO = new Type("audio");

    @Override
    public String toString() {
      return value;
    }
  }

  /**
   * Speech as text (contract: models, Attachment.Transcription).
   *
   * @param engine what made it
   * @param transcription the text
   * @param language language
   */
  @Json
  public record Transcription(String engine, String transcription, @Nullable String language) {
    /** Checks what is required and copies what could change. */
    public Transcription {
      Check.required(engine, "engine");
      Check.required(transcription, "transcription");
    }
  }

  /** Builds a {@link Attachment}; what is never set stays absent. */
  public static final class Builder {
    private @Nullable Type type;
    private @Nullable String id;
    private @Nullable Double duration;
    private @Nullable String fileName;
    private @Nullable Long fileSize;
    private @Nullable Boolean isGif;
    private @Nullable Boolean isSticker;
    private @Nullable Boolean isVoiceNote;
    private @Nullable String mimeType;
    private @Nullable String posterImg;
    private @Nullable Size size;
    private @Nullable String srcURL;
    private @Nullable Transcription transcription;

    private Builder() {}

    /** Sets {@link Attachment#type}. */
    public Builder type(Type type) {
      this.type = type;
      return this;
    }

    /** Sets {@link Attachment#id}. */
    public Builder id(@Nullable String id) {
      this.id = id;
      return this;
    }

    /** Sets {@link Attachment#duration}. */
    public Builder duration(@Nullable Double duration) {
      this.duration = duration;
      return this;
    }

    /** Sets {@link Attachment#fileName}. */
    public Builder fileName(@Nullable String fileName) {
      this.fileName = fileName;
      return this;
    }

    /** Sets {@link Attachment#fileSize}. */
    public Builder fileSize(@Nullable Long fileSize) {
      this.fileSize = fileSize;
      return this;
    }

    /** Sets {@link Attachment#isGif}. */
    public Builder isGif(@Nullable Boolean isGif) {
      this.isGif = isGif;
      return this;
    }

    /** Sets {@link Attachment#isSticker}. */
    public Builder isSticker(@Nullable Boolean isSticker) {
      this.isSticker = isSticker;
      return this;
    }

    /** Sets {@link Attachment#isVoiceNote}. */
    public Builder isVoiceNote(@Nullable Boolean isVoiceNote) {
      this.isVoiceNote = isVoiceNote;
      return this;
    }

    /** Sets {@link Attachment#mimeType}. */
    public Builder mimeType(@Nullable String mimeType) {
      this.mimeType = mimeType;
      return this;
    }

    /** Sets {@link Attachment#posterImg}. */
    public Builder posterImg(@Nullable String posterImg) {
      this.posterImg = posterImg;
      return this;
    }

    /** Sets {@link Attachment#size}. */
    public Builder size(@Nullable Size size) {
      this.size = size;
      return this;
    }

    /** Sets {@link Attachment#srcURL}. */
    public Builder srcURL(@Nullable String srcURL) {
      this.srcURL = srcURL;
      return this;
    }

    /** Sets {@link Attachment#transcription}. */
    public Builder transcription(@Nullable Transcription transcription) {
      this.transcription = transcription;
      return this;
    }

    /**
     * The finished record.
     *
     * @throws IllegalArgumentException if a required part (type) was not set
     */
    public Attachment build() {
      return new Attachment(
          Check.required(type, "type"),
          id,
          duration,
          fileName,
          fileSize,
          isGif,
          isSticker,
          isVoiceNote,
          mimeType,
          posterImg,
          size,
          srcURL,
          transcription);
    }
  }
}
