package dev.belfry.sdk;

import org.jspecify.annotations.Nullable;

/**
 * What to list of the messages of a chat (contract: endpoints, {@code GET
 * /v1/chats/{chatID}/messages}).
 *
 * @param cursor where to begin: a cursor of an earlier page, a sort key or a message id; null for
 *     the newest message
 * @param direction which way to go from there; null for older messages
 * @param limit messages on a page, 1 to 200, for servers that know it; null for what the server
 *     likes
 */
public record MessageListParams(
    @Nullable String cursor, @Nullable Direction direction, @Nullable Integer limit) {
  /** Everything, from the newest on. */
  public static final MessageListParams ALL = new MessageListParams(null, null, null);

  /** The same, but from a cursor on. */
  public MessageListParams from(@Nullable String cursor, @Nullable Direction direction) {
    return new MessageListParams(cursor, direction, limit);
  }

  /** The same, but with so many on a page. */
  public MessageListParams withLimit(int limit) {
    return new MessageListParams(cursor, direction, limit);
  }
}
