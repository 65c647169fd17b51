package dev.belfry.store;

import dev.belfry.model.Delivery;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.Timeline;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the timeline as it is first written.
 *
 * @param place its id
 * @param kind a {@link MessageType}, or one of those that are no messages and keep a place
 * @param flags of {@link MessageFlags}
 * @param target the key of what it answers, edits, deletes or reacts to
 * @param extra what only some messages have, as {@link StoredJson}
 */
record MessageRow(
    long place,
    long chat,
    long sender,
    Instant timestamp,
    String kind,
    int flags,
    @Nullable String key,
    @Nullable String target,
    @Nullable String pendingId,
    @Nullable Delivery delivery,
    String body,
    @Nullable String html,
    @Nullable String extra) {
  static final String EDIT = "EDIT";
  private static final String DELETION = "DELETION";

  /** What stands in the timeline without being a message. */
  static MessageRow hidden(long place, long chat, long sender, boolean own, Timeline event) {
    int flags = MessageFlags.of(own, true, false);
    return switch (event) {
      case NetworkEvent.MessageReceived _ ->
          throw new IllegalArgumentException("a message is shown");
      case NetworkEvent.MessageEdited edit ->
          new MessageRow(
              place,
              chat,
              sender,
              edit.timestamp(),
              EDIT,
              flags,
              edit.key(),
              edit.targetKey(),
              null,
              null,
              edit.content().body(),
              edit.content().html(),
              extra(edit.content()));
      case NetworkEvent.MessageDeleted deletion ->
          new MessageRow(
              place,
              chat,
              sender,
              deletion.timestamp(),
              DELETION,
              flags,
              deletion.key(),
              deletion.targetKey(),
              null,
              null,
              "",
              null,
              null);
      case NetworkEvent.Reacted reaction ->
          new MessageRow(
              place,
              chat,
              sender,
              reaction.timestamp(),
              MessageType.REACTION.name(),
              flags,
              reaction.key(),
              reaction.targetKey(),
              null,
              null,
              reaction.reaction(),
              null,
              extra(reaction.emoji(), reaction.imgURL()));
    };
  }

  /** Of a message's content, what has no column of its own; null where there is nothing. */
  static @Nullable String extra(MessageContent content) {
    var mentions = content.mentions();
    boolean legacy = mentions == null;
    if (content.attachments().isEmpty()
        && content.links().isEmpty()
        && mentions != null
        && mentions.isEmpty()) {
      return null;
    }
    return StoredJson.text(
        new StoredJson.Extra(
            content.attachments().isEmpty() ? null : content.attachments(),
            content.links().isEmpty() ? null : content.links(),
            mentions == null || mentions.isEmpty() ? null : mentions,
            legacy,
            false,
            null));
  }

  /** The same of a reaction. */
  static @Nullable String extra(boolean emoji, @Nullable String imgURL) {
    return StoredJson.text(new StoredJson.Extra(null, null, null, false, emoji, imgURL));
  }

  void insert(Sql sql) {
    sql.update(
        """
        INSERT INTO message (id, chat, sender, ts, kind, flags, network_key, target_key, pending_id, delivery, body, html, extra)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        place,
        chat,
        sender,
        timestamp.toEpochMilli(),
        kind,
        flags,
        key,
        target,
        pendingId,
        StoredJson.text(delivery),
        body,
        html,
        extra);
  }
}
