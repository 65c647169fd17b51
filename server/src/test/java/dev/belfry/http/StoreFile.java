package dev.belfry.http;

import dev.belfry.core.Hub;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A hub's file as another program sees it: what is committed. */
final class StoreFile implements AutoCloseable {
  private static final String WRONG_COUNTERS =
      """
      SELECT count(*) FROM chat c WHERE
        unread <> (SELECT count(*) FROM message m WHERE m.chat = c.id AND m.id > c.read_up_to AND m.flags & 28 = 0)
        OR unread_mentions <> (SELECT count(*) FROM message m WHERE m.chat = c.id AND m.id > c.read_up_to
          AND m.flags & 28 = 0 AND m.flags & 2 = 2)
        OR last_message IS NOT (SELECT max(m.id) FROM message m WHERE m.chat = c.id AND m.flags & 8 = 0)
      """;

  private final Connection connection;

  StoreFile(Path folder) {
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Hub.STORE));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** How many chats have counters that differ from a recount. */
  long wrongCounters() {
    return (long) rows(WRONG_COUNTERS).getFirst().getFirst();
  }

  /** What is in each table, as a hash of all rows: equal if nothing changed. */
  Map<String, Integer> content() {
    var result = new TreeMap<String, Integer>();
    String tables =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'";
    for (List<Object> table : rows(tables)) {
      String name = String.valueOf(table.getFirst());
      // When a token was used last is not what anybody asked to change.
      String skipped =
          name.equals("token") ? "SELECT id FROM token" : "SELECT * FROM \"" + name + '"';
      result.put(name, rows(skipped).hashCode());
    }
    return result;
  }

  private List<List<Object>> rows(String query) {
    try (var statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      var rows = new ArrayList<List<Object>>();
      while (found.next()) {
        var row = new ArrayList<Object>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          Object value = found.getObject(i);
          row.add(
              switch (value) {
                case null -> "NULL";
                case byte[] bytes -> Arrays.hashCode(bytes);
                case Number number -> number.longValue();
                default -> value;
              });
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
