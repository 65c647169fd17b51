package dev.belfry.store;

import dev.belfry.api.codec.Codec;
import dev.belfry.model.StoreFault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Copies of SQLite files, taken while they are in use. */
public final class Backup {
  private Backup() {}

  /** Writes a consistent copy of {@code source} to {@code target}, which must not exist. */
  public static void copy(Path source, Path target) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + source);
        var statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, target.toString());
      statement.execute();
    } catch (SQLException e) {
      throw StoreFaults.of(e);
    }
  }

  /**
   * Checks a file from end to end; takes seconds a gigabyte.
   *
   * @throws StoreFault if it is damaged
   */
  public static void check(Path file) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA quick_check(1)")) {
      Database.refuseStump(file);
      if (!rows.next() || !"ok".equals(rows.getString(1))) {
        throw new StoreFault.Unreadable("is damaged", StoreFaults.RESTORE_A_BACKUP, null);
      }
    } catch (IOException e) {
      throw new StoreFault("%s cannot be read.".formatted(file), e);
    } catch (SQLException e) {
      throw StoreFaults.of(e);
    }
  }

  /** Where files are named, by table: as URLs, as paths, or within JSON. */
  private static final Map<String, List<String>> NAMED_IN =
      Map.of(
          "upload", List.of("file"),
          "message", List.of("extra"),
          "original", List.of("extra"),
          "outbox", List.of("payload"),
          "chat", List.of("draft", "img_url"),
          "person", List.of("img_url"));

  /**
   * Has the names of files in a data folder lead to the folder that this has become.
   *
   * @param folders within it that hold such files
   */
  public static void moved(Path file, Path from, Path to, List<String> folders) {
    var plain = new LinkedHashMap<String, String>();
    var quoted = new LinkedHashMap<String, String>();
    for (String folder : folders) {
      Path before = from.resolve(folder).resolve(NAME);
      Path after = to.resolve(folder).resolve(NAME);
      plain.put(without(before.toUri().toString()), without(after.toUri().toString()));
      plain.put(without(before.toString()), without(after.toString()));
    }
    plain.forEach((before, after) -> quoted.put(beginning(before), beginning(after)));
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.setAutoCommit(false);
      for (var named : NAMED_IN.entrySet()) {
        for (String column : named.getValue()) {
          boolean isJson = !column.equals("file") && !column.equals("img_url");
          rename(connection, named.getKey(), column, isJson ? quoted : plain, isJson);
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw StoreFaults.of(e);
    }
  }

  /** In place of what lies in a folder. */
  private static final String NAME = "x";

  private static String without(String name) {
    return name.substring(0, name.length() - NAME.length());
  }

  /** As a text in JSON begins with it. */
  private static String beginning(String text) {
    return "\"" + withinJson(text);
  }

  private static void rename(
      Connection connection, String table, String column, Map<String, String> names, boolean isJson)
      throws SQLException {
    for (long row : rows(connection, table, column, names.keySet())) {
      try (var read =
              connection.prepareStatement(
                  "SELECT %s FROM %s WHERE rowid = ?".formatted(column, table));
          var update =
              connection.prepareStatement(
                  "UPDATE %s SET %s = ? WHERE rowid = ?".formatted(table, column))) {
        read.setLong(1, row);
        String before;
        try (var found = read.executeQuery()) {
          if (!found.next()) {
            continue;
          }
          before = found.getString(1);
        }
        String after = renamed(before, names, isJson);
        if (!after.equals(before)) {
          update.setString(1, after);
          update.setLong(2, row);
          update.executeUpdate();
        }
      }
    }
  }

  private static List<Long> rows(
      Connection connection, String table, String column, Collection<String> names)
      throws SQLException {
    var rows = new TreeSet<Long>();
    try (var select =
        connection.prepareStatement(
            "SELECT rowid FROM %s WHERE instr(%s, ?) > 0".formatted(table, column))) {
      for (String name : names) {
        select.setString(1, name);
        try (var found = select.executeQuery()) {
          while (found.next()) {
            rows.add(found.getLong(1));
          }
        }
      }
    }
    return List.copyOf(rows);
  }

  /** In one pass, as the new names may hold the old ones; and only where a value begins so. */
  private static String renamed(String value, Map<String, String> names, boolean isJson) {
    var any = names.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    return Pattern.compile((isJson ? "" : "^") + "(?:" + any + ")")
        .matcher(value)
        .replaceAll(found -> Matcher.quoteReplacement(names.getOrDefault(found.group(), "")));
  }

  private static String withinJson(String text) {
    String quoted = Codec.toText(text);
    return quoted.substring(1, quoted.length() - 1);
  }

  /**
   * Begins another history in a file that was put back: what was told after it was copied never
   * happened to it, so that cursors made until now lead nowhere.
   */
  public static void beginEpoch(Path file) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      boolean isOlder;
      try (var rows =
          statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'event_log'")) {
        isOlder = !rows.next();
      }
      if (!isOlder) { // else its first epoch is yet to come
        statement.executeUpdate("UPDATE event_log SET epoch = randomblob(4)");
      }
    } catch (SQLException e) {
      throw StoreFaults.of(e);
    }
  }
}
