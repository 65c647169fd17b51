package dev.belfry.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.StoreFault;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of other versions: older ones are brought up to date, newer ones left alone. */
@Tag("hub")
class MigrationTest {
  @TempDir Path temp;

  @Test
  void everyRowOfTheFirstVersionSurvives() throws Exception {
    var file = StoreFile.ofVersionOne(temp);
    assertEquals(List.of("1"), file.ask("PRAGMA user_version"));
    var tables = file.tables();
    var before = new TreeMap<String, List<String>>();
    for (var table : tables.entrySet()) {
      before.put(table.getKey(), file.rows(table.getKey(), table.getValue()));
      assertFalse(before.get(table.getKey()).isEmpty(), table.getKey() + " says nothing");
    }

    try (var database = file.open()) {
      assertEquals(3, StoreFile.count(database, "chat"));
    }

    assertEquals(List.of("" + Migrations.VERSION), file.ask("PRAGMA user_version"));
    assertEquals(List.of("ok"), file.ask("PRAGMA integrity_check"));
    assertEquals(List.of(), file.ask("PRAGMA foreign_key_check"));
    for (var table : tables.entrySet()) {
      assertEquals(before.get(table.getKey()), file.rows(table.getKey(), table.getValue()));
    }
    assertEquals(
        List.of("1"), file.ask("SELECT count(*) FROM search WHERE search MATCH '\"tomatoes\"'"));
  }

  @Test
  void messagesThatHaveReactionsAreMarked() throws Exception {
    var file = StoreFile.ofVersionOne(temp);
    file.open().close();
    var targets =
        file.ask(
            """
            SELECT t.id FROM message r JOIN message t ON t.chat = r.chat AND t.network_key = r.target_key
            WHERE r.kind = 'REACTION' ORDER BY t.id
            """);
    assertEquals(2, targets.size());
    assertEquals(targets, file.ask("SELECT id FROM message WHERE reacted <> 0 ORDER BY id"));
  }

  @Test
  void itIsThenAsIfMadeByThisVersion() throws Exception {
    var old = StoreFile.ofVersionOne(temp);
    old.open().close();
    var made = StoreFile.with(java.nio.file.Files.createDirectory(temp.resolve("new")), 0);
    var schema = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name";
    assertEquals(made.ask(schema), old.ask(schema));
  }

  @Test
  void stepThatFailsLeavesAllAsItWas() throws Exception {
    var file = StoreFile.ofVersionOne(temp);
    // In the way of what the next step adds.
    file.run("ALTER TABLE token ADD COLUMN accounts TEXT");
    var schema = file.ask("SELECT sql FROM sqlite_master");
    assertThrows(StoreFault.class, file::open);
    assertEquals(List.of("1"), file.ask("PRAGMA user_version"));
    assertEquals(schema, file.ask("SELECT sql FROM sqlite_master"));
    assertEquals(List.of("53"), file.ask("SELECT count(*) FROM message"));
  }

  @Test
  void newerVersionIsLeftAlone() throws Exception {
    var file = StoreFile.with(temp, 3);
    file.run("PRAGMA user_version = 999");
    var before = file.bytes();
    var fault = assertThrows(StoreFault.class, file::open);
    assertTrue(String.valueOf(fault.getMessage()).contains("newer Belfry (version 999"));
    assertArrayEquals(before, file.bytes());
  }

  @Test
  void databaseOfAnotherProgramIsLeftAlone() throws Exception {
    var file = StoreFile.at(temp.resolve("belfry.db"));
    file.run("CREATE TABLE recipe (name TEXT)", "INSERT INTO recipe VALUES ('soup')");
    var before = file.bytes();
    var fault = assertThrows(StoreFault.class, file::open);
    assertTrue(String.valueOf(fault.getMessage()).contains("another program"));
    assertArrayEquals(before, file.bytes());
  }
}
