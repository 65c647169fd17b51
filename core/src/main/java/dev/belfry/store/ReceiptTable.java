package dev.belfry.store;

import dev.belfry.model.UserId;
import java.time.Instant;
import java.util.List;

/** How far others have read. */
public final class ReceiptTable {
  private static final int SHOWN_AT_MOST = 200;

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
