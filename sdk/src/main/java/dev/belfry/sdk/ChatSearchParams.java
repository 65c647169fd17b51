package dev.belfry.sdk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which chats to find (contract: endpoints, {@code GET /v1/chats/search}). Null and empty filter
 * nothing.
 *
 * @param query words that must all occur
 * @param scope {@code titles} or {@code participants}
 * @param inbox {@code primary}, {@code low-priority} or {@code archive}
 * @param type {@code single}, {@code group} or {@code any}
 * @param unreadOnly true: chats with unread messages, or marked unread
 * @param includeMuted false: no muted chats
 * @param lastActivityBefore only chats with nothing new since then
 * @param lastActivityAfter only chats with something new since then
 * @param accountIDs only chats of these accounts
 * @param cursor where to begin, a cursor of an earlier page; null for the newest
 * @param direction which way to go from there; null for older chats
 * @param limit chats on a page, 1 to 200
 */
public record ChatSearchParams(
    @Nullable String query,
    @Nullable String scope,
    @Nullable String inbox,
    @Nullable String type,
    @Nullable Boolean unreadOnly,
    @Nullable Boolean includeMuted,
    @Nullable Instant lastActivityBefore,
    @Nullable Instant lastActivityAfter,
    List<String> accountIDs,
    @Nullable String cursor,
    @Nullable Direction direction,
    @Nullable Integer limit) {
  /** Copies the list. */
  public ChatSearchParams {
    accountIDs = List.copyOf(accountIDs);
  }

  /** Chats whose title holds these words. */
  public static ChatSearchParams titled(String query) {
    return new ChatSearchParams(
        query, null, null, null, null, null, null, null, List.of(), null, null, null);
  }

  /** Unread chats. */
  public static ChatSearchParams unread() {
    return new ChatSearchParams(
        null, null, null, null, true, null, null, null, List.of(), null, null, null);
  }
}
