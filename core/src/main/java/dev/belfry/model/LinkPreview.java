package dev.belfry.model;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a link leads to.
 *
 * @param url the final URL
 * @param originalURL the URL before redirects, if another
 * @param img the URL of a picture
 * @param imgWidth pixels
 * @param imgHeight pixels
 */
@Json
public record LinkPreview(
    String url,
    String title,
    @Nullable String summary,
    @Nullable String originalURL,
    @Nullable String favicon,
    @Nullable String img,
    @Nullable Integer imgWidth,
    @Nullable Integer imgHeight) {}
