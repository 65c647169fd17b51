package dev.belfry.matrix.message;

import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.MessageDeleted;
import dev.belfry.network.NetworkEvent.MessageEdited;
import dev.belfry.network.NetworkEvent.Reacted;

/**
 * Keys of what is told out of its place: an edit that came bundled with its message, a redaction
 * likewise, what turned out to be in a placeholder. Under the event's own key it would be taken for
 * the event itself when that comes, and its place for a sign of how far history is known.
 */
public final class Keys {
  private Keys() {}

  static String apart(String eventId) {
    return NetworkEvent.apart(eventId);
  }

  /** The event id that a key of the hub's stands for. */
  public static String eventId(String key) {
    return NetworkEvent.eventOf(key);
  }

  /** The same event under a key apart. */
  public static NetworkEvent apart(NetworkEvent event) {
    if (event instanceof MessageEdited it) {
      return new MessageEdited(
          it.chatKey(),
          apart(it.key()),
          it.sender(),
          it.fromMe(),
          it.targetKey(),
          it.content(),
          it.timestamp(),
          it.transaction());
    }
    if (event instanceof Reacted it) {
      return new Reacted(
          it.chatKey(),
          apart(it.key()),
          it.sender(),
          it.fromMe(),
          it.targetKey(),
          it.reaction(),
          it.emoji(),
          it.imgURL(),
          it.timestamp(),
          it.transaction());
    }
    if (event instanceof MessageDeleted it) {
      return new MessageDeleted(
          it.chatKey(),
          apart(it.key()),
          it.sender(),
          it.targetKey(),
          it.timestamp(),
          it.transaction());
    }
    return event;
  }
}
