package dev.belfry.store;

import dev.belfry.model.MessageQuery.Media;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The full-text index, written in the transaction of the message. A row is the message's words and,
 * so that one query can ask for both, tags for where it belongs; text can never produce a tag, as
 * no word holds a {@code #}.
 *
 * <p>What a transaction writes here is gathered and written at its end, in the order of places:
 * FTS5 writes a segment of its own whenever a row lies before the last one, and merging these costs
 * more than all the rest.
 */
public final class SearchIndex {
  private final Sql sql;
  private final List<Write> writes = new ArrayList<>();

  SearchIndex(Sql sql) {
    this.sql = sql;
  }

  /**
   * Something to be written.
   *
   * @param tokens null to remove the row
   */
  private record Write(long message, @Nullable String tokens) {}

  /** Indexes a message, in place of what was indexed of it before. */
  public void put(long message) {
    remove(message);
    add(message);
  }

  /** Indexes a message that is new, as it stands now. */
  public void add(long message) {
    var tokens =
        sql.first(
                """
                SELECT m.chat, m.sender, c.account, c.type, m.kind, m.body, m.extra
                FROM message m JOIN chat c ON c.id = m.chat WHERE m.id = ?
                """,
                row ->
                    tokens(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(6),
                        SearchTags.media(row.getString(5), row.getString(6), row.getString(7))),
                message)
            .orElseThrow();
    writes.add(new Write(message, tokens));
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
    writes.add(new Write(message, null));
  }

  /** How much waits to be written: for {@link #forgetFrom}. */
  int mark() {
    return writes.size();
  }

  /** Drops what was to be written since a mark. */
  void forgetFrom(int mark) {
    writes.subList(mark, writes.size()).clear();
  }

  /** Writes what was gathered. */
  void flush() {
    // Stable: what is written to one row stays in order.
    writes.sort(Comparator.comparingLong(Write::message));
    for (var write : writes) {
      if (write.tokens() == null) {
        sql.update("DELETE FROM search WHERE rowid = ?", write.message());
      } else {
        sql.update(
            "INSERT INTO search (rowid, tokens) VALUES (?, ?)", write.message(), write.tokens());
      }
    }
    writes.clear();
  }

  /**
   * Finds by an expression of {@link SearchExpression}: the newest between two places, both
   * exclusive, newest first.
   */
  List<Long> newest(String expression, long above, long below, LeftOut out, int limit) {
    return find(" DESC LIMIT ?4", expression, above, below, out, limit);
  }

  /** Likewise the oldest, oldest first. */
  List<Long> oldest(String expression, long above, long below, LeftOut out, int limit) {
    return find(" LIMIT ?4", expression, above, below, out, limit);
  }

  /**
   * Chats that are left out. Asked of each message's chat as it is found: to hand the index all
   * such chats would cost more the more there are, whatever is found.
   */
  record LeftOut(boolean lowPriority, boolean muted) {
    /** A condition on a chat {@code c}; values 5 and 6 are those of this. */
    static final String CONDITION = "NOT (?5 AND c.low_priority) AND NOT (?6 AND c.muted)";

    boolean isNothing() {
      return !lowPriority && !muted;
    }
  }

  private List<Long> find(
      String order, String expression, long above, long below, LeftOut out, int limit) {
    if (out.isNothing()) {
      return sql.list(
          "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid > ?2 AND rowid < ?3 ORDER BY rowid"
              + order,
          row -> row.getLong(1),
          expression,
          above,
          below,
          limit);
    }
    return sql.list(
        """
        SELECT search.rowid FROM search CROSS JOIN message m ON m.id = search.rowid CROSS JOIN chat c ON c.id = m.chat
        WHERE search MATCH ?1 AND search.rowid > ?2 AND search.rowid < ?3 AND %s ORDER BY search.rowid%s
        """
            .formatted(LeftOut.CONDITION, order),
        row -> row.getLong(1),
        expression,
        above,
        below,
        limit,
        out.lowPriority(),
        out.muted());
  }
}
