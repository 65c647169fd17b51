package dev.belfry.sdk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which messages to find (contract: endpoints, {@code GET /v1/messages/search}). Null and empty
 * filter nothing.
 *
 * @param query words in any order
 * @param chatIDs only in these chats, by id or local number
 * @param accountIDs only in chats of these accounts
 * @param chatType {@code group} or {@code single}
 * @param mediaTypes of {@code any}, {@code video}, {@code image}, {@code link}, {@code file}
 * @param sender {@code me}, {@code others} or a person's id
 * @param dateAfter only messages after this time
 * @param dateBefore only messages before this time
 * @param excludeLowPriority false: in chats of low priority too; left out otherwise
 * @param includeMuted false: not in muted chats
 * @param limit messages on a page, 1 to 20
 * @param cursor where to begin, a cursor of an earlier page; null for the newest
 * @param direction which way to go from there; null for older messages
 */
public record MessageSearchParams(
    @Nullable String query,
    List<String> chatIDs,
    List<String> accountIDs,
    @Nullable String chatType,
    List<String> mediaTypes,
    @Nullable String sender,
    @Nullable Instant dateAfter,
    @Nullable Instant dateBefore,
    @Nullable Boolean excludeLowPriority,
    @Nullable Boolean includeMuted,
    @Nullable Integer limit,
    @Nullable String cursor,
    @Nullable Direction direction) {
  /** Copies the lists. */
  public MessageSearchParams {
    chatIDs = List.copyOf(chatIDs);
    accountIDs = List.copyOf(accountIDs);
    mediaTypes = List.copyOf(mediaTypes);
  }

  /** Messages that hold these words. */
  public static MessageSearchParams of(String query) {
    return in(query, List.of());
  }

  /** Messages of some chats that hold these words. */
  public static MessageSearchParams in(String query, List<String> chatIDs) {
    return new MessageSearchParams(
        query, chatIDs, List.of(), null, List.of(), null, null, null, null, null, null, null, null);
  }

  /** The same from a cursor of an earlier page on, towards older messages. */
  public MessageSearchParams before(@Nullable String oldestCursor) {
    return new MessageSearchParams(
        query,
        chatIDs,
        accountIDs,
        chatType,
        mediaTypes,
        sender,
        dateAfter,
        dateBefore,
        excludeLowPriority,
        includeMuted,
        limit,
        oldestCursor,
        direction);
  }
}
