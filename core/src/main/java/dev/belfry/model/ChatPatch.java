package dev.belfry.model;

import dev.belfry.api.Field;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user changes about a chat: absent or null leaves alone, nothing clears.
 *
 * @param image a picture on this machine that the caller may use
 * @param messageExpirySeconds the disappearing timer; 0 clears it too
 */
public record ChatPatch(
    Field<String> title,
    Field<String> description,
    Field<Path> image,
    @Nullable Boolean archived,
    @Nullable Boolean lowPriority,
    @Nullable Boolean muted,
    @Nullable Boolean pinned,
    Field<Integer> messageExpirySeconds,
    Field<NewDraft> draft) {
  /**
   * A draft to be.
   *
   * @param text plain text or Markdown
   */
  public record NewDraft(String text, List<UploadUse> attachments) {
    /** An empty draft is none. */
    public boolean isEmpty() {
      return text.isBlank() && attachments.isEmpty();
    }
  }

  /** Nothing changed. */
  public static final ChatPatch NONE =
      new ChatPatch(
          Field.absent(),
          Field.absent(),
          Field.absent(),
          null,
          null,
          null,
          null,
          Field.absent(),
          Field.absent());

  /** Nothing but the archive flag. */
  public static ChatPatch archive(boolean archived) {
    return new ChatPatch(
        Field.absent(),
        Field.absent(),
        Field.absent(),
        archived,
        null,
        null,
        null,
        Field.absent(),
        Field.absent());
  }

  public ChatPatch withImage(Path value) {
    return new ChatPatch(
        title,
        description,
        Field.of(value),
        archived,
        lowPriority,
        muted,
        pinned,
        messageExpirySeconds,
        draft);
  }

  public ChatPatch withDraft(Field<NewDraft> value) {
    return new ChatPatch(
        title,
        description,
        image,
        archived,
        lowPriority,
        muted,
        pinned,
        messageExpirySeconds,
        value);
  }
}
