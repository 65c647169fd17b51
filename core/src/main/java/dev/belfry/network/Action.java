package dev.belfry.network;

import dev.belfry.model.MessageContent;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the hub asks of a network. A connector answers each kind, be it only with {@link
 * Outcome.Unsupported}. A {@code transaction} is the same on every attempt, so that a network that
 * can deduplicate does.
 */
public sealed interface Action {
  String chatKey();

  /**
   * Sends a message.
   *
   * @param file the bytes of the content's one attachment; null where there is none
   */
  record SendMessage(
      String chatKey, String transaction, MessageContent content, @Nullable Path file)
      implements Action {}

  /**
   * Gives a message of ours new text.
   *
   * @param targetKey the message
   */
  record EditMessage(String chatKey, String transaction, String targetKey, MessageContent content)
      implements Action {}

  /**
   * Takes a message back.
   *
   * @param forEveryone else only for the owner, where the network knows that
   */
  record DeleteMessage(String chatKey, String transaction, String targetKey, boolean forEveryone)
      implements Action {}

  /**
   * Reacts to a message.
   *
   * @param reaction an emoji, or the network's key or shortcode
   */
  record React(String chatKey, String transaction, String targetKey, String reaction)
      implements Action {}

  /**
   * Takes a reaction of ours back.
   *
   * @param targetKey the message
   * @param reactionKey the reaction, by its own key
   */
  record Unreact(
      String chatKey, String transaction, String targetKey, String reactionKey, String reaction)
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

  /** Sorts a chat into something, or out of it. */
  record SetFlag(String chatKey, Flag flag, boolean on) implements Action {}

  /** What the owner can sort a chat into. */
  enum Flag {
    ARCHIVED,
    LOW_PRIORITY,
    MUTED,
    PINNED
  }

  /**
   * Gives a chat a title.
   *
   * @param title null for none
   */
  record SetTitle(String chatKey, @Nullable String title) implements Action {}

  /**
   * Gives a chat a description.
   *
   * @param description null for none
   */
  record SetDescription(String chatKey, @Nullable String description) implements Action {}

  /**
   * Gives a chat a picture.
   *
   * @param file an image; null for none
   */
  record SetAvatar(String chatKey, @Nullable Path file) implements Action {}

  /**
   * Sets the disappearing timer.
   *
   * @param seconds null for none
   */
  record SetMessageExpiry(String chatKey, @Nullable Integer seconds) implements Action {}
}
