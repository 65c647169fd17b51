package dev.belfry.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a download (contract: models, AssetDownloadResponse).
 *
 * @param srcURL file URL of the copy on the machine of the server
 * @param error why it failed
 */
@Json
public record AssetDownloadResponse(@Nullable String srcURL, @Nullable String error) {}
