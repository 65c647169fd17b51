package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message (contract: models, Message). Its many fields, each in the record and in its builder,
 * make the file a long one.
 *
 * @param id message id
 * @param accountID account
 * @param chatID canonical id of the chat
 * @param senderID sender as full Matrix user id
 * @param sortKey unique text that orders the messages of a chat
 * @param timestamp when it was sent
 * @param attachments files
 * @param editedTimestamp last edit
 * @param isDeleted was deleted
 * @param isHidden not shown normally
 * @param isSender own message
 * @param isUnread unread for the user
 * @param linkedMessageID id of the message this one replies to
 * @param links link previews
 * @param mentions mentioned user ids or {@code @room}; {@code nothing}: an old message, its text
 *     must be scanned
 * @param reactions reactions
 * @param seen who has read it
 * @param senderName display name of the sender
 * @param sendStatus delivery state of own messages
 * @param text Matrix HTML or plain text
 * @param type kind of content
 */
@Json
public record Message(
    String id,
    String accountID,
    String chatID,
    String senderID,
    String sortKey,
    Instant timestamp,
    @Nullable List<Attachment> attachments,
    @Nullable Instant editedTimestamp,
    @Nullable Boolean isDeleted,
    @Nullable Boolean isHidden,
    @Nullable Boolean isSender,
    @Nullable Boolean isUnread,
    @Nullable String linkedMessageID,
    @Nullable List<Link> links,
    Field<List<String>> mentions,
    @Nullable List<Reaction> reactions,
    @Nullable Seen seen,
    @Nullable String senderName,
    @Nullable SendStatus sendStatus,
    @Nullable String text,
    @Nullable Type type) {
  /** Checks what is required and copies what could change. */
  public Message {
    Check.required(id, "id");
    Check.required(accountID, "accountID");
    Check.required(chatID, "chatID");
    Check.required(senderID, "senderID");
    Check.required(sortKey, "sortKey");
    Check.required(timestamp, "timestamp");
    attachments = Check.listOrNull(attachments, "attachments");
    links = Check.listOrNull(links, "links");
    mentions = Field.orAbsent(mentions).map(items -> Check.list(items, "mentions"));
    reactions = Check.listOrNull(reactions, "reactions");
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
    builder.chatID = chatID;
    builder.senderID = senderID;
    builder.sortKey = sortKey;
    builder.timestamp = timestamp;
    builder.attachments = attachments;
    builder.editedTimestamp = editedTimestamp;
    builder.isDeleted = isDeleted;
    builder.isHidden = isHidden;
    builder.isSender = isSender;
    builder.isUnread = isUnread;
    builder.linkedMessageID = linkedMessageID;
    builder.links = links;
    builder.mentions = mentions;
    builder.reactions = reactions;
    builder.seen = seen;
    builder.senderName = senderName;
    builder.sendStatus = sendStatus;
    builder.text = text;
    builder.type = type;
    return builder;
  }

  /**
   * Kind of content. Other values than the ones named here are kept as they are.
   *
   * @param value the value on the wire
   */
  public record Type(@Json.Value String value) {
    /** A text. */
    public static final Type TEXT = new Type("TEXT");

    /** A text by a machine. */
    public static final Type NOTICE = new Type("NOTICE");

    /** Pictures. */
    public static final Type IMAGE = new Type("IMAGE");

    /** A film, or a GIF that is one. */
    public static final Type VIDEO = new Type("VIDEO");

    /** A voice note. */
    public static final Type VOICE = new Type("VOICE");

    /** Other sound. */
    public static final Type AUDIO = new Type("AUDIO");

    /** Other files. */
    public static final Type FILE = new Type("FILE");

    /** A sticker. */
    public static final Type STICKER = new Type("STICKER");

    /** A place. */
    public static final Type LOCATION = new Type("LOCATION");

    /** A reaction. */
    public static final Type REACTION = new Type("REACTION");

    @Override
    public String toString() {
      return value;
    }
  }

  /**
   * Delivery state of an own message (contract: models, Message.SendStatus).
   *
   * @param status how far it came
   * @param timestamp time of that state
   * @param deliveredToUsers user ids that got it
   * @param internalError for diagnosis only
   * @param message readable text
   * @param reason machine code, present on failure
   */
  @Json
  public record SendStatus(
      SendState status,
      Instant timestamp,
      @Nullable List<String> deliveredToUsers,
      @Nullable String internalError,
      @Nullable String message,
      @Nullable String reason) {
    /** Checks what is required and copies what could change. */
    public SendStatus {
      Check.required(status, "status");
      Check.required(timestamp, "timestamp");
      deliveredToUsers = Check.listOrNull(deliveredToUsers, "deliveredToUsers");
    }
  }

  /**
   * How far the sending came. Other values than the ones named here are kept as they are.
   *
   * @param value the value on the wire
   */
  public record SendState(@Json.Value String value) {
    /** Sent; it may have been delivered or read. */
    public static final SendState SUCCESS = new SendState("SUCCESS");

    /** Queued, or not confirmed yet. */
    public static final SendState PENDING = new SendState("PENDING");

    /** It failed and may be tried again. */
    public static final SendState FAIL_RETRIABLE = new SendState("FAIL_RETRIABLE");

    /** It failed for good. */
    public static final SendState FAIL_PERMANENT = new SendState("FAIL_PERMANENT");

    @Override
    public String toString() {
      return value;
    }
  }

  /**
   * Preview of a link (contract: models, Message.Link).
   *
   * @param title title
   * @param url final URL
   * @param favicon icon URL, possibly short-lived
   * @param img preview picture
   * @param imgSize its extent
   * @param originalURL URL before redirects
   * @param summary short text
   */
  @Json
  public record Link(
      String title,
      String url,
      @Nullable String favicon,
      @Nullable String img,
      @Nullable Size imgSize,
      @Nullable String originalURL,
      @Nullable String summary) {
    /** Checks what is required and copies what could change. */
    public Link {
      Check.required(title, "title");
      Check.required(url, "url");
    }
  }

  /** Builds a {@link Message}; what is never set stays absent. */
  public static final class Builder {
    private @Nullable String id;
    private @Nullable String accountID;
    private @Nullable String chatID;
    private @Nullable String senderID;
    private @Nullable String sortKey;
    private @Nullable Instant timestamp;
    private @Nullable List<Attachment> attachments;
    private @Nullable Instant editedTimestamp;
    private @Nullable Boolean isDeleted;
    private @Nullable Boolean isHidden;
    private @Nullable Boolean isSender;
    private @Nullable Boolean isUnread;
    private @Nullable String linkedMessageID;
    private @Nullable List<Link> links;
    private Field<List<String>> mentions = Field.absent();
    private @Nullable List<Reaction> reactions;
    private @Nullable Seen seen;
    private @Nullable String senderName;
    private @Nullable SendStatus sendStatus;
    private @Nullable String text;
    private @Nullable Type type;

    private Builder() {}

    /** Sets {@link Message#id}. */
    public Builder id(String id) {
      this.id = id;
      return this;
    }

    /** Sets {@link Message#accountID}. */
    public Builder accountID(String accountID) {
      this.accountID = accountID;
      return this;
    }

    /** Sets {@link Message#chatID}. */
    public Builder chatID(String chatID) {
      this.chatID = chatID;
      return this;
    }

    /** Sets {@link Message#senderID}. */
    public Builder senderID(String senderID) {
      this.senderID = senderID;
      return this;
    }

    /** Sets {@link Message#sortKey}. */
    public Builder sortKey(String sortKey) {
      this.sortKey = sortKey;
      return this;
    }

    /** Sets {@link Message#timestamp}. */
    public Builder timestamp(Instant timestamp) {
      this.timestamp = timestamp;
      return this;
    }

    /** Sets {@link Message#attachments}. */
    public Builder attachments(@Nullable List<Attachment> attachments) {
      this.attachments = attachments;
      return this;
    }

    /** Sets {@link Message#editedTimestamp}. */
    public Builder editedTimestamp(@Nullable Instant editedTimestamp) {
      this.editedTimestamp = editedTimestamp;
      return this;
    }

    /** Sets {@link Message#isDeleted}. */
    public Builder isDeleted(@Nullable Boolean isDeleted) {
      this.isDeleted = isDeleted;
      return this;
    }

    /** Sets {@link Message#isHidden}. */
    public Builder isHidden(@Nullable Boolean isHidden) {
      this.isHidden = isHidden;
      return this;
    }

    /** Sets {@link Message#isSender}. */
    public Builder isSender(@Nullable Boolean isSender) {
      this.isSender = isSender;
      return this;
    }

    /** Sets {@link Message#isUnread}. */
    public Builder isUnread(@Nullable Boolean isUnread) {
      this.isUnread = isUnread;
      return this;
    }

    /** Sets {@link Message#linkedMessageID}. */
    public Builder linkedMessageID(@Nullable String linkedMessageID) {
      this.linkedMessageID = linkedMessageID;
      return this;
    }

    /** Sets {@link Message#links}. */
    public Builder links(@Nullable List<Link> links) {
      this.links = links;
      return this;
    }

    /** Sets {@link Message#mentions}; null says that there is none. */
    public Builder mentions(@Nullable List<String> mentions) {
      this.mentions = Field.ofNullable(mentions);
      return this;
    }

    /** Sets {@link Message#reactions}. */
    public Builder reactions(@Nullable List<Reaction> reactions) {
      this.reactions = reactions;
      return this;
    }

    /** Sets {@link Message#seen}. */
    public Builder seen(@Nullable Seen seen) {
      this.seen = seen;
      return this;
    }

    /** Sets {@link Message#senderName}. */
    public Builder senderName(@Nullable String senderName) {
      this.senderName = senderName;
      return this;
    }

    /** Sets {@link Message#sendStatus}. */
    public Builder sendStatus(@Nullable SendStatus sendStatus) {
      this.sendStatus = sendStatus;
      return this;
    }

    /** Sets {@link Message#text}. */
    public Builder text(@Nullable String text) {
      this.text = text;
      return this;
    }

    /** Sets {@link Message#type}. */
    public Builder type(@Nullable Type type) {
      this.type = type;
      return this;
    }

    /**
     * The finished record.
     *
     * @throws IllegalArgumentException if a required part (id, accountID, chatID, senderID,
     *     sortKey, timestamp) was not set
     */
    public Message build() {
      return new Message(
          Check.required(id, "id"),
          Check.required(accountID, "accountID"),
          Check.required(chatID, "chatID"),
          Check.required(senderID, "senderID"),
          Check.required(sortKey, "sortKey"),
          Check.required(timestamp, "timestamp"),
          attachments,
          editedTimestamp,
          isDeleted,
          isHidden,
          isSender,
          isUnread,
          linkedMessageID,
          links,
          mentions,
          reactions,
          seen,
          senderName,
          sendStatus,
          text,
          type);
    }
  }
}
