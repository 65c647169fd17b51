package dev.belfry.bench.parts;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The newest 20 messages of a search; the key is the place before which, a space, and the match.
 */
final class SearchQuery implements BareQuery {
  private final Statements statements;
  private final PreparedStatement search;
  private final PreparedStatement messages;
  private final PreparedStatement receipts;
  private final PreparedStatement reactions;

  SearchQuery(Statements statements) throws SQLException {
    this.statements = statements;
    search =
        statements.prepare(
            "SELECT rowid FROM search WHERE search MATCH ?2 AND rowid < ?1 ORDER BY rowid DESC LIMIT 20");
    messages =
        statements.prepare(
            MessageQueries.COLUMNS
                + "FROM json_each(?) j JOIN message m ON m.id = j.value "
                + MessageQueries.WHAT_IT_REFERS_TO);
    receipts =
        statements.prepare(
            """
            SELECT r.chat, r.up_to, p.user_id, r.at
            FROM (SELECT DISTINCT m.chat FROM json_each(?) j JOIN message m ON m.id = j.value WHERE m.flags & 4 = 4) v
            JOIN receipt r ON r.chat = v.chat JOIN person p ON p.id = r.person
            """);
    reactions =
        statements.prepare(
            MessageQueries.REACTION_COLUMNS
                + "FROM json_each(?) j JOIN message m ON m.id = j.value "
                + MessageQueries.ITS_REACTIONS);
  }

  @Override
  public void run(String key) throws SQLException {
    statements.begin();
    find(key);
    statements.commit();
  }

  /** The messages that are found, as a list in JSON. */
  private String find(String key) throws SQLException {
    int space = key.indexOf(' ');
    long before = Long.parseLong(key.substring(0, space));
    var ids = Statements.json(Statements.rows(search, "l", before, key.substring(space + 1)));
    Statements.rows(messages, MessageQueries.TYPES, ids);
    Statements.rows(receipts, "llsl", ids);
    Statements.rows(reactions, MessageQueries.REACTION_TYPES, ids);
    return ids;
  }

  /** Likewise, with the chats that the messages are in, as the API answers it. */
  static final class Hits implements BareQuery {
    private final Statements statements;
    private final SearchQuery search;
    private final PreparedStatement chats;
    private final PreparedStatement members;

    Hits(Statements statements) throws SQLException {
      this.statements = statements;
      search = new SearchQuery(statements);
      chats = statements.prepare(ChatQueries.CHATS_OF);
      members = statements.prepare(ChatQueries.MEMBERS_OF_PAGE);
    }

    @Override
    public void run(String key) throws SQLException {
      statements.begin();
      var found = Statements.rows(chats, ChatQueries.CHAT_TYPES, search.find(key));
      Statements.rows(members, ChatQueries.MEMBER_TYPES, Statements.json(found));
      statements.commit();
    }

    @Override
    public void close() throws SQLException {
      statements.close();
    }
  }

  @Override
  public void close() throws SQLException {
    statements.close();
  }
}
