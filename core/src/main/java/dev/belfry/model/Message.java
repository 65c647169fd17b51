package dev.belfry.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as the hub keeps it.
 *
 * @param id its place and identity; for a pending message a place after all others
 * @param chatCanonicalId the API's {@code chatID}
 * @param networkKey the network's own id; null until the network has confirmed it
 * @param pendingId the alias it was sent under from here, which is also the network's transaction
 *     id
 * @param senderName the name to show, if one is known
 * @param isUnread whether it counts as unread now
 * @param linkedMessage the message that it answers, if that is stored
 * @param reactions who reacted to it
 * @param delivery null for others' messages
 * @param seen null where nobody has read it or nobody can know
 */
public record Message(
    MessageId id,
    ChatId chat,
    String chatCanonicalId,
    AccountId account,
    @Nullable String networkKey,
    @Nullable String pendingId,
    UserId sender,
    @Nullable String senderName,
    boolean isSender,
    MessageContent content,
    Instant timestamp,
    @Nullable Instant editedTimestamp,
    boolean isDeleted,
    boolean isUnread,
    @Nullable MessageId linkedMessage,
    List<Reaction> reactions,
    @Nullable Delivery delivery,
    @Nullable Seen seen) {

  /** What the API calls its {@code id}: the pending id as long as it has no place. */
  public String apiId() {
    return id.isPending() && pendingId != null ? pendingId : id.toString();
  }
}
