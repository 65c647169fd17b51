package dev.belfry.store;

import dev.belfry.model.AccountId;
import dev.belfry.model.Change;
import dev.belfry.model.ChatId;
import dev.belfry.model.Grant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The change log: numbered, in commit order, read by everyone who wants to hear what happened, as
 * far as the grant of the transaction may see it.
 */
public final class ChangeTable {
  /** The change comes first: the log is walked, not sorted. */
  private static final String HEARD =
      """
      SELECT ch.seq, ch.kind, ch.chat, ch.ref, ch.ts,
        coalesce(c.canonical_id, g.canonical_id, iif(ch.kind = 'CHAT_DELETED', ch.ref, NULL)) AS chat_id
      FROM change ch
      LEFT JOIN chat c ON c.id = ch.chat
      LEFT JOIN account a ON a.id = c.account
      LEFT JOIN gone_chat g ON g.chat = ch.chat
      WHERE ch.seq > ?1 AND ch.seq <= ?2 AND +ch.chat > 0 AND chat_id IS NOT NULL
        AND (?3 IS NULL OR coalesce(a.account_id, g.account_id) IN (SELECT value FROM json_each(?3)))
        AND (?4 IS NULL OR ch.chat IN (SELECT value FROM json_each(?4)))
        AND (?5 IS NULL OR chat_id IN (SELECT value FROM json_each(?5))
          OR CAST(ch.chat AS TEXT) IN (SELECT value FROM json_each(?5)))
      ORDER BY ch.seq LIMIT ?6
      """;

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

  private static final String FORGOTTEN_OF_ACCOUNTS =
      """
      SELECT EXISTS (
        SELECT 1 FROM account WHERE account_id IN (SELECT value FROM json_each(?1)) AND swept > ?3 AND ?2 IS NULL)
      """;

  /** When the end of a chat was forgotten is not known: it may be what is asked for. */
  private static final String FORGOTTEN_OF_CHATS =
      """
      SELECT EXISTS (
        SELECT 1 FROM json_each(?2) g LEFT JOIN chat c ON c.id = g.value LEFT JOIN account a ON a.id = c.account
        WHERE (?1 IS NULL OR a.id IS NULL OR a.account_id IN (SELECT value FROM json_each(?1)))
          AND ifnull(c.swept > ?3, g.value NOT IN (SELECT chat FROM gone_chat)))
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

  /**
   * Says that a chat is gone. To be called while it is still there: whose it was is kept for those
   * who hear of it later.
   */
  public void chatDeleted(long chat, String canonicalId) {
    long seq = append("CHAT_DELETED", chat, canonicalId);
    sql.update(
        "INSERT OR REPLACE INTO gone_chat (chat, account_id, canonical_id, seq) SELECT c.id, a.account_id, c.canonical_id, ? FROM chat c JOIN account a ON a.id = c.account WHERE c.id = ?",
        seq,
        chat);
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

  /**
   * A change of a chat, as a reader hears it.
   *
   * @param chatId the canonical id of the chat, also where that is gone
   */
  public record Heard(Change change, long chat, String chatId) {}

  /**
   * Changes of the chats that the grant of the transaction may see, oldest first.
   *
   * @param after behind this number
   * @param upTo to this number
   * @param chats canonical or local ids of chats; null for all
   */
  public List<Heard> heard(long after, long upTo, @Nullable Set<String> chats, int limit) {
    var accounts = tx.grant().accounts();
    var granted = tx.grant().chats();
    return sql.list(
        HEARD,
        row -> new Heard(read(row), row.getLong(3), row.getString(6)),
        after,
        upTo,
        accounts == null
            ? null
            : StoredJson.strings(accounts.stream().map(AccountId::value).toList()),
        granted == null ? null : StoredJson.numbers(granted.stream().map(ChatId::value).toList()),
        chats == null ? null : StoredJson.strings(List.copyOf(chats)),
        limit);
  }

  /** The number of the last change, kept or not; 0 where there was none. */
  public long last() {
    return sql.number(swept(), "SELECT max(seq) FROM change");
  }

  /** The number of the oldest change that is kept; the next one's where there is none. */
  public long first() {
    return swept() + 1;
  }

  /**
   * Whether something that the grant of the transaction may see, or might when it happened, came
   * after a change, and is no longer kept or shown. What else is gone must not be told (decision
   * 0010).
   */
  public boolean isForgottenAfter(long seq) {
    var grant = tx.grant();
    return (!grant.isUnlimited() && seq < narrowed(grant)) || isSweptAfter(seq, grant);
  }

  /** Where a token's limits last became narrower: what came before is not shown in full. */
  private long narrowed(Grant grant) {
    return sql.number(0, "SELECT narrowed FROM token WHERE id = ?", grant.subject());
  }

  private boolean isSweptAfter(long seq, Grant grant) {
    return seq < swept()
        && (grant.isUnlimited()
            || sql.number(
                    0,
                    Sight.of(grant) == Sight.SOME_CHATS
                        ? FORGOTTEN_OF_CHATS
                        : FORGOTTEN_OF_ACCOUNTS,
                    Sight.accounts(grant),
                    Sight.chats(grant),
                    seq)
                > 0);
  }

  private long swept() {
    return sql.number(0, "SELECT swept FROM event_log WHERE id = 1");
  }

  /** When a change was; empty if it is not kept. */
  public Optional<Instant> at(long seq) {
    return sql.first(
        "SELECT ts FROM change WHERE seq = ?", row -> Instant.ofEpochMilli(row.getLong(1)), seq);
  }

  /** Which history this is: another one after a backup was put back. Four bytes. */
  public byte[] epoch() {
    return sql.first("SELECT epoch FROM event_log WHERE id = 1", row -> row.getBytes(1))
        .orElseThrow();
  }

  /** What cursors are made with. Sixteen bytes. */
  public byte[] cursorKey() {
    return sql.first("SELECT key FROM event_log WHERE id = 1", row -> row.getBytes(1))
        .orElseThrow();
  }

  /**
   * Forgets some of the oldest changes.
   *
   * @param before those older than this
   * @param keep and those beyond this number
   * @param atMost how many at once
   * @return how many
   */
  public long sweep(Instant before, long keep, int atMost) {
    long first = first();
    long end = Math.min(last(), first + atMost - 1);
    long kept =
        sql.number(
            end + 1,
            "SELECT min(seq) FROM change WHERE seq BETWEEN ? AND ? AND ts >= ? AND seq > ?",
            first,
            end,
            before.toEpochMilli(),
            last() - keep);
    for (var whose : List.of("chat", "account")) {
      sql.update(
          """
          UPDATE %1$s SET swept = gone.seq FROM (
            SELECT %1$s AS whose, max(seq) AS seq FROM change NOT INDEXED WHERE seq < ? AND chat > 0 GROUP BY %1$s) gone
          WHERE %1$s.id = gone.whose
          """
              .formatted(whose),
          kept);
    }
    sql.update("DELETE FROM gone_chat WHERE seq < ?", kept);
    sql.update("UPDATE event_log SET swept = ? WHERE id = 1 AND swept < ?", kept - 1, kept - 1);
    return sql.update("DELETE FROM change WHERE seq < ?", kept);
  }

  private long append(String kind, long chat, String ref) {
    long seq =
        sql.insert(
            """
            INSERT INTO change (kind, chat, ref, ts, account)
            VALUES (?1, ?2, ?3, ?4, ifnull((SELECT account FROM chat WHERE id = ?2), 0))
            """,
            kind,
            chat,
            ref,
            tx.now().toEpochMilli());
    tx.appended(seq);
    return seq;
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
