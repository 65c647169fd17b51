package dev.belfry.store;

/** What messages said before they were edited, and what edits make of them. */
public final class OriginalTable {
  private final Sql sql;

  OriginalTable(Sql sql) {
    this.sql = sql;
  }

  /** Keeps what a message says, if it was never edited: it is about to be. */
  public void keep(long message) {
    sql.update(
        """
        INSERT INTO original (message, body, html, extra)
        SELECT id, body, html, extra FROM message WHERE id = ? AND edited_ts IS NULL ON CONFLICT DO NOTHING
        """,
        message);
  }

  /** Gives a message the content of an edit that is stored. */
  public void applyEdit(long message, long edit) {
    keep(message);
    sql.update(
        """
        UPDATE message SET (body, html, extra, edited_ts) = (
          SELECT e.body, e.html, ifnull(e.extra, CASE WHEN o.message IS NULL THEN message.extra ELSE o.extra END), e.ts
          FROM message e LEFT JOIN original o ON o.message = ?1 WHERE e.id = ?2)
        WHERE id = ?1
        """,
        message,
        edit);
  }

  /**
   * Gives a message what it said at first, as if it had never been edited.
   *
   * @return whether that is known: of one that was edited before it was kept, or never, it is not
   */
  public boolean restore(long message) {
    int restored =
        sql.update(
            """
            UPDATE message SET (body, html, extra, edited_ts) = (
              SELECT o.body, o.html, o.extra, NULL FROM original o WHERE o.message = ?1)
            WHERE id = ?1 AND EXISTS (SELECT 1 FROM original o WHERE o.message = ?1)
            """,
            message);
    forget(message);
    return restored > 0;
  }

  /** Whether a message says what a stored edit made of it. */
  public boolean isShown(long message, long edit) {
    return sql.number(
            0,
            "SELECT m.edited_ts IS e.ts OR m.body = e.body FROM message m JOIN message e ON e.id = ? WHERE m.id = ?",
            edit,
            message)
        == 1;
  }

  /**
   * Whether an edit of a message was taken back.
   *
   * @param at when it was made, Unix milliseconds
   */
  public boolean isTakenBack(MessageTable.Entry message, long at) {
    return sql.number(
            0,
            "SELECT 1 FROM message WHERE chat = ? AND target_key = ? AND kind = 'EDIT' AND sender = ? AND flags & 16 = 16 AND ts = ? LIMIT 1",
            message.chat(),
            message.networkKey(),
            message.sender(),
            at)
        == 1;
  }

  /** Takes away all that a message says: that was an edit's, and what was before is not known. */
  public void blank(long message) {
    sql.update(
        "UPDATE message SET body = '', html = NULL, extra = NULL, edited_ts = NULL WHERE id = ?",
        message);
  }

  /** What is kept was not what the message says, or is not to be known any more. */
  public void forget(long message) {
    sql.update("DELETE FROM original WHERE message = ?", message);
  }
}
