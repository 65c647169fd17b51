package dev.belfry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of files, after the data folder was put elsewhere. */
@Tag("unit")
class MovedTest {
  private static final List<String> FOLDERS = List.of("uploads", "accounts");

  @TempDir Path temp;

  private String moved(String table, String column, String value, String from, String to)
      throws Exception {
    var file = temp.resolve("moved.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (var each :
          List.of(
              "upload(file)",
              "message(extra)",
              "outbox(payload)",
              "chat(draft, img_url)",
              "original(extra)",
              "person(img_url)")) {
        statement.executeUpdate("CREATE TABLE IF NOT EXISTS " + each);
      }
      statement.executeUpdate("DELETE FROM " + table);
      try (var insert =
          connection.prepareStatement("INSERT INTO %s(%s) VALUES (?)".formatted(table, column))) {
        insert.setString(1, value);
        insert.executeUpdate();
      }
      Backup.moved(file, Path.of(from), Path.of(to), FOLDERS);
      try (var rows = statement.executeQuery("SELECT %s FROM %s".formatted(column, table))) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  private void assertMoved(String from, String to) throws Exception {
    for (var folder : FOLDERS) {
      for (var form : List.of("%s/%s/1/a", "file://%s/%s/1/a")) {
        var before = form.formatted(from, folder);
        var after = form.formatted(to, folder);
        assertEquals(after, moved("upload", "file", before, from, to));
        assertEquals(after, moved("person", "img_url", before, from, to));
        var json = "{\"text\":\"see %s/uploads/x\",\"files\":[\"%s\",\"x%s\"]}";
        assertEquals(
            json.formatted(from, after, before),
            moved("message", "extra", json.formatted(from, before, before), from, to));
      }
    }
  }

  @Test
  void theNewFolderMayHoldTheNameOfTheOldOne() throws Exception {
    assertMoved("/data", "/srv/data");
    assertMoved("/srv/data", "/data");
    assertMoved("/data", "/data/uploads");
    assertMoved("/data", "/data/accounts");
    assertMoved("/data/uploads", "/data");
  }

  @Test
  void anotherFolderThatBeginsLikeItIsLeft() throws Exception {
    assertEquals(
        "/database/uploads/a", moved("upload", "file", "/database/uploads/a", "/data", "/x"));
    assertEquals(
        "/data/uploads.old/a", moved("upload", "file", "/data/uploads.old/a", "/data", "/x"));
  }
}
