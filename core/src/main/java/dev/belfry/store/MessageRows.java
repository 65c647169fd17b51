package dev.belfry.store;

import dev.belfry.model.AccountId;
import dev.belfry.model.Attachment;
import dev.belfry.model.ChatId;
import dev.belfry.model.LinkPreview;
import dev.belfry.model.Message;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageId;
import dev.belfry.model.MessageType;
import dev.belfry.model.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of rows. Those of a page have few chats and senders between them, whose names are
 * taken from the driver once: a column of text costs it more than SQLite.
 */
final class MessageRows {
  private static final String COLUMNS =
      """
      SELECT m.id, m.chat, m.sender, p.user_id, coalesce(nullif(p.full_name, ''), p.username) AS name, m.ts, m.kind, m.flags,
        m.network_key, m.pending_id, m.target_key, m.delivery, m.body, m.html, m.extra, m.edited_ts, l.id,
      """
          + Mask.of(
              "m.network_key NOTNULL",
              "m.pending_id NOTNULL",
              "m.target_key NOTNULL",
              "m.delivery NOTNULL",
              "m.html NOTNULL",
              "m.extra NOTNULL",
              "m.edited_ts NOTNULL",
              "l.id NOTNULL",
              "m.reacted");

  private static final String WHAT_THEY_REFER_TO =
      """

      JOIN person p ON p.id = m.sender
      LEFT JOIN message l ON l.chat = m.chat AND l.network_key = m.target_key
      """;

  private static final String COLUMNS_OF_CHAT = ", c.canonical_id, c.account, c.read_up_to";
  private static final String THEIR_CHAT = "JOIN chat c ON c.id = m.chat\n";

  /** Those of a chat that is known; a condition follows. */
  static final String OF_CHAT = COLUMNS + " FROM message m" + WHAT_THEY_REFER_TO;

  /** Those of any chats, by a condition that follows. */
  static final String OF_ANY =
      COLUMNS + COLUMNS_OF_CHAT + " FROM message m" + WHAT_THEY_REFER_TO + THEIR_CHAT;

  /** Those of a list of ids in JSON: a join, as SQLite would copy and sort the list for an IN. */
  static final String OF_IDS =
      COLUMNS
          + COLUMNS_OF_CHAT
          + " FROM json_each(?) j CROSS JOIN message m ON m.id = j.value"
          + WHAT_THEY_REFER_TO
          + THEIR_CHAT;

  private final Sql sql;
  private final SharedRows shared;
  private final Map<Long, ChatRef> chats = new HashMap<>();
  private final Map<Long, Sender> senders = new HashMap<>();
  private final List<Long> reacted = new ArrayList<>();

  /** For the rows of one query, of any chats. */
  MessageRows(Sql sql, SharedRows shared) {
    this.sql = sql;
    this.shared = shared;
  }

  /** For the rows of one query, all of them of a chat. */
  MessageRows(Sql sql, SharedRows shared, ChatRef of) {
    this(sql, shared);
    chats.put(of.id().value(), of);
  }

  /** Ids of those read so far that may have reactions, which lie in other rows. */
  List<Long> reacted() {
    return reacted;
  }

  private record Sender(UserId id, @Nullable String name) {}

  Message read(ResultSet row) throws SQLException {
    long id = row.getLong(1);
    var chat = chat(row);
    var sender = sender(row);
    int flags = row.getInt(8);
    long mask = row.getLong(18);
    if (Mask.has(mask, 8)) {
      reacted.add(id);
    }
    return new Message(
        new MessageId(id),
        chat.id(),
        chat.canonicalId(),
        chat.account(),
        Mask.text(row, 9, mask, 0),
        Mask.text(row, 10, mask, 1),
        sender.id(),
        sender.name(),
        (flags & MessageFlags.OWN) != 0,
        content(row, mask, flags),
        Instant.ofEpochMilli(row.getLong(6)),
        Mask.has(mask, 6) ? Instant.ofEpochMilli(row.getLong(16)) : null,
        (flags & MessageFlags.DELETED) != 0,
        (flags & MessageFlags.COUNTS) != 0 && id > chat.readUpTo(),
        Mask.has(mask, 7) ? new MessageId(row.getLong(17)) : null,
        List.of(),
        StoredJson.delivery(Mask.text(row, 12, mask, 3)),
        null);
  }

  private ChatRef chat(ResultSet row) throws SQLException {
    long id = row.getLong(2);
    var known = chats.get(id);
    if (known == null) {
      known =
          new ChatRef(new ChatId(id), row.getString(19), account(row.getLong(20)), row.getLong(21));
      chats.put(id, known);
    }
    return known;
  }

  private Sender sender(ResultSet row) throws SQLException {
    long id = row.getLong(3);
    var known = senders.get(id);
    if (known == null) {
      known = new Sender(new UserId(row.getString(4)), row.getString(5));
      senders.put(id, known);
    }
    return known;
  }

  private AccountId account(long id) {
    return shared
        .accounts()
        .computeIfAbsent(
            id,
            key ->
                sql.first(
                        "SELECT account_id FROM account WHERE id = ?",
                        row -> new AccountId(row.getString(1)),
                        key)
                    .orElseThrow());
  }

  private static MessageContent content(ResultSet row, long mask, int flags) throws SQLException {
    var json = Mask.text(row, 15, mask, 5);
    List<Attachment> attachments = List.of();
    List<LinkPreview> links = List.of();
    List<String> mentions = List.of();
    if (json != null) {
      var extra = StoredJson.extra(json);
      attachments = extra.attachments() == null ? List.of() : extra.attachments();
      links = extra.links() == null ? List.of() : extra.links();
      mentions = extra.legacy() ? null : extra.mentions() == null ? List.of() : extra.mentions();
    }
    var kind = row.getString(7);
    var type =
        switch (kind) {
          case "EDIT", "DELETION" -> MessageType.NOTICE;
          case String other -> MessageType.valueOf(other);
        };
    return new MessageContent(
        type,
        row.getString(13),
        Mask.text(row, 14, mask, 4),
        attachments,
        links,
        mentions,
        (flags & MessageFlags.MENTIONS_OWNER) != 0,
        Mask.text(row, 11, mask, 2),
        (flags & MessageFlags.HIDDEN) != 0);
  }
}
