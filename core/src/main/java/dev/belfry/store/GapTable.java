package dev.belfry.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stretches of timelines that are not stored yet. */
public final class GapTable {
  private static final String SELECT =
      "SELECT g.id, g.chat, c.network_key, g.before, g.token, g.live, g.attempts FROM gap g JOIN chat c ON c.id = g.chat ";

  private final Sql sql;

  GapTable(Sql sql) {
    this.sql = sql;
  }

  /**
   * A stretch that is not stored.
   *
   * @param before the place of the first event after it
   * @param token where the network goes on; only the connector can read it
   * @param live whether what fills it is news
   */
  public record Gap(
      long id, long chat, String chatKey, long before, String token, boolean live, int attempts) {}

  /**
   * Adds a gap, in place of those that end in the same stretch between two messages.
   *
   * @param before a place, of an event or beyond all of them
   * @param live whether what fills it is news
   */
  public void add(long chat, long before, String token, boolean live) {
    long stored =
        sql.number(0, "SELECT max(id) FROM message WHERE chat = ? AND id < ?", chat, before);
    boolean news =
        sql.number(
                live ? 1 : 0,
                "SELECT min(live) FROM gap WHERE chat = ? AND before > ? AND before <= ?",
                chat,
                stored,
                before)
            == 1;
    sql.update(
        "DELETE FROM gap WHERE chat = ? AND before > ? AND before <= ?", chat, stored, before);
    sql.update(
        "INSERT INTO gap (chat, before, token, live) VALUES (?, ?, ?, ?)",
        chat,
        before,
        token,
        news && live);
  }

  /** Whether a gap of a chat is to be filled from just there. */
  public boolean has(long chat, String token) {
    return sql.number(0, "SELECT 1 FROM gap WHERE chat = ? AND token = ? LIMIT 1", chat, token)
        == 1;
  }

  /** The newest gap of a chat that lies at or before {@code place}. */
  public Optional<Gap> newestUpTo(long chat, long place) {
    return sql.first(
        SELECT + "WHERE g.chat = ? AND g.before <= ? ORDER BY g.before DESC LIMIT 1",
        GapTable::read,
        chat,
        place);
  }

  /** The oldest gap of a chat that lies after {@code place} and after a message there or later. */
  public Optional<Gap> oldestAfter(long chat, long place) {
    return sql.first(
        SELECT
            + """
            WHERE g.chat = ?1 AND g.before > ?2
              AND EXISTS (SELECT 1 FROM message m WHERE m.chat = ?1 AND m.id >= ?2 AND m.id < g.before)
            ORDER BY g.before LIMIT 1
            """,
        GapTable::read,
        chat,
        place);
  }

  public Optional<Gap> find(long id) {
    return sql.first(SELECT + "WHERE g.id = ?", GapTable::read, id);
  }

  /** Those of an account that may be tried now, those of the liveliest chats first. */
  public List<Gap> due(long account, Instant now, int limit) {
    return sql.list(
        SELECT
            + "WHERE c.account = ? AND g.not_before <= ? ORDER BY g.live DESC, c.activity DESC LIMIT ?",
        GapTable::read,
        account,
        now.toEpochMilli(),
        limit);
  }

  public long count(long account) {
    return sql.number(
        0, "SELECT count(*) FROM gap g JOIN chat c ON c.id = g.chat WHERE c.account = ?", account);
  }

  public void shrink(long id, long before, String token) {
    sql.update(
        "UPDATE OR REPLACE gap SET before = ?, token = ?, attempts = 0, not_before = 0 WHERE id = ?",
        before,
        token,
        id);
  }

  public void postpone(long id, Instant until) {
    sql.update(
        "UPDATE gap SET attempts = attempts + 1, not_before = ? WHERE id = ?",
        until.toEpochMilli(),
        id);
  }

  public void close(long id) {
    sql.update("DELETE FROM gap WHERE id = ?", id);
  }

  private static Gap read(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Gap(
        row.getLong(1),
        row.getLong(2),
        row.getString(3),
        row.getLong(4),
        row.getString(5),
        row.getBoolean(6),
        row.getInt(7));
  }
}
