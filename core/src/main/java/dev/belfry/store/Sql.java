package dev.belfry.store;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its prepared statements. Used by one thread at a time. Statements are kept,
 * so the text of a query must not vary with its values: lists are handed over as JSON, for {@code
 * json_each}.
 */
final class Sql implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Sql.class.getName());

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** Reads one row of a result. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) {
    try {
      try (var rows = bind(sql, values).executeQuery()) {
        var result = new ArrayList<T>();
        while (rows.next()) {
          result.add(row.read(rows));
        }
        return result;
      }
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... values) {
    try {
      try (var rows = bind(sql, values).executeQuery()) {
        return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** The first column of the first row; {@code otherwise} where there is no row or it is null. */
  long number(long otherwise, String sql, @Nullable Object... values) {
    return first(
            sql,
            row -> {
              long value = row.getLong(1);
              return row.wasNull() ? otherwise : value;
            },
            values)
        .orElse(otherwise);
  }

  /** The number of rows that changed. */
  int update(String sql, @Nullable Object... values) {
    try {
      return bind(sql, values).executeUpdate();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** The id of the inserted row. */
  long insert(String sql, @Nullable Object... values) {
    update(sql, values);
    return number(0, "SELECT last_insert_rowid()");
  }

  /** Runs a statement that is not kept, such as a pragma. */
  void run(String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw StoreFaults.of(e);
    }
  }

  /** Runs a kept statement without values or result. */
  void step(String sql) {
    try {
      bind(sql).execute();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** Some faults, such as a full disk, have the driver close the statement: it is not kept. */
  private RuntimeException failed(String sql, SQLException fault) {
    try (var _ = statements.remove(sql)) {
      return StoreFaults.of(fault);
    } catch (SQLException e) {
      fault.addSuppressed(e);
      return StoreFaults.of(fault);
    }
  }

  private PreparedStatement bind(String sql, @Nullable Object... values) throws SQLException {
    var statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
      LOG.log(Level.TRACE, "{0}", sql); // the text alone: it holds no values
    }
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case null -> statement.setObject(i + 1, null);
        case String text -> statement.setString(i + 1, text);
        case Long number -> statement.setLong(i + 1, number);
        case Integer number -> statement.setInt(i + 1, number);
        case Double number -> statement.setDouble(i + 1, number);
        case Boolean flag -> statement.setInt(i + 1, flag ? 1 : 0);
        case byte[] bytes -> statement.setBytes(i + 1, bytes);
        case Object other ->
            throw new IllegalArgumentException("no column type for " + other.getClass());
      }
    }
    return statement;
  }

  @Override
  public void close() {
    try {
      for (var statement : statements.values()) {
        statement.close();
      }
      connection.close();
    } catch (SQLException e) {
      throw StoreFaults.of(e);
    }
  }
}
