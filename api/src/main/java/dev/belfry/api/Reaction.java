package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A reaction to a message (contract: models, Reaction).
 *
 * @param id participant id, followed by the key where one person may react several times
 * @param participantID who
 * @param reactionKey emoji, network key or shortcode
 * @param emoji the key is an emoji
 * @param imgURL picture of a custom reaction
 */
@Json
public record Reaction(
    String id,
    String participantID,
    String reactionKey,
    @Nullable Boolean emoji,
    @Nullable String imgURL) {
  /** Checks what is required and copies what could change. */
  public Reaction {
    Check.required(id, "id");
    Check.required(participantID, "participantID");
    Check.required(reactionKey, "reactionKey");
  }
}
