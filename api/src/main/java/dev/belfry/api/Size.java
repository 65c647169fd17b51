package dev.belfry.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Extent of a picture (contract: models, Attachment.Size).
 *
 * @param width pixels
 * @param height pixels
 */
@Json
public record Size(@Nullable Double width, @Nullable Double height) {}
