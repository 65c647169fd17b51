package dev.belfry.store;

import dev.belfry.model.AccountId;
import dev.belfry.model.Change;
import dev.belfry.model.ChatId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * The change log: numbered, in commit order, read by everyone who wants to hear what happened, as
 * far as the grant of the transaction may see it.
 */
public final class ChangeTable {
  /** How many changes a limited reader passes over at once. */
  private static final int LONGEST_SCAN = 10_000;

  private static final String LOG = "SELECT seq, kind, chat, ref, ts FROM change WHERE ";

  private static final String OF_ACCOUNTS =
      """
      (account IN (SELECT id FROM account WHERE account_id IN (SELECT value FROM json_each(?1)))
        OR chat = 0 AND ref IN (SELECT value FROM json_each(?1)))
      """;

  private static final String OF_CHATS =
      """
      (chat IN (SELECT value FROM json_each(?2)) OR chat = 0 AND ref IN (SELECT value FROM json_each(?1)))
      """;

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

  /**
   * A part of the log.
   *
   * @param changes what may be seen of it, oldest first
   * @param upTo the number of the last change looked at, seen or not: where to go on from
   */
  public record Stretch(List<Change> changes, long upTo) {}

  /**
   * What came after {@code seq}. Ends early where much of the log is nothing that may be seen, so
   * that no reader holds up others: go on until {@code upTo} is {@link #last}.
   *
   * @param limit how many changes at the most
   */
  public Stretch after(long seq, int limit) {
    var grant = tx.grant();
    if (grant.isUnlimited()) {
      var all = sql.list(LOG + "seq > ? ORDER BY seq LIMIT ?", ChangeTable::read, seq, limit);
      return new Stretch(all, all.size() == limit ? all.getLast().seq() : Math.max(seq, last()));
    }
    long from = Math.max(seq, sql.number(1, "SELECT min(seq) FROM change") - 1);
    long to = from + LONGEST_SCAN;
    var seen = Sight.of(grant) == Sight.SOME_CHATS ? OF_CHATS : OF_ACCOUNTS;
    var found =
        sql.list(
            LOG + seen + "AND seq > ?3 AND seq <= ?4 ORDER BY seq LIMIT ?5",
            ChangeTable::read,
            StoredJson.strings(
                new AccountTable(sql, grant).seen().stream().map(AccountId::value).toList()),
            Sight.chats(grant),
            from,
            to,
            limit);
    return new Stretch(
        found,
        found.size() == limit ? found.getLast().seq() : Math.min(to, Math.max(from, last())));
  }

  /** The number of the last change; 0 where there is none. */
  public long last() {
    return sql.number(0, "SELECT max(seq) FROM change");
  }

  private void append(String kind, long chat, String ref) {
    tx.appended(
        sql.insert(
            """
            INSERT INTO change (kind, chat, ref, ts, account)
            VALUES (?1, ?2, ?3, ?4, ifnull((SELECT account FROM chat WHERE id = ?2), 0))
            """,
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
