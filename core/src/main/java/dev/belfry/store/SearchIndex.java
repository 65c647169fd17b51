package dev.belfry.store;

import dev.belfry.model.MessageQuery.Media;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The full-text index, written in the transaction of the message. A row is the message's words and,
 * so that one query can ask for both, tags for where it belongs; text can never produce a tag, as
 * no word holds a {@code #}.
 */
public final class SearchIndex {
  private final Sql sql;

  SearchIndex(Sql sql) {
    this.sql = sql;
  }

  /** Indexes a message, in place of what was indexed of it before. */
  public void put(long message) {
    remove(message);
    add(message);
  }

  /** Indexes a message that is new. */
  public void add(long message) {
    var row =
        sql.first(
                """
                SELECT m.chat, m.sender, c.account, c.type, m.kind, m.body, m.extra
                FROM message m JOIN chat c ON c.id = m.chat WHERE m.id = ?
                """,
                r ->
                    tokens(
                        r.getLong(1),
                        r.getLong(2),
                        r.getLong(3),
                        r.getString(4),
                        r.getString(6),
                        SearchTags.media(r.getString(5), r.getString(6), r.getString(7))),
                message)
            .orElseThrow();
    sql.update("INSERT INTO search (rowid, tokens) VALUES (?, ?)", message, row);
  }

  private static String tokens(
      long chat, long sender, long account, String type, String body, Set<Media> media) {
    var tokens = new ArrayList<>(SearchWords.of(body));
    tokens.add(SearchTags.chat(chat));
    tokens.add(SearchTags.sender(sender));
    tokens.add(SearchTags.account(account));
    tokens.add(SearchTags.type(type));
    media.forEach(kind -> tokens.add(SearchTags.media(kind)));
    return String.join(" ", tokens);
  }

  public void remove(long message) {
    sql.update("DELETE FROM search WHERE rowid = ?", message);
  }

  /**
   * Finds by an expression of {@link SearchExpression}: the newest between two places, both
   * exclusive, newest first.
   */
  List<Long> newest(String expression, long above, long below, int limit) {
    return sql.list(
        """
        SELECT rowid FROM search WHERE search MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid DESC LIMIT ?
        """,
        row -> row.getLong(1),
        expression,
        above,
        below,
        limit);
  }

  /** Likewise the oldest, oldest first. */
  List<Long> oldest(String expression, long above, long below, int limit) {
    return sql.list(
        """
        SELECT rowid FROM search WHERE search MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid LIMIT ?
        """,
        row -> row.getLong(1),
        expression,
        above,
        below,
        limit);
  }
}
