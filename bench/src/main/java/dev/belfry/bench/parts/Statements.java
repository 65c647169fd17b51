package dev.belfry.bench.parts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prepared statements on a connection that is set up as the store's are. */
final class Statements implements AutoCloseable {
  private final List<PreparedStatement> prepared = new ArrayList<>();
  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement beginWriting;
  private final PreparedStatement commit;

  Statements(Connection connection) throws SQLException {
    this.connection = connection;
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA foreign_keys = ON");
      statement.execute("PRAGMA cache_size = -32768");
      statement.execute("PRAGMA temp_store = MEMORY");
    }
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("COMMIT");
    }
    begin = prepare("BEGIN");
    beginWriting = prepare("BEGIN IMMEDIATE");
    commit = prepare("COMMIT");
  }

  PreparedStatement prepare(String sql) throws SQLException {
    var statement = connection.prepareStatement(sql);
    prepared.add(statement);
    return statement;
  }

  void begin() throws SQLException {
    begin.execute();
  }

  void beginWriting() throws SQLException {
    beginWriting.execute();
  }

  void commit() throws SQLException {
    commit.execute();
  }

  static void update(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    bind(statement, values);
    statement.executeUpdate();
  }

  /**
   * Reads all rows.
   *
   * @param types of the columns: {@code l} for numbers, {@code s} for text
   * @return the numbers of the first column
   */
  static List<Long> rows(PreparedStatement statement, String types, @Nullable Object... values)
      throws SQLException {
    bind(statement, values);
    var first = new ArrayList<Long>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        first.add(rows.getLong(1));
        for (int i = 1; i < types.length(); i++) {
          if (types.charAt(i) == 'l') {
            var _ = rows.getLong(i + 1);
          } else {
            var _ = rows.getString(i + 1);
          }
        }
      }
    }
    return first;
  }

  /** The first number of the only row. */
  static long number(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    bind(statement, values);
    try (var rows = statement.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("no row");
      }
      return rows.getLong(1);
    }
  }

  static String json(List<Long> numbers) {
    var text = new StringBuilder("[");
    for (var number : numbers) {
      text.append(text.length() > 1 ? "," : "").append(number);
    }
    return text.append(']').toString();
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case Long number -> statement.setLong(i + 1, number);
        case String text -> statement.setString(i + 1, text);
        case null -> statement.setObject(i + 1, null);
        default -> throw new IllegalArgumentException("no such type");
      }
    }
  }

  @Override
  public void close() throws SQLException {
    for (var statement : prepared) {
      statement.close();
    }
  }
}
