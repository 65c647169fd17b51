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
      SELECT m.id, m.chat, c.canonical_id, c.account, m.sender, p.user_id, coalesce(nullif(p.full_name, ''), p.username),
        m.ts, m.kind, m.flags, c.read_up_to, m.network_key, m.pending_id, m.target_key, m.delivery, m.body, m.html,
        m.extra, m.edited_ts, l.id,
      """
          + Mask.of(
              "m.network_key NOTNULL",
              "m.pending_id NOTNULL",
              "m.target_key NOTNULL",
              "m.delivery NOTNULL",
              "m.html NOTNULL",
              "m.extra NOTNULL",
              "m.edited_ts NOTNULL",
              "l.id NOTNULL");

  private static final String WHAT_THEY_REFER_TO =
      """

      JOIN person p ON p.id = m.sender
      JOIN chat c ON c.id = m.chat
      LEFT JOIN message l ON l.chat = m.chat AND l.network_key = m.target_key
      """;

  /** Those of a condition that follows. */
  static final String SELECT = COLUMNS + " FROM message m" + WHAT_THEY_REFER_TO;

  /** Those of a list of ids in JSON: a join, as SQLite would copy and sort the list for an IN. */
  static final String OF_IDS =
      COLUMNS + " FROM json_each(?) j CROSS JOIN message m ON m.id = j.value" + WHAT_THEY_REFER_TO;

  private final Sql sql;
  private final SharedRows shared;
  private final Map<Long, Chat> chats = new HashMap<>();
  private final Map<Long, Sender> senders = new HashMap<>();

  /** For the rows of one query. */
  MessageRows(Sql sql, SharedRows shared) {
    this.sql = sql;
    this.shared = shared;
  }

  private record Chat(ChatId id, String canonicalId, AccountId account, long readUpTo) {}

  private record Sender(UserId id, @Nullable String name) {}

  Message read(ResultSet row) throws SQLException {
    long id = row.getLong(1);
    var chat = chat(row);
    var sender = sender(row);
    int flags = row.getInt(10);
    long mask = row.getLong(21);
    return new Message(
        new MessageId(id),
        chat.id(),
        chat.canonicalId(),
        chat.account(),
        Mask.text(row, 12, mask, 0),
        Mask.text(row, 13, mask, 1),
        sender.id(),
        sender.name(),
        (flags & MessageFlags.OWN) != 0,
        content(row, mask, flags),
        Instant.ofEpochMilli(row.getLong(8)),
        Mask.has(mask, 6) ? Instant.ofEpochMilli(row.getLong(19)) : null,
        (flags & MessageFlags.DELETED) != 0,
        (flags & MessageFlags.COUNTS) != 0 && id > chat.readUpTo(),
        Mask.has(mask, 7) ? new MessageId(row.getLong(20)) : null,
        List.of(),
        StoredJson.delivery(Mask.text(row, 15, mask, 3)),
        null);
  }

  private Chat chat(ResultSet row) throws SQLException {
    long id = row.getLong(2);
    var known = chats.get(id);
    if (known == null) {
      known = new Chat(new ChatId(id), row.getString(3), account(row.getLong(4)), row.getLong(11));
      chats.put(id, known);
    }
    return known;
  }

  private Sender sender(ResultSet row) throws SQLException {
    long id = row.getLong(5);
    var known = senders.get(id);
    if (known == null) {
      known = new Sender(new UserId(row.getString(6)), row.getString(7));
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
    var json = Mask.text(row, 18, mask, 5);
    List<Attachment> attachments = List.of();
    List<LinkPreview> links = List.of();
    List<String> mentions = List.of();
    if (json != null) {
      var extra = StoredJson.extra(json);
      attachments = extra.attachments() == null ? List.of() : extra.attachments();
      links = extra.links() == null ? List.of() : extra.links();
      mentions = extra.legacy() ? null : extra.mentions() == null ? List.of() : extra.mentions();
    }
    var kind = row.getString(9);
    var type =
        switch (kind) {
          case "EDIT", "DELETION" -> MessageType.NOTICE;
          case String other -> MessageType.valueOf(other);
        };
    return new MessageContent(
        type,
        row.getString(16),
        Mask.text(row, 17, mask, 4),
        attachments,
        links,
        mentions,
        (flags & MessageFlags.MENTIONS_OWNER) != 0,
        Mask.text(row, 14, mask, 2),
        (flags & MessageFlags.HIDDEN) != 0);
  }
}
