package dev.belfry.model;

import org.jspecify.annotations.Nullable;

/**
 * An uploaded file that goes with a message or a draft, and what the user says of it; null takes
 * what the upload found.
 *
 * @param key names it within a draft
 * @param type a hint: {@code image}, {@code video}, {@code audio}, {@code file}, {@code gif},
 *     {@code voice-note} or {@code sticker}
 * @param width pixels
 * @param height pixels
 * @param duration seconds
 */
public record UploadUse(
    String key,
    String uploadID,
    @Nullable String type,
    @Nullable String mimeType,
    @Nullable String fileName,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Double duration) {}
