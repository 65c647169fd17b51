package dev.belfry.api.request;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;

/**
 * Body that fetches a file to the machine of the server.
 *
 * @param url an mxc or localmxc URL
 */
@Json
public record AssetDownloadParams(String url) {
  /** Checks what is required and copies what could change. */
  public AssetDownloadParams {
    Check.required(url, "url");
  }
}
