package dev.belfry.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which chats are looked for (contract, {@code GET /v1/chats/search}). Empty and null filter
 * nothing.
 *
 * @param words all must match
 * @param scope where
 */
public record ChatQuery(
    String words,
    Scope scope,
    @Nullable Inbox inbox,
    @Nullable ChatType type,
    boolean unreadOnly,
    boolean includeMuted,
    @Nullable Instant lastActivityBefore,
    @Nullable Instant lastActivityAfter,
    List<AccountId> accounts) {
  /** Where words are looked for. */
  public enum Scope {
    TITLES,
    PARTICIPANTS
  }

  /** Where chats lie. */
  public enum Inbox {
    /** Neither archived nor of low priority. */
    PRIMARY,
    LOW_PRIORITY,
    ARCHIVE
  }

  /** Words and nothing else. */
  public static ChatQuery of(String words, Scope scope, @Nullable ChatType type) {
    return new ChatQuery(words, scope, null, type, false, true, null, null, List.of());
  }
}
