package dev.belfry.api.request;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Body that uploads a file as text.
 *
 * @param content the bytes in base64
 * @param fileName name
 * @param mimeType MIME type
 */
@Json
public record AssetUploadBase64Params(
    String content, @Nullable String fileName, @Nullable String mimeType) {
  /** Checks what is required and copies what could change. */
  public AssetUploadBase64Params {
    Check.required(content, "content");
  }
}
