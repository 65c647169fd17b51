package dev.belfry.api.request;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Body that adds a reaction.
 *
 * @param reactionKey emoji, network key or shortcode
 * @param transactionID the same id again makes no second reaction
 */
@Json
public record ReactionAddParams(String reactionKey, @Nullable String transactionID) {
  /** Checks what is required and copies what could change. */
  public ReactionAddParams {
    Check.required(reactionKey, "reactionKey");
  }
}
