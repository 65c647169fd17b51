package dev.belfry.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
  public void put(long message, long chat, long sender, long account, String kind, String body) {
    remove(message);
    add(message, chat, sender, account, kind, body);
  }

  /** Indexes a message that is new. */
  public void add(long message, long chat, long sender, long account, String kind, String body) {
    var tokens = new ArrayList<>(SearchWords.of(body));
    tokens.addAll(List.of("#c" + chat, "#s" + sender, "#a" + account, "#k" + kind));
    writes.add(new Write(message, String.join(" ", tokens)));
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

  /** The newest messages that hold all of {@code words}, before a place. */
  public List<Long> find(List<String> words, long before, int limit) {
    if (words.isEmpty()) {
      return List.of();
    }
    flush();
    var query = new ArrayList<String>();
    for (var word : words) {
      query.add('"' + word + '"');
    }
    return sql.list(
        "SELECT rowid FROM search WHERE search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
        row -> row.getLong(1),
        String.join(" AND ", query),
        before,
        limit);
  }
}
