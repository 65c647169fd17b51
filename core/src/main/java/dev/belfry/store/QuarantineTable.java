package dev.belfry.store;

/**
 * What a network said and could not be stored, with the reason, so that it can be looked at and is
 * not lost without a word.
 */
public final class QuarantineTable {
  private final Sql sql;
  private final Tx tx;

  QuarantineTable(Sql sql, Tx tx) {
    this.sql = sql;
    this.tx = tx;
  }

  public void add(long account, String event, String reason) {
    sql.update(
        "INSERT INTO quarantine (account, event, reason, ts) VALUES (?, ?, ?, ?)",
        account,
        event,
        reason,
        tx.now().toEpochMilli());
  }

  public long count() {
    return sql.number(0, "SELECT count(*) FROM quarantine");
  }
}
