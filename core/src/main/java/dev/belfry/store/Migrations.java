package dev.belfry.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.model.StoreFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema, as the steps that led to it ({@code 0001.sql}, ...). A released step never changes:
 * add another.
 */
final class Migrations {
  /** The version that this build reads and writes. */
  static final int VERSION = 3;

  /** Marks our files: "Blfr", as SQLite's {@code application_id}. */
  static final int APPLICATION = 0x426C6672;

  private static final System.Logger LOG = System.getLogger(Migrations.class.getName());

  private Migrations() {}

  /**
   * Looks whether the file is one of ours, and changes nothing.
   *
   * @throws dev.belfry.model.StoreFault if it is another program's or a newer version's
   */
  static void check(Sql sql) {
    boolean isEmpty = sql.number(0, "SELECT count(*) FROM sqlite_master") == 0;
    if (!isEmpty && sql.number(0, "PRAGMA application_id") != APPLICATION) {
      throw new StoreFault.Unreadable(
          "is a database of another program", "Choose another data folder with --data.", null);
    }
    long version = sql.number(0, "PRAGMA user_version");
    if (version > VERSION) {
      throw new StoreFault.Unreadable(
          "is of a newer Belfry (version %d, this one knows %d)".formatted(version, VERSION),
          "Run the newer Belfry, or restore a backup made by this one.",
          null);
    }
  }

  /** Brings the file up to {@link #VERSION}, each step in a transaction of its own. */
  static void apply(Sql sql) {
    int version = (int) sql.number(0, "PRAGMA user_version");
    if (version > 0 && version < VERSION) {
      LOG.log(
          Level.INFO,
          "bringing the data file from version {0} to {1}: a large one takes a while",
          version,
          VERSION);
    }
    for (int step = version + 1; step <= VERSION; step++) {
      sql.run("BEGIN IMMEDIATE");
      try {
        for (var statement : statements(step)) {
          sql.run(statement);
        }
        sql.run("PRAGMA application_id = " + APPLICATION);
        sql.run("PRAGMA user_version = " + step);
        sql.run("COMMIT");
      } catch (RuntimeException e) {
        undo(sql, e);
        throw e;
      }
    }
  }

  private static void undo(Sql sql, RuntimeException cause) {
    try {
      sql.run("ROLLBACK");
    } catch (StoreFault e) {
      cause.addSuppressed(e);
    }
  }

  private static List<String> statements(int step) {
    var name = "%04d.sql".formatted(step);
    try (var in = Migrations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      // A statement ends with a line, and the next begins at the left: those within a trigger do
      // not.
      var result = new ArrayList<String>();
      var text = new String(in.readAllBytes(), UTF_8).replaceAll("--[^\n]*", "");
      for (var statement : text.split(";\\s*\\n(?=[A-Z])|;\\s*$", -1)) {
        if (!statement.isBlank()) {
          result.add(statement);
        }
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
