package dev.belfry.api.request;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Body that sends a message: a text, a file, or both (contract: models, MessageSendParams).
 *
 * @param text Markdown or plain text
 * @param attachment one file
 * @param replyToMessageID message to answer
 */
@Json
public record MessageSendParams(
    @Nullable String text,
    @Nullable AttachmentParams attachment,
    @Nullable String replyToMessageID) {
  /** A plain text. */
  public static MessageSendParams ofText(String text) {
    return new MessageSendParams(text, null, null);
  }
}
