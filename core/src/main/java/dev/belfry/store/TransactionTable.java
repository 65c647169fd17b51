package dev.belfry.store;

import java.time.Duration;
import java.time.Instant;

/** Transaction ids that clients gave, kept for a day. */
public final class TransactionTable {
  private static final Duration KEPT = Duration.ofDays(1);

  private final Sql sql;

  TransactionTable(Sql sql) {
    this.sql = sql;
  }

  /** Whether this is the first time that {@code id} is given; from now on it is not. */
  public boolean isNew(String id, Instant now) {
    sql.update("DELETE FROM client_transaction WHERE ts < ?", now.minus(KEPT).toEpochMilli());
    return sql.update(
            "INSERT INTO client_transaction (id, ts) VALUES (?, ?) ON CONFLICT DO NOTHING",
            id,
            now.toEpochMilli())
        > 0;
  }
}
