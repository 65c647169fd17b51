package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Members of a chat (contract: models, Chat.Participants).
 *
 * @param items the members given here: 20 at most in lists
 * @param hasMore {@code items} is cut
 * @param total real number of members
 */
@Json
public record Participants(List<Participant> items, boolean hasMore, int total) {
  /** Checks what is required and copies what could change. */
  public Participants {
    items = Check.list(items, "items");
  }
}
