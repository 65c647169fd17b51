package dev.belfry.api.request;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Body that brings the app to the front (contract: models, FocusParams).
 *
 * @param chatID chat to show
 * @param messageID message to jump to
 * @param draftText text to put into the input field
 * @param draftAttachmentPath path of a local picture
 */
@Json
public record FocusParams(
    @Nullable String chatID,
    @Nullable String messageID,
    @Nullable String draftText,
    @Nullable String draftAttachmentPath) {}
