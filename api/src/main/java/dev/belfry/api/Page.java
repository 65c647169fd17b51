package dev.belfry.api;

import dev.belfry.api.check.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, newest first (contract: models, Page). Of chats, chat list items, messages or
 * users. A page of found messages is a {@link MessageSearchPage}.
 *
 * @param <T> what is listed
 * @param items the objects of this page
 * @param hasMore there are more in the direction travelled
 * @param oldestCursor position of the oldest item; null if the page is empty, and then sent as null
 * @param newestCursor position of the newest item; null if the page is empty, and then sent as null
 */
public record Page<T>(
    List<T> items, boolean hasMore, @Nullable String oldestCursor, @Nullable String newestCursor) {
  /** Checks what is required and copies what could change. */
  public Page {
    items = Check.list(items, "items");
  }

  /** A page with nothing on it and nothing after it. */
  public static <T> Page<T> empty() {
    return new Page<>(List.of(), false, null, null);
  }
}
