package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Answer of the search over everything (contract: models, SearchResponse).
 *
 * @param results what was found
 */
@Json
public record SearchResponse(Results results) {
  /** Checks what is required and copies what could change. */
  public SearchResponse {
    Check.required(results, "results");
  }

  /**
   * The three sections of a search.
   *
   * @param chats chats by title
   * @param inGroups groups by participant
   * @param messages messages, with their chats
   */
  @Json
  public record Results(
      List<Chat> chats,
      @Json.Property("in_groups") List<Chat> inGroups,
      MessageSearchPage messages) {
    /** Checks what is required and copies what could change. */
    public Results {
      chats = Check.list(chats, "chats");
      inGroups = Check.list(inGroups, "inGroups");
      Check.required(messages, "messages");
    }
  }
}
