package dev.belfry.model;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are looked for (contract, {@code GET /v1/messages/search}). Empty and null filter
 * nothing.
 *
 * @param words whole words in any order; one that ends in {@code *} stands for all that begin so
 * @param chats canonical or local ids
 * @param sender {@code me}, {@code others} or a person's id
 * @param after strictly
 * @param before strictly
 */
public record MessageQuery(
    String words,
    List<String> chats,
    List<AccountId> accounts,
    @Nullable ChatType chatType,
    Set<Media> media,
    @Nullable String sender,
    @Nullable Instant after,
    @Nullable Instant before,
    boolean excludeLowPriority,
    boolean includeMuted) {
  /** What a message carries. */
  public enum Media {
    ANY,
    VIDEO,
    IMAGE,
    LINK,
    FILE
  }

  /** Words and nothing else, by the contract's defaults. */
  public static MessageQuery of(String words) {
    return new MessageQuery(
        words, List.of(), List.of(), null, Set.of(), null, null, null, true, true);
  }
}
