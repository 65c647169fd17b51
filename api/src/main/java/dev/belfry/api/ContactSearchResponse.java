package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * People found on an account (contract: models, ContactSearchResponse).
 *
 * @param items everybody who matches
 */
@Json
public record ContactSearchResponse(List<User> items) {
  /** Checks what is required and copies what could change. */
  public ContactSearchResponse {
    items = Check.list(items, "items");
  }
}
