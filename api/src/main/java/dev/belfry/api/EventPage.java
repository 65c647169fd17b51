package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of events: the one page that is oldest first (contract: Decided for Belfry, {@code GET
 * /v1/events}).
 *
 * @param items the events
 * @param hasMore there are more already
 * @param oldestCursor position of the first event; absent if the page is empty
 * @param newestCursor where to go on
 * @param reset true where what came after the cursor asked for is no longer known: what is needed
 *     must be read anew, and {@code newestCursor} leads on from now
 */
@Json
public record EventPage(
    List<Event> items,
    boolean hasMore,
    @Nullable String oldestCursor,
    String newestCursor,
    @Nullable Boolean reset) {
  /** Checks what is required and copies what could change. */
  public EventPage {
    items = Check.list(items, "items");
    Check.required(newestCursor, "newestCursor");
  }

  /** Whether something may have been missed. */
  public boolean isReset() {
    return Boolean.TRUE.equals(reset);
  }
}
