package dev.belfry.store;

import static java.nio.file.StandardOpenOption.WRITE;

import dev.belfry.model.AccountId;
import dev.belfry.model.Grant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** A data file, looked at and tampered with from outside. */
final class StoreFile {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-05-01T10:00:00Z"));

  private final Path path;

  private StoreFile(Path path) {
    this.path = path;
  }

  /** With so many changes in its log, and closed in good order. */
  static StoreFile with(Path folder, int changes) {
    var file = new StoreFile(folder.resolve("belfry.db"));
    try (var database = file.open()) {
      for (int i = 0; i < changes; i++) {
        add(database, "account-" + i);
      }
    }
    return file;
  }

  /** As a Belfry of schema version 1 left it, with something in each table. */
  static StoreFile ofVersionOne(Path folder) throws IOException {
    var file = new StoreFile(folder.resolve("belfry.db"));
    try (InputStream in = StoreFile.class.getResourceAsStream("0001.db.gz")) {
      if (in == null) {
        throw new IOException("no such resource");
      }
      Files.write(file.path, new GZIPInputStream(in).readAllBytes());
    }
    return file;
  }

  /** Not made yet. */
  static StoreFile at(Path path) {
    return new StoreFile(path);
  }

  Path path() {
    return path;
  }

  Database open() {
    return new Database(path, CLOCK);
  }

  /** Writes one row. */
  static void add(Database database, String name) {
    database.write(tx -> {
      tx.changes().accountChanged(new AccountId(name));
      return true;
    });
  }

  /** How many rows there are of those that {@link #add} writes. */
  static long count(Database database) {
    return count(database, "change");
  }

  static long count(Database database, String table) {
    return database.read(Grant.HUB, tx -> tx.sql().number(-1, "SELECT count(*) FROM " + table));
  }

  byte[] bytes() throws IOException {
    return Files.readAllBytes(path);
  }

  /** Runs statements on it with no hub in between. */
  void run(String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        var statement = connection.createStatement()) {
      for (var text : statements) {
        statement.execute(text);
      }
    }
  }

  /** The first column of what a query finds. */
  List<String> ask(String query) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var result = new ArrayList<String>();
      while (rows.next()) {
        result.add(rows.getString(1));
      }
      return result;
    }
  }

  /** The columns of each table, by its name. */
  Map<String, List<String>> tables() throws SQLException {
    var tables = new TreeMap<String, List<String>>();
    for (var table :
        ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")) {
      tables.put(table, ask("SELECT name FROM pragma_table_info('" + table + "')"));
    }
    return tables;
  }

  /** All rows of a table, each as the text of the named columns. */
  List<String> rows(String table, List<String> columns) throws SQLException {
    var quoted = columns.stream().map("quote(%s)"::formatted).toList();
    return ask("SELECT " + String.join(" || ' ' || ", quoted) + " FROM " + table);
  }

  /** Puts something else over a part of it. */
  void overwrite(long from, byte[] with) throws IOException {
    try (var file = FileChannel.open(path, WRITE)) {
      var buffer = ByteBuffer.wrap(with);
      for (long at = from; buffer.hasRemaining(); ) {
        at += file.write(buffer, at);
      }
    }
  }

  void truncate(long length) throws IOException {
    try (var file = FileChannel.open(path, WRITE)) {
      file.truncate(length);
    }
  }
}
