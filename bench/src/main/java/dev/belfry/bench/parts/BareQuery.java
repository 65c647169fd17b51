package dev.belfry.bench.parts;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The SQL that a request needs, straight through JDBC, each column read and dropped: the least that
 * the store costs.
 */
interface BareQuery extends AutoCloseable {
  /** One request's worth; {@code key} says about what. */
  void run(String key) throws SQLException;

  @Override
  void close() throws SQLException;

  static BareQuery of(String name, Connection connection) throws SQLException {
    var statements = new Statements(connection);
    return switch (name) {
      case "chats" -> new ChatQueries.ChatPage(statements);
      case "chat" -> new ChatQueries.OneChat(statements);
      case "messages-20" -> new MessageQueries(statements, 20);
      case "messages-100" -> new MessageQueries(statements, 100);
      case "unread" -> new WriteQueries.Unread(statements);
      case "read" -> new WriteQueries.Read(statements);
      case "send" -> new WriteQueries.Send(statements);
      case "ingest" -> new WriteQueries.Ingest(statements);
      case "hits" -> new SearchQuery.Hits(statements);
      case "search" -> new SearchQuery(statements);
      default -> throw new IllegalArgumentException("no such query: " + name);
    };
  }
}
