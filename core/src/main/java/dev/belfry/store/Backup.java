package dev.belfry.store;

import dev.belfry.api.codec.Codec;
import dev.belfry.model.StoreFault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

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
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.setAutoCommit(false);
      for (String folder : folders) {
        Path before = from.resolve(folder).resolve(NAME);
        Path after = to.resolve(folder).resolve(NAME);
        rename(connection, before.toUri().toString(), after.toUri().toString());
        rename(connection, before.toString(), after.toString());
      }
      connection.commit();
    } catch (SQLException e) {
      throw StoreFaults.of(e);
    }
  }

  /** In place of what lies in a folder. */
  private static final String NAME = "x";

  private static void rename(Connection connection, String before, String after)
      throws SQLException {
    String old = before.substring(0, before.length() - NAME.length());
    String now = after.substring(0, after.length() - NAME.length());
    for (var named : NAMED_IN.entrySet()) {
      for (String column : named.getValue()) {
        boolean isJson = !column.equals("file") && !column.equals("img_url");
        try (var update =
            connection.prepareStatement(
                "UPDATE %s SET %s = replace(%s, ?1, ?2) WHERE instr(%s, ?1) > 0"
                    .formatted(named.getKey(), column, column, column))) {
          update.setString(1, isJson ? withinJson(old) : old);
          update.setString(2, isJson ? withinJson(now) : now);
          update.executeUpdate();
        }
      }
    }
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
