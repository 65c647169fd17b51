package dev.belfry.network;

import dev.belfry.model.Delivery;
import dev.belfry.model.MessageContent;
import dev.belfry.model.Participant;
import dev.belfry.model.User;
import dev.belfry.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that a network told one of our accounts. Keys are the network's own identifiers. A chat
 * that is not known yet comes to be with the first event that names it.
 */
public sealed interface NetworkEvent {
  /** The chat; empty for what concerns the account alone. */
  String chatKey();

  /**
   * What the keys of events end with that are told out of their place, such as an edit that came
   * along with its message, or what a placeholder turned out to stand for: under its own key each
   * would be taken for the event itself, which has a place of its own. Who reads up to a place, or
   * takes something back, means the event itself.
   */
  String APART = "/apart";

  /** The key that an event is told under out of its place. */
  static String apart(String key) {
    return key + APART;
  }

  /** The key of the event itself. */
  static String eventOf(String key) {
    return key.endsWith(APART) ? key.substring(0, key.length() - APART.length()) : key;
  }

  /**
   * What stands in a chat's timeline. Each has a place there, also where it is not shown, because
   * read markers may point at any of them; and a key, by which seeing it again is known.
   */
  sealed interface Timeline extends NetworkEvent {
    /** The network's id of this event, unique in its chat. */
    String key();

    UserId sender();

    /** When the network says that it was sent. */
    Instant timestamp();
  }

  /**
   * A message, also one of ours from this device (an echo), from another device, or out of history.
   *
   * @param fromMe the account's owner sent it
   * @param transaction our transaction id, when the network hands back what this device sent; else
   *     null
   */
  record MessageReceived(
      String chatKey,
      String key,
      UserId sender,
      boolean fromMe,
      MessageContent content,
      Instant timestamp,
      @Nullable String transaction)
      implements Timeline {}

  /**
   * A message has new content. Edits of others' messages are dropped; the target may come later,
   * from history.
   *
   * @param targetKey the edited message
   */
  record MessageEdited(
      String chatKey,
      String key,
      UserId sender,
      boolean fromMe,
      String targetKey,
      MessageContent content,
      Instant timestamp,
      @Nullable String transaction)
      implements Timeline {}

  /**
   * A message or a reaction is taken back. Its text goes; its place stays.
   *
   * @param targetKey a message, or the key of a {@link Reacted}
   */
  record MessageDeleted(
      String chatKey,
      String key,
      UserId sender,
      String targetKey,
      Instant timestamp,
      @Nullable String transaction)
      implements Timeline {}

  /**
   * Somebody reacted to a message.
   *
   * @param targetKey the message, which may come later, from history
   * @param reaction the emoji or the network's key for it
   * @param emoji whether it is an emoji
   * @param imgURL the picture of a custom reaction
   */
  record Reacted(
      String chatKey,
      String key,
      UserId sender,
      boolean fromMe,
      String targetKey,
      String reaction,
      boolean emoji,
      @Nullable String imgURL,
      Instant timestamp,
      @Nullable String transaction)
      implements Timeline {}

  /**
   * What a placeholder stood for can be read now (it was encrypted, and the key came). No edit:
   * nobody changed it.
   *
   * @param key of the message
   */
  record MessageRevealed(String chatKey, String key, MessageContent content)
      implements NetworkEvent {}

  /**
   * Between what is stored of a chat and the timeline events that follow in this batch there may be
   * others.
   *
   * @param token for {@link NetworkClient#history}
   */
  record TimelineGap(String chatKey, String token) implements NetworkEvent {}

  /** The chat itself: everything in {@code update} that is not left out. */
  record ChatChanged(String chatKey, ChatUpdate update) implements NetworkEvent {}

  /**
   * Members came, changed or left.
   *
   * @param members those that are members now
   * @param left those that are no longer
   * @param complete whether {@code members} are all there are
   * @param total how many there are by the network's count, where it tells; null to count those
   *     that are stored
   */
  record MembersChanged(
      String chatKey,
      List<Participant> members,
      List<UserId> left,
      boolean complete,
      @Nullable Integer total)
      implements NetworkEvent {}

  /** What is known of people, apart from any chat. */
  record PeopleChanged(List<User> people) implements NetworkEvent {
    @Override
    public String chatKey() {
      return "";
    }
  }

  /**
   * The owner has read up to a message, on whatever device. Only what differs from the last one of
   * its source counts as a change, so that a marker which was moved back here stands.
   *
   * @param source which of the network's notions of it
   * @param upToKey a timeline event, perhaps one that is not stored yet
   */
  record ReadElsewhere(String chatKey, Source source, String upToKey) implements NetworkEvent {
    /** Where it was said. */
    public enum Source {
      /** A receipt, public or private: only ever moves on. */
      RECEIPT,
      /** A private marker, which a person may also move back. */
      MARKER
    }
  }

  /** The owner has set or cleared the unread flag, on whatever device. */
  record MarkedUnreadElsewhere(String chatKey, boolean markedUnread) implements NetworkEvent {}

  /** Another person has read up to a message. */
  record ReadByOther(String chatKey, UserId user, String upToKey, Instant at)
      implements NetworkEvent {}

  /** How a message of ours fares. */
  record DeliveryChanged(String chatKey, String key, Delivery delivery) implements NetworkEvent {}

  /** The owner is no longer in the chat, and it is not to be kept. */
  record ChatGone(String chatKey) implements NetworkEvent {}

  /**
   * All chats that the owner is in or invited to. Told where others may have ended unheard, as
   * between two logins.
   *
   * @param others what holds of all others that the hub knows; its {@code sendRefusal} says that
   *     this has been told
   */
  record ChatsListed(Set<String> chatKeys, ChatUpdate others) implements NetworkEvent {
    @Override
    public String chatKey() {
      return "";
    }
  }

  /** The owner's own identity on the network. */
  record SelfChanged(User self) implements NetworkEvent {
    @Override
    public String chatKey() {
      return "";
    }
  }
}
