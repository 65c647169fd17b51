package dev.belfry.store;

import dev.belfry.model.UserId;
import java.time.Instant;
import java.util.List;

/** How far others have read. */
public final class ReceiptTable {
  private static final int SHOWN_AT_MOST = 200;
  private static final int WANTED_AT_MOST = 200;

  private final Sql sql;

  ReceiptTable(Sql sql) {
    this.sql = sql;
  }

  /** Whether that moved it on. */
  public boolean put(long chat, long person, long upTo, Instant at) {
    return sql.update(
            """
            INSERT INTO receipt (chat, person, up_to, at) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET up_to = excluded.up_to, at = excluded.at WHERE excluded.up_to > up_to
            """,
            chat,
            person,
            upTo,
            at.toEpochMilli())
        > 0;
  }

  /** How far somebody has read; 0 where nobody said. */
  public long upTo(long chat, long person) {
    return sql.number(0, "SELECT up_to FROM receipt WHERE chat = ? AND person = ?", chat, person);
  }

  /**
   * Somebody has read up to an event that is not stored yet. Of each person the latest such word is
   * kept, and of a chat those of the people who said something last.
   */
  public void want(long chat, long person, String key, Instant at) {
    sql.update(
        """
        INSERT INTO wanted_receipt (chat, person, network_key, at) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET network_key = excluded.network_key, at = excluded.at WHERE excluded.at >= at
        """,
        chat,
        person,
        key,
        at.toEpochMilli());
    if (sql.number(0, "SELECT count(*) FROM wanted_receipt WHERE chat = ?", chat)
        > WANTED_AT_MOST) {
      sql.update(
          """
          DELETE FROM wanted_receipt WHERE chat = ?1 AND person = (
            SELECT o.person FROM (SELECT person, min(at) FROM wanted_receipt WHERE chat = ?1) o)
          """,
          chat);
    }
  }

  /** What somebody said before is not to be followed any more. */
  public void wantNothing(long chat, long person, Instant until) {
    sql.update(
        "DELETE FROM wanted_receipt WHERE chat = ? AND person = ? AND at <= ?",
        chat,
        person,
        until.toEpochMilli());
  }

  /**
   * A receipt whose event was not stored when it came and is now.
   *
   * @param upTo its place
   */
  public record Found(long person, long upTo, Instant at) {}

  public List<Found> found(long chat) {
    return sql.list(
        """
        SELECT w.person, m.id, w.at FROM wanted_receipt w
        CROSS JOIN message m ON m.chat = w.chat AND m.network_key = w.network_key WHERE w.chat = ?
        """,
        row -> new Found(row.getLong(1), row.getLong(2), Instant.ofEpochMilli(row.getLong(3))),
        chat);
  }

  /** Whether any of a chat's receipts waits for its event. */
  public boolean wantsAny(long chat) {
    return sql.number(0, "SELECT 1 FROM wanted_receipt WHERE chat = ? LIMIT 1", chat) == 1;
  }

  record Receipt(UserId user, long upTo, Instant at) {}

  List<Receipt> list(long chat) {
    return sql.list(
        """
        SELECT p.user_id, r.up_to, r.at FROM receipt r JOIN person p ON p.id = r.person
        WHERE r.chat = ? LIMIT ?
        """,
        row ->
            new Receipt(
                new UserId(row.getString(1)), row.getLong(2), Instant.ofEpochMilli(row.getLong(3))),
        chat,
        SHOWN_AT_MOST);
  }
}
