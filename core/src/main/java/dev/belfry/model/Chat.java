package dev.belfry.model;

import dev.belfry.api.Capabilities;
import dev.belfry.api.Level;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A conversation.
 *
 * @param id the local id
 * @param canonicalId the API's {@code id}: the network's key, with the account appended for a
 *     second account on a network
 * @param networkKey the network's own id; only the account's connector can read it
 * @param network the readable name of the network
 * @param title the title to show, never empty
 * @param description the topic of a group
 * @param imgURL the avatar: a path or URL
 * @param lastActivity when something last happened in it
 * @param messageExpirySeconds the disappearing timer
 * @param sendRefusal why nothing can be sent here, for people; null where sending is possible
 * @param lastReadMessage the newest shown message at or below the read marker
 */
public record Chat(
    ChatId id,
    String canonicalId,
    AccountId account,
    String networkKey,
    String network,
    ChatType type,
    String title,
    @Nullable String description,
    @Nullable String imgURL,
    ReadState read,
    Flags flags,
    Instant lastActivity,
    @Nullable Integer messageExpirySeconds,
    @Nullable String sendRefusal,
    @Nullable Draft draft,
    @Nullable Reminder reminder,
    @Nullable Snooze snooze,
    Capabilities capabilities,
    @Nullable MessageId lastReadMessage,
    Participants participants) {

  /** The same with other members shown. */
  public Chat withParticipants(Participants shown) {
    return new Chat(
        id,
        canonicalId,
        account,
        networkKey,
        network,
        type,
        title,
        description,
        imgURL,
        read,
        flags,
        lastActivity,
        messageExpirySeconds,
        sendRefusal,
        draft,
        reminder,
        snooze,
        capabilities,
        lastReadMessage,
        shown);
  }

  /**
   * The same of an account that was removed: it is there to be read, and what its network would
   * have to hear of cannot be done.
   */
  public Chat ofRemovedAccount() {
    var refusal =
        "The account \"%s\" of this chat was removed; its history is kept. Log in again with `belfry account add` to go on."
            .formatted(account);
    return new Chat(
        id,
        canonicalId,
        account,
        networkKey,
        network,
        type,
        title,
        description,
        imgURL,
        read,
        new Flags(flags.archived, flags.lowPriority, flags.muted, flags.pinned, true, true),
        lastActivity,
        messageExpirySeconds,
        refusal,
        draft,
        reminder,
        snooze,
        withoutNetwork(capabilities),
        lastReadMessage,
        participants);
  }

  private static Capabilities withoutNetwork(Capabilities known) {
    var fixed = new Capabilities.Setting(Level.REJECTED);
    return known.toBuilder()
        .reply(Level.REJECTED)
        .reaction(Level.REJECTED)
        .edit(Level.REJECTED)
        .delete(Level.REJECTED)
        .deleteForMe(false)
        .typingNotifications(false)
        .maxTextLength(0L)
        .state(new Capabilities.State(fixed, fixed, fixed, fixed))
        .build();
  }

  /**
   * What the user has sorted a chat into, and whether it can be written to.
   *
   * @param accountRemoved whether nothing can be done in it that its network would have to hear of
   */
  public record Flags(
      boolean archived,
      boolean lowPriority,
      boolean muted,
      boolean pinned,
      boolean readOnly,
      boolean accountRemoved) {
    public static final Flags NONE = new Flags(false, false, false, false, false, false);
  }
}
