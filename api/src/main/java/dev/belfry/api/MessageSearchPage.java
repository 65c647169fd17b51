package dev.belfry.api;

import dev.belfry.api.check.Check;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of found messages with their chats (contract: models, Page).
 *
 * @param items the messages, newest first
 * @param chats every chat that {@code items} refer to, by chat id
 * @param hasMore there are more in the direction travelled
 * @param oldestCursor position of the oldest item; null if the page is empty, and then sent as null
 * @param newestCursor position of the newest item; null if the page is empty, and then sent as null
 */
public record MessageSearchPage(
    List<Message> items,
    Map<String, Chat> chats,
    boolean hasMore,
    @Nullable String oldestCursor,
    @Nullable String newestCursor) {
  /** Checks what is required and copies what could change. */
  public MessageSearchPage {
    items = Check.list(items, "items");
    chats = Check.map(chats, "chats");
  }
}
