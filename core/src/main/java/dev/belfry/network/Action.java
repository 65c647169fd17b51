package dev.belfry.network;

import dev.belfry.model.MessageContent;
import org.jspecify.annotations.Nullable;

/**
 * What the hub asks of a network. A connector answers each kind, be it only with {@link
 * Outcome.Unsupported}.
 */
public sealed interface Action {
  String chatKey();

  /**
   * Sends a message.
   *
   * @param transaction the same on every attempt, so that a network that can deduplicate does
   */
  record SendMessage(String chatKey, String transaction, MessageContent content)
      implements Action {}

  /**
   * Tells the network that everything up to a message is read, and clears the unread flag there.
   *
   * @param upToKey null where the chat has no message yet: only the flag is cleared
   */
  record MarkRead(String chatKey, @Nullable String upToKey) implements Action {}

  /**
   * Sets the unread flag on the network, and moves its read marker back as far as it lets us.
   *
   * @param lastReadKey the newest message that stays read; null when the marker was not moved or
   *     nothing stays read
   */
  record MarkUnread(String chatKey, @Nullable String lastReadKey) implements Action {}

  /** Moves a chat into the archive or out of it. */
  record Archive(String chatKey, boolean archived) implements Action {}
}
