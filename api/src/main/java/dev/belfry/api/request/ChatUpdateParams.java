package dev.belfry.api.request;

import dev.belfry.api.Field;
import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body that changes a chat (contract: models, ChatUpdateParams). Absent: leave alone; nothing:
 * clear. Use the builder: most calls set one or two of these.
 *
 * @param description topic
 * @param draft draft; a new one is taken only if there is none
 * @param imgURL path of a file on the machine of the server
 * @param isArchived archive or fetch back
 * @param isLowPriority where supported
 * @param isMuted mute or unmute
 * @param isPinned where supported
 * @param messageExpirySeconds timer of disappearing messages, 0 or more
 * @param title custom title
 */
@Json
public record ChatUpdateParams(
    Field<String> description,
    Field<DraftParams> draft,
    Field<String> imgURL,
    @Nullable Boolean isArchived,
    @Nullable Boolean isLowPriority,
    @Nullable Boolean isMuted,
    @Nullable Boolean isPinned,
    Field<Long> messageExpirySeconds,
    Field<String> title) {
  /** Checks what is required and copies what could change. */
  public ChatUpdateParams {
    description = Field.orAbsent(description);
    draft = Field.orAbsent(draft);
    imgURL = Field.orAbsent(imgURL);
    messageExpirySeconds = Field.orAbsent(messageExpirySeconds);
    title = Field.orAbsent(title);
  }

  /** An empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder filled with this record. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.description = description;
    builder.draft = draft;
    builder.imgURL = imgURL;
    builder.isArchived = isArchived;
    builder.isLowPriority = isLowPriority;
    builder.isMuted = isMuted;
    builder.isPinned = isPinned;
    builder.messageExpirySeconds = messageExpirySeconds;
    builder.title = title;
    return builder;
  }

  /**
   * A new draft (contract: models, ChatUpdateParams.Draft).
   *
   * @param text Markdown or plain text
   * @param attachments files by attachment id
   */
  @Json
  public record DraftParams(String text, @Nullable Map<String, AttachmentParams> attachments) {
    /** Checks what is required and copies what could change. */
    public DraftParams {
      Check.required(text, "text");
      attachments = Check.mapOrNull(attachments, "attachments");
    }
  }

  /** Builds a {@link ChatUpdateParams}; what is never set stays absent. */
  public static final class Builder {
    private Field<String> description = Field.absent();
    private Field<DraftParams> draft = Field.absent();
    private Field<String> imgURL = Field.absent();
    private @Nullable Boolean isArchived;
    private @Nullable Boolean isLowPriority;
    private @Nullable Boolean isMuted;
    private @Nullable Boolean isPinned;
    private Field<Long> messageExpirySeconds = Field.absent();
    private Field<String> title = Field.absent();

    private Builder() {}

    /** Sets {@link ChatUpdateParams#description}; null says that there is none. */
    public Builder description(@Nullable String description) {
      this.description = Field.ofNullable(description);
      return this;
    }

    /** Sets {@link ChatUpdateParams#draft}; null says that there is none. */
    public Builder draft(@Nullable DraftParams draft) {
      this.draft = Field.ofNullable(draft);
      return this;
    }

    /** Sets {@link ChatUpdateParams#imgURL}; null says that there is none. */
    public Builder imgURL(@Nullable String imgURL) {
      this.imgURL = Field.ofNullable(imgURL);
      return this;
    }

    /** Sets {@link ChatUpdateParams#isArchived}. */
    public Builder isArchived(@Nullable Boolean isArchived) {
      this.isArchived = isArchived;
      return this;
    }

    /** Sets {@link ChatUpdateParams#isLowPriority}. */
    public Builder isLowPriority(@Nullable Boolean isLowPriority) {
      this.isLowPriority = isLowPriority;
      return this;
    }

    /** Sets {@link ChatUpdateParams#isMuted}. */
    public Builder isMuted(@Nullable Boolean isMuted) {
      this.isMuted = isMuted;
      return this;
    }

    /** Sets {@link ChatUpdateParams#isPinned}. */
    public Builder isPinned(@Nullable Boolean isPinned) {
      this.isPinned = isPinned;
      return this;
    }

    /** Sets {@link ChatUpdateParams#messageExpirySeconds}; null says that there is none. */
    public Builder messageExpirySeconds(@Nullable Long messageExpirySeconds) {
      this.messageExpirySeconds = Field.ofNullable(messageExpirySeconds);
      return this;
    }

    /** Sets {@link ChatUpdateParams#title}; null says that there is none. */
    public Builder title(@Nullable String title) {
      this.title = Field.ofNullable(title);
      return this;
    }

    /** The finished record. */
    public ChatUpdateParams build() {
      return new ChatUpdateParams(
          description,
          draft,
          imgURL,
          isArchived,
          isLowPriority,
          isMuted,
          isPinned,
          messageExpirySeconds,
          title);
    }
  }
}
