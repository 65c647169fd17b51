package dev.belfry.store;

import dev.belfry.model.AccountId;
import dev.belfry.model.Change;
import dev.belfry.model.ChatId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The change log: numbered, in commit order, read by everyone who wants to hear what happened. */
public final class ChangeTable {
  private final Sql sql;
  private final Tx tx;

  ChangeTable(Sql sql, Tx tx) {
    this.sql = sql;
    this.tx = tx;
  }

  public void chatUpserted(long chat) {
    append("CHAT_UPSERTED", chat, "");
  }

  public void chatDeleted(long chat, String canonicalId) {
    append("CHAT_DELETED", chat, canonicalId);
  }

  /**
   * Says that a message is new or has changed.
   *
   * @param ids as the API shows them, the final one first; none holds a space
   */
  public void messageUpserted(long chat, List<String> ids) {
    append("MESSAGE_UPSERTED", chat, String.join(" ", ids));
  }

  public void messageDeleted(long chat, String id) {
    append("MESSAGE_DELETED", chat, id);
  }

  public void accountChanged(AccountId account) {
    append("ACCOUNT_CHANGED", 0, account.value());
  }

  /** What came after {@code seq}, oldest first. */
  public List<Change> after(long seq, int limit) {
    return sql.list(
        "SELECT seq, kind, chat, ref, ts FROM change WHERE seq > ? ORDER BY seq LIMIT ?",
        ChangeTable::read,
        seq,
        limit);
  }

  /** The number of the last change; 0 where there is none. */
  public long last() {
    return sql.number(0, "SELECT max(seq) FROM change");
  }

  private void append(String kind, long chat, String ref) {
    tx.appended(
        sql.insert(
            "INSERT INTO change (kind, chat, ref, ts) VALUES (?, ?, ?, ?)",
            kind,
            chat,
            ref,
            tx.now().toEpochMilli()));
  }

  private static Change read(ResultSet row) throws SQLException {
    long seq = row.getLong(1);
    var at = Instant.ofEpochMilli(row.getLong(5));
    var chat = new ChatId(row.getLong(3));
    var ref = row.getString(4);
    return switch (row.getString(2)) {
      case "CHAT_UPSERTED" -> new Change.ChatUpserted(seq, at, chat);
      case "CHAT_DELETED" -> new Change.ChatDeleted(seq, at, chat, ref);
      case "MESSAGE_UPSERTED" ->
          new Change.MessageUpserted(seq, at, chat, List.of(ref.split(" ", -1)));
      case "MESSAGE_DELETED" -> new Change.MessageDeleted(seq, at, chat, ref);
      case "ACCOUNT_CHANGED" -> new Change.AccountChanged(seq, at, new AccountId(ref));
      case String kind -> throw new IllegalStateException("unknown change " + kind);
    };
  }
}
