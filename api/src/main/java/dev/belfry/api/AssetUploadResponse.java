package dev.belfry.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Answer to an upload, of either form (contract: models, AssetUploadResponse).
 *
 * @param duration seconds
 * @param error set if the upload failed
 * @param fileName resolved name
 * @param fileSize bytes
 * @param height pixels
 * @param mimeType given or detected
 * @param srcURL file URL
 * @param uploadID reference for a send or a draft
 * @param width pixels
 */
@Json
public record AssetUploadResponse(
    @Nullable Double duration,
    @Nullable String error,
    @Nullable String fileName,
    @Nullable Long fileSize,
    @Nullable Double height,
    @Nullable String mimeType,
    @Nullable String srcURL,
    @Nullable String uploadID,
    @Nullable Double width) {}
