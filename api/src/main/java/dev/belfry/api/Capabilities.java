package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be done in a chat (contract: models, Chat.Capabilities). Everything is optional, so that
 * most of this file is the builder.
 *
 * @param allowedReactions emoji that may be used; absent = all
 * @param archive archiving is possible
 * @param attachments rules by kind of file ({@code m.image}, ...); a kind not listed is rejected
 * @param customEmojiReactions custom emoji are allowed
 * @param delete deleting messages
 * @param deleteChat the chat can be deleted for oneself
 * @param deleteChatForEveryone the chat can be deleted for all
 * @param deleteForMe a message can be deleted for oneself only
 * @param deleteMaxAge seconds a message may be old to be deleted for all
 * @param disappearingTimer rules of the timer
 * @param edit editing messages
 * @param editMaxAge seconds a message may be old to be edited
 * @param editMaxCount edits of one message
 * @param formatting by feature, such as {@code bold}; absent = no formatting
 * @param locationMessage sending places
 * @param markAsUnread the unread flag can be set
 * @param maxTextLength characters of a text message
 * @param messageRequest how message requests are accepted
 * @param participantActions what can be done with members
 * @param poll polls
 * @param reaction reactions
 * @param reactionCount reactions one person may put on one message
 * @param readReceipts receipts exist
 * @param reply replies
 * @param state which settings of the chat can be changed
 * @param thread threads
 * @param typingNotifications typing signals exist
 */
@Json
public record Capabilities(
    @Nullable List<String> allowedReactions,
    @Nullable Boolean archive,
    @Nullable Map<String, AttachmentRules> attachments,
    @Nullable Boolean customEmojiReactions,
    @Nullable Level delete,
    @Nullable Boolean deleteChat,
    @Nullable Boolean deleteChatForEveryone,
    @Nullable Boolean deleteForMe,
    @Nullable Long deleteMaxAge,
    @Nullable DisappearingTimer disappearingTimer,
    @Nullable Level edit,
    @Nullable Long editMaxAge,
    @Nullable Long editMaxCount,
    @Nullable Map<String, Level> formatting,
    @Nullable Level locationMessage,
    @Nullable Boolean markAsUnread,
    @Nullable Long maxTextLength,
    @Nullable MessageRequest messageRequest,
    @Nullable ParticipantActions participantActions,
    @Nullable Level poll,
    @Nullable Level reaction,
    @Nullable Long reactionCount,
    @Nullable Boolean readReceipts,
    @Nullable Level reply,
    @Nullable State state,
    @Nullable Level thread,
    @Nullable Boolean typingNotifications) {
  /** Checks what is required and copies what could change. */
  public Capabilities {
    allowedReactions = Check.listOrNull(allowedReactions, "allowedReactions");
    attachments = Check.mapOrNull(attachments, "attachments");
    formatting = Check.mapOrNull(formatting, "formatting");
  }

  /** An empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder filled with this record. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.allowedReactions = allowedReactions;
    builder.archive = archive;
    builder.attachments = attachments;
    builder.customEmojiReactions = customEmojiReactions;
    builder.delete = delete;
    builder.deleteChat = deleteChat;
    builder.deleteChatForEveryone = deleteChatForEveryone;
    builder.deleteForMe = deleteForMe;
    builder.deleteMaxAge = deleteMaxAge;
    builder.disappearingTimer = disappearingTimer;
    builder.edit = edit;
    builder.editMaxAge = editMaxAge;
    builder.editMaxCount = editMaxCount;
    builder.formatting = formatting;
    builder.locationMessage = locationMessage;
    builder.markAsUnread = markAsUnread;
    builder.maxTextLength = maxTextLength;
    builder.messageRequest = messageRequest;
    builder.participantActions = participantActions;
    builder.poll = poll;
    builder.reaction = reaction;
    builder.reactionCount = reactionCount;
    builder.readReceipts = readReceipts;
    builder.reply = reply;
    builder.state = state;
    builder.thread = thread;
    builder.typingNotifications = typingNotifications;
    return builder;
  }

  /**
   * Rules for one kind of file (contract: models, Chat.Capabilities.Attachments).
   *
   * @param mimeTypes by MIME type or pattern ({@code image/*}); one not listed is rejected
   * @param caption captions
   * @param maxCaptionLength characters
   * @param maxDuration seconds
   * @param maxHeight pixels
   * @param maxSize bytes
   * @param maxWidth pixels
   * @param viewOnce view-once files are possible
   */
  @Json
  public record AttachmentRules(
      Map<String, Level> mimeTypes,
      @Nullable Level caption,
      @Nullable Long maxCaptionLength,
      @Nullable Long maxDuration,
      @Nullable Long maxHeight,
      @Nullable Long maxSize,
      @Nullable Long maxWidth,
      @Nullable Boolean viewOnce) {
    /** Checks what is required and copies what could change. */
    public AttachmentRules {
      mimeTypes = Check.map(mimeTypes, "mimeTypes");
    }
  }

  /**
   * Rules of disappearing messages.
   *
   * @param omitEmptyTimer empty timers are left out of messages
   * @param timers allowed values in milliseconds; absent = any
   * @param types when the timer may start
   */
  @Json
  public record DisappearingTimer(
      @Nullable Boolean omitEmptyTimer,
      @Nullable List<Long> timers,
      @Nullable List<TimerType> types) {
    /** Checks what is required and copies what could change. */
    public DisappearingTimer {
      timers = Check.listOrNull(timers, "timers");
      types = Check.listOrNull(types, "types");
    }
  }

  /**
   * When the timer of a disappearing message starts. Other values than the ones named here are kept
   * as they are.
   *
   * @param value the value on the wire
   */
  public record TimerType(@Json.Value String value) {
    /** Once it is read. */
    public static final TimerType AFTER_READ = new TimerType("afterRead");

    /** Once it is sent. */
    public static final TimerType AFTER_SEND = new TimerType("afterSend");

    /** Once the other one has read it. */
    public static final TimerType AFTER_READ_BY_RECIPIENT = new TimerType("afterReadByRecipient");

    @Override
    public String toString() {
      return value;
    }
  }

  /**
   * How a message request is accepted.
   *
   * @param acceptWithButton by a button
   * @param acceptWithMessage by answering
   */
  @Json
  public record MessageRequest(
      @Nullable Level acceptWithButton, @Nullable Level acceptWithMessage) {}

  /**
   * What can be done with members.
   *
   * @param ban ban
   * @param invite invite
   * @param kick remove
   * @param leave leave
   * @param revokeInvite take back an invitation
   */
  @Json
  public record ParticipantActions(
      @Nullable Level ban,
      @Nullable Level invite,
      @Nullable Level kick,
      @Nullable Level leave,
      @Nullable Level revokeInvite) {}

  /**
   * Which settings of a chat can be changed.
   *
   * @param title the title
   * @param description the topic
   * @param avatar the picture
   * @param disappearingTimer the timer of disappearing messages
   */
  @Json
  public record State(
      @Nullable Setting title,
      @Nullable Setting description,
      @Nullable Setting avatar,
      @Nullable Setting disappearingTimer) {}

  /**
   * Whether one setting can be changed.
   *
   * @param level how well
   */
  @Json
  public record Setting(Level level) {
    /** Checks what is required and copies what could change. */
    public Setting {
      Check.required(level, "level");
    }
  }

  /** Builds a {@link Capabilities}; what is never set stays absent. */
  public static final class Builder {
    private @Nullable List<String> allowedReactions;
    private @Nullable Boolean archive;
    private @Nullable Map<String, AttachmentRules> attachments;
    private @Nullable Boolean customEmojiReactions;
    private @Nullable Level delete;
    private @Nullable Boolean deleteChat;
    private @Nullable Boolean deleteChatForEveryone;
    private @Nullable Boolean deleteForMe;
    private @Nullable Long deleteMaxAge;
    private @Nullable DisappearingTimer disappearingTimer;
    private @Nullable Level edit;
    private @Nullable Long editMaxAge;
    private @Nullable Long editMaxCount;
    private @Nullable Map<String, Level> formatting;
    private @Nullable Level locationMessage;
    private @Nullable Boolean markAsUnread;
    private @Nullable Long maxTextLength;
    private @Nullable MessageRequest messageRequest;
    private @Nullable ParticipantActions participantActions;
    private @Nullable Level poll;
    private @Nullable Level reaction;
    private @Nullable Long reactionCount;
    private @Nullable Boolean readReceipts;
    private @Nullable Level reply;
    private @Nullable State state;
    private @Nullable Level thread;
    private @Nullable Boolean typingNotifications;

    private Builder() {}

    /** Sets {@link Capabilities#allowedReactions}. */
    public Builder allowedReactions(@Nullable List<String> allowedReactions) {
      this.allowedReactions = allowedReactions;
      return this;
    }

    /** Sets {@link Capabilities#archive}. */
    public Builder archive(@Nullable Boolean archive) {
      this.archive = archive;
      return this;
    }

    /** Sets {@link Capabilities#attachments}. */
    public Builder attachments(@Nullable Map<String, AttachmentRules> attachments) {
      this.attachments = attachments;
      return this;
    }

    /** Sets {@link Capabilities#customEmojiReactions}. */
    public Builder customEmojiReactions(@Nullable Boolean customEmojiReactions) {
      this.customEmojiReactions = customEmojiReactions;
      return this;
    }

    /** Sets {@link Capabilities#delete}. */
    public Builder delete(@Nullable Level delete) {
      this.delete = delete;
      return this;
    }

    /** Sets {@link Capabilities#deleteChat}. */
    public Builder deleteChat(@Nullable Boolean deleteChat) {
      this.deleteChat = deleteChat;
      return this;
    }

    /** Sets {@link Capabilities#deleteChatForEveryone}. */
    public Builder deleteChatForEveryone(@Nullable Boolean deleteChatForEveryone) {
      this.deleteChatForEveryone = deleteChatForEveryone;
      return this;
    }

    /** Sets {@link Capabilities#deleteForMe}. */
    public Builder deleteForMe(@Nullable Boolean deleteForMe) {
      this.deleteForMe = deleteForMe;
      return this;
    }

    /** Sets {@link Capabilities#deleteMaxAge}. */
    public Builder deleteMaxAge(@Nullable Long deleteMaxAge) {
      this.deleteMaxAge = deleteMaxAge;
      return this;
    }

    /** Sets {@link Capabilities#disappearingTimer}. */
    public Builder disappearingTimer(@Nullable DisappearingTimer disappearingTimer) {
      this.disappearingTimer = disappearingTimer;
      return this;
    }

    /** Sets {@link Capabilities#edit}. */
    public Builder edit(@Nullable Level edit) {
      this.edit = edit;
      return this;
    }

    /** Sets {@link Capabilities#editMaxAge}. */
    public Builder editMaxAge(@Nullable Long editMaxAge) {
      this.editMaxAge = editMaxAge;
      return this;
    }

    /** Sets {@link Capabilities#editMaxCount}. */
    public Builder editMaxCount(@Nullable Long editMaxCount) {
      this.editMaxCount = editMaxCount;
      return this;
    }

    /** Sets {@link Capabilities#formatting}. */
    public Builder formatting(@Nullable Map<String, Level> formatting) {
      this.formatting = formatting;
      return this;
    }

    /** Sets {@link Capabilities#locationMessage}. */
    public Builder locationMessage(@Nullable Level locationMessage) {
      this.locationMessage = locationMessage;
      return this;
    }

    /** Sets {@link Capabilities#markAsUnread}. */
    public Builder markAsUnread(@Nullable Boolean markAsUnread) {
      this.markAsUnread = markAsUnread;
      return this;
    }

    /** Sets {@link Capabilities#maxTextLength}. */
    public Builder maxTextLength(@Nullable Long maxTextLength) {
      this.maxTextLength = maxTextLength;
      return this;
    }

    /** Sets {@link Capabilities#messageRequest}. */
    public Builder messageRequest(@Nullable MessageRequest messageRequest) {
      this.messageRequest = messageRequest;
      return this;
    }

    /** Sets {@link Capabilities#participantActions}. */
    public Builder participantActions(@Nullable ParticipantActions participantActions) {
      this.participantActions = participantActions;
      return this;
    }

    /** Sets {@link Capabilities#poll}. */
    public Builder poll(@Nullable Level poll) {
      this.poll = poll;
      return this;
    }

    /** Sets {@link Capabilities#reaction}. */
    public Builder reaction(@Nullable Level reaction) {
      this.reaction = reaction;
      return this;
    }

    /** Sets {@link Capabilities#reactionCount}. */
    public Builder reactionCount(@Nullable Long reactionCount) {
      this.reactionCount = reactionCount;
      return this;
    }

    /** Sets {@link Capabilities#readReceipts}. */
    public Builder readReceipts(@Nullable Boolean readReceipts) {
      this.readReceipts = readReceipts;
      return this;
    }

    /** Sets {@link Capabilities#reply}. */
    public Builder reply(@Nullable Level reply) {
      this.reply = reply;
      return this;
    }

    /** Sets {@link Capabilities#state}. */
    public Builder state(@Nullable State state) {
      this.state = state;
      return this;
    }

    /** Sets {@link Capabilities#thread}. */
    public Builder thread(@Nullable Level thread) {
      this.thread = thread;
      return this;
    }

    /** Sets {@link Capabilities#typingNotifications}. */
    public Builder typingNotifications(@Nullable Boolean typingNotifications) {
      this.typingNotifications = typingNotifications;
      return this;
    }

    /** The finished record. */
    public Capabilities build() {
      return new Capabilities(
          allowedReactions,
          archive,
          attachments,
          customEmojiReactions,
          delete,
          deleteChat,
          deleteChatForEveryone,
          deleteForMe,
          deleteMaxAge,
          disappearingTimer,
          edit,
          editMaxAge,
          editMaxCount,
          formatting,
          locationMessage,
          markAsUnread,
          maxTextLength,
          messageRequest,
          participantActions,
          poll,
          reaction,
          reactionCount,
          readReceipts,
          reply,
          state,
          thread,
          typingNotifications);
    }
  }
}
