package dev.belfry.store;

import dev.belfry.model.StoreFault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

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
        throw new StoreFault(
            "%s is damaged. Restore a backup with `belfry restore FILE`.".formatted(file));
      }
    } catch (IOException e) {
      throw new StoreFault("%s cannot be read.".formatted(file), e);
    } catch (SQLException e) {
      throw StoreFaults.of(e);
    }
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
