package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A conversation (contract: models, Chat). A {@link Field} that is {@code nothing} says "known to
 * be none", such as no draft; one that is {@code absent} says nothing at all.
 *
 * @param id canonical id
 * @param accountID account the chat belongs to
 * @param network readable name of the network or account, for display only
 * @param participants members, possibly cut
 * @param title computed display title
 * @param type direct or group
 * @param unreadCount unread messages, 0 or more
 * @param capabilities what can be done in this chat; absent if unknown
 * @param description topic of a group
 * @param draft what was typed and not sent
 * @param imgURL path of a local file with the picture
 * @param isArchived in the archive
 * @param isLowPriority in the low-priority inbox
 * @param isMarkedUnread the unread flag was set by hand
 * @param isMuted notifications are off
 * @param isPinned pinned
 * @param isReadOnly sending is impossible
 * @param lastActivity time of the latest activity; sort key of the chat list
 * @param lastReadMessageSortKey sort key of the newest message already read
 * @param localChatID short id, valid on this installation only
 * @param messageExpirySeconds timer of disappearing messages, in seconds, 0 or more
 * @param reminder reminder set on the chat
 * @param snooze until when the chat sleeps
 * @param unreadMentionsCount unread messages that mention the user or everybody
 */
@Json
public record Chat(
    String id,
    String accountID,
    String network,
    Participants participants,
    String title,
    Type type,
    int unreadCount,
    @Nullable Capabilities capabilities,
    Field<String> description,
    Field<Draft> draft,
    Field<String> imgURL,
    @Nullable Boolean isArchived,
    @Nullable Boolean isLowPriority,
    @Nullable Boolean isMarkedUnread,
    @Nullable Boolean isMuted,
    @Nullable Boolean isPinned,
    @Nullable Boolean isReadOnly,
    @Nullable Instant lastActivity,
    @Nullable String lastReadMessageSortKey,
    Field<String> localChatID,
    Field<Long> messageExpirySeconds,
    Field<Reminder> reminder,
    Field<Snooze> snooze,
    @Nullable Integer unreadMentionsCount) {
  /** Checks what is required and copies what could change. */
  public Chat {
    Check.required(id, "id");
    Check.required(accountID, "accountID");
    Check.required(network, "network");
    Check.required(participants, "participants");
    Check.required(title, "title");
    Check.required(type, "type");
    description = Field.orAbsent(description);
    draft = Field.orAbsent(draft);
    imgURL = Field.orAbsent(imgURL);
    localChatID = Field.orAbsent(localChatID);
    messageExpirySeconds = Field.orAbsent(messageExpirySeconds);
    reminder = Field.orAbsent(reminder);
    snooze = Field.orAbsent(snooze);
  }

  /** An empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder filled with this record. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.id = id;
    builder.accountID = accountID;
    builder.network = network;
    builder.participants = participants;
    builder.title = title;
    builder.type = type;
    builder.unreadCount = unreadCount;
    builder.capabilities = capabilities;
    builder.description = description;
    builder.draft = draft;
    builder.imgURL = imgURL;
    builder.isArchived = isArchived;
    builder.isLowPriority = isLowPriority;
    builder.isMarkedUnread = isMarkedUnread;
    builder.isMuted = isMuted;
    builder.isPinned = isPinned;
    builder.isReadOnly = isReadOnly;
    builder.lastActivity = lastActivity;
    builder.lastReadMessageSortKey = lastReadMessageSortKey;
    builder.localChatID = localChatID;
    builder.messageExpirySeconds = messageExpirySeconds;
    builder.reminder = reminder;
    builder.snooze = snooze;
    builder.unreadMentionsCount = unreadMentionsCount;
    return builder;
  }

  /**
   * Direct chat or group. Other values than the ones named here are kept as they are.
   *
   * @param value the value on the wire
   */
  public record Type(@Json.Value String value) {
    /** A direct chat. */
    public static final Type SINGLE = new Type("single");

    /** A group or a channel. */
    public static final Type GROUP = new Type("group");

    @Override
    public String toString() {
      return value;
    }
  }

  /** Builds a {@link Chat}; what is never set stays absent. */
  public static final class Builder {
    private @Nullable String id;
    private @Nullable String accountID;
    private @Nullable String network;
    private @Nullable Participants participants;
    private @Nullable String title;
    private @Nullable Type type;
    private int unreadCount;
    private @Nullable Capabilities capabilities;
    private Field<String> description = Field.absent();
    private Field<Draft> draft = Field.absent();
    private Field<String> imgURL = Field.absent();
    private @Nullable Boolean isArchived;
    private @Nullable Boolean isLowPriority;
    private @Nullable Boolean isMarkedUnread;
    private @Nullable Boolean isMuted;
    private @Nullable Boolean isPinned;
    private @Nullable Boolean isReadOnly;
    private @Nullable Instant lastActivity;
    private @Nullable String lastReadMessageSortKey;
    private Field<String> localChatID = Field.absent();
    private Field<Long> messageExpirySeconds = Field.absent();
    private Field<Reminder> reminder = Field.absent();
    private Field<Snooze> snooze = Field.absent();
    private @Nullable Integer unreadMentionsCount;

    private Builder() {}

    /** Sets {@link Chat#id}. */
    public Builder id(String id) {
      this.id = id;
      return this;
    }

    /** Sets {@link Chat#accountID}. */
    public Builder accountID(String accountID) {
      this.accountID = accountID;
      return this;
    }

    /** Sets {@link Chat#network}. */
    public Builder network(String network) {
      this.network = network;
      return this;
    }

    /** Sets {@link Chat#participants}. */
    public Builder participants(Participants participants) {
      this.participants = participants;
      return this;
    }

    /** Sets {@link Chat#title}. */
    public Builder title(String title) {
      this.title = title;
      return this;
    }

    /** Sets {@link Chat#type}. */
    public Builder type(Type type) {
      this.type = type;
      return this;
    }

    /** Sets {@link Chat#unreadCount}. */
    public Builder unreadCount(int unreadCount) {
      this.unreadCount = unreadCount;
      return this;
    }

    /** Sets {@link Chat#capabilities}. */
    public Builder capabilities(@Nullable Capabilities capabilities) {
      this.capabilities = capabilities;
      return this;
    }

    /** Sets {@link Chat#description}; null says that there is none. */
    public Builder description(@Nullable String description) {
      this.description = Field.ofNullable(description);
      return this;
    }

    /** Sets {@link Chat#draft}; null says that there is none. */
    public Builder draft(@Nullable Draft draft) {
      this.draft = Field.ofNullable(draft);
      return this;
    }

    /** Sets {@link Chat#imgURL}; null says that there is none. */
    public Builder imgURL(@Nullable String imgURL) {
      this.imgURL = Field.ofNullable(imgURL);
      return this;
    }

    /** Sets {@link Chat#isArchived}. */
    public Builder isArchived(@Nullable Boolean isArchived) {
      this.isArchived = isArchived;
      return this;
    }

    /** Sets {@link Chat#isLowPriority}. */
    public Builder isLowPriority(@Nullable Boolean isLowPriority) {
      this.isLowPriority = isLowPriority;
      return this;
    }

    /** Sets {@link Chat#isMarkedUnread}. */
    public Builder isMarkedUnread(@Nullable Boolean isMarkedUnread) {
      this.isMarkedUnread = isMarkedUnread;
      return this;
    }

    /** Sets {@link Chat#isMuted}. */
    public Builder isMuted(@Nullable Boolean isMuted) {
      this.isMuted = isMuted;
      return this;
    }

    /** Sets {@link Chat#isPinned}. */
    public Builder isPinned(@Nullable Boolean isPinned) {
      this.isPinned = isPinned;
      return this;
    }

    /** Sets {@link Chat#isReadOnly}. */
    public Builder isReadOnly(@Nullable Boolean isReadOnly) {
      this.isReadOnly = isReadOnly;
      return this;
    }

    /** Sets {@link Chat#lastActivity}. */
    public Builder lastActivity(@Nullable Instant lastActivity) {
      this.lastActivity = lastActivity;
      return this;
    }

    /** Sets {@link Chat#lastReadMessageSortKey}. */
    public Builder lastReadMessageSortKey(@Nullable String lastReadMessageSortKey) {
      this.lastReadMessageSortKey = lastReadMessageSortKey;
      return this;
    }

    /** Sets {@link Chat#localChatID}; null says that there is none. */
    public Builder localChatID(@Nullable String localChatID) {
      this.localChatID = Field.ofNullable(localChatID);
      return this;
    }

    /** Sets {@link Chat#messageExpirySeconds}; null says that there is none. */
    public Builder messageExpirySeconds(@Nullable Long messageExpirySeconds) {
      this.messageExpirySeconds = Field.ofNullable(messageExpirySeconds);
      return this;
    }

    /** Sets {@link Chat#reminder}; null says that there is none. */
    public Builder reminder(@Nullable Reminder reminder) {
      this.reminder = Field.ofNullable(reminder);
      return this;
    }

    /** Sets {@link Chat#snooze}; null says that there is none. */
    public Builder snooze(@Nullable Snooze snooze) {
      this.snooze = Field.ofNullable(snooze);
      return this;
    }

    /** Sets {@link Chat#unreadMentionsCount}. */
    public Builder unreadMentionsCount(@Nullable Integer unreadMentionsCount) {
      this.unreadMentionsCount = unreadMentionsCount;
      return this;
    }

    /**
     * The finished record.
     *
     * @throws IllegalArgumentException if a required part (id, accountID, network, participants,
     *     title, type) was not set
     */
    public Chat build() {
      return new Chat(
          Check.required(id, "id"),
          Check.required(accountID, "accountID"),
          Check.required(network, "network"),
          Check.required(participants, "participants"),
          Check.required(title, "title"),
          Check.required(type, "type"),
          unreadCount,
          capabilities,
          description,
          draft,
          imgURL,
          isArchived,
          isLowPriority,
          isMarkedUnread,
          isMuted,
          isPinned,
          isReadOnly,
          lastActivity,
          lastReadMessageSortKey,
          localChatID,
          messageExpirySeconds,
          reminder,
          snooze,
          unreadMentionsCount);
    }
  }
}
