package dev.belfry.sdk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to list of the chats (contract: endpoints, {@code GET /v1/chats}).
 *
 * @param accountIDs only chats of these accounts; empty for all
 * @param cursor where to begin, a cursor of an earlier page; null for the newest chat
 * @param direction which way to go from there; null for older chats
 * @param limit chats on a page, 1 to 200; null for what the server likes
 */
public record ChatListParams(
    List<String> accountIDs,
    @Nullable String cursor,
    @Nullable Direction direction,
    @Nullable Integer limit) {
  /** Everything, from the newest on. */
  public static final ChatListParams ALL = new ChatListParams(List.of(), null, null, null);

  /** Copies the list. */
  public ChatListParams {
    accountIDs = List.copyOf(accountIDs);
  }

  /** The same, but only of these accounts. */
  public ChatListParams ofAccounts(String... accountIDs) {
    return new ChatListParams(List.of(accountIDs), cursor, direction, limit);
  }

  /** The same, but from a cursor on. */
  public ChatListParams from(@Nullable String cursor, @Nullable Direction direction) {
    return new ChatListParams(accountIDs, cursor, direction, limit);
  }

  /** The same, but with so many on a page. */
  public ChatListParams withLimit(int limit) {
    return new ChatListParams(accountIDs, cursor, direction, limit);
  }
}
