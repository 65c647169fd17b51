package dev.belfry.core.events;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose events a reader wants.
 *
 * @param ids canonical or local ids of chats, which need not exist yet; null for all chats
 */
public record ChatFilter(@Nullable Set<String> ids) {
  public static final ChatFilter ALL = new ChatFilter(null);
  public static final ChatFilter NONE = new ChatFilter(Set.of());

  public ChatFilter {
    ids = ids == null ? null : Set.copyOf(ids);
  }

  /** Whether the event is one of those. */
  public boolean wants(Event event) {
    return ids == null || ids.contains(event.chatId()) || ids.contains(Long.toString(event.chat()));
  }

  /** Whether nothing is wanted. */
  public boolean isEmpty() {
    return ids != null && ids.isEmpty();
  }
}
