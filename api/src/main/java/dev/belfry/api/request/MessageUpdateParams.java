package dev.belfry.api.request;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;

/**
 * Body that edits a message.
 *
 * @param text new text, at least one character
 */
@Json
public record MessageUpdateParams(String text) {
  /** Checks what is required and copies what could change. */
  public MessageUpdateParams {
    Check.required(text, "text");
  }
}
