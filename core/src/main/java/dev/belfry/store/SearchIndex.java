package dev.belfry.store;

import java.util.ArrayList;
import java.util.List;

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
  public void put(long message, long chat, long sender, long account, String kind, String body) {
    remove(message);
    add(message, chat, sender, account, kind, body);
  }

  /** Indexes a message that is new. */
  public void add(long message, long chat, long sender, long account, String kind, String body) {
    var tokens = new ArrayList<>(SearchWords.of(body));
    tokens.addAll(List.of("#c" + chat, "#s" + sender, "#a" + account, "#k" + kind));
    sql.update(
        "INSERT INTO search (rowid, tokens) VALUES (?, ?)", message, String.join(" ", tokens));
  }

  public void remove(long message) {
    sql.update("DELETE FROM search WHERE rowid = ?", message);
  }

  /** The newest messages that hold all of {@code words}, before a place. */
  public List<Long> find(List<String> words, long before, int limit) {
    if (words.isEmpty()) {
      return List.of();
    }
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
