package dev.belfry.server.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore that is cut off anywhere leaves all of the old or all of the new. */
@Tag("unit")
class ExchangeTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Map<String, String> OLD =
      Map.of("belfry.db", "old", "accounts/matrix/keys", "old keys");
  private static final Map<String, String> NEW =
      Map.of("belfry.db", "new", "accounts/matrix/keys", "new keys", "uploads/x", "file");

  @TempDir Path temporary;
  private DataFolder folder;

  @BeforeEach
  void name() {
    folder = new DataFolder(temporary.resolve("data"));
  }

  private static void write(Path folder, Map<String, String> files) throws IOException {
    for (var file : files.entrySet()) {
      var path = folder.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling(""));
      Files.writeString(path, file.getValue());
    }
  }

  private static Map<String, String> read(Path folder) throws IOException {
    var found = new TreeMap<String, String>();
    try (var paths = Files.walk(folder)) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        found.put(folder.relativize(path).toString(), Files.readString(path));
      }
    }
    return found;
  }

  /** What is in use: not the lock, and not what was moved aside. */
  private Map<String, String> present() throws IOException {
    return read(folder.path()).entrySet().stream()
        .filter(file ->
            !file.getKey().equals("belfry.lock") && !file.getKey().startsWith("before-restore-"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Begins an exchange that ends at a move, as by a kill; whether it ended before that. */
  private boolean isDoneBefore(int move) throws IOException {
    var left = new int[] {move};
    var exchange =
        new Exchange(
            folder,
            (from, to) -> {
              if (left[0]-- == 0) {
                throw new IOException("killed");
              }
              Files.move(from, to);
            });
    write(exchange.fresh(), NEW);
    try {
      exchange.decide(NOW);
      assertEquals(
          Optional.of(folder.path().resolve("before-restore-20260131-120000")), exchange.finish());
      return true;
    } catch (IOException e) {
      assertEquals("killed", e.getMessage());
      return false;
    }
  }

  @Test
  void isFinishedByWhoeverTakesTheFolderNext() throws IOException {
    int move = 0;
    boolean isDone;
    do {
      folder = new DataFolder(temporary.resolve("data " + move));
      Files.createDirectories(folder.path());
      write(folder.path(), OLD);
      isDone = isDoneBefore(move);
      assertTrue(folder.holdsData(), "no new store is begun, move " + move);
      assertFalse(folder.isAnothers());
      FolderLock.tryTake(folder, Owner.self()).orElseThrow().close();
      assertEquals(move == 0 ? OLD : NEW, present(), "move " + move);
      if (move > 0) {
        assertEquals(OLD, read(folder.path().resolve("before-restore-20260131-120000")));
      }
      move++;
    } while (!isDone);
    assertEquals(8, move, "two to the side, three to their place, and the names between");
  }

  @Test
  void whatWasNotDecidedIsRemoved() throws IOException {
    Files.createDirectories(folder.path());
    var exchange = new Exchange(folder);
    write(exchange.fresh(), NEW);
    assertFalse(folder.holdsData());
    assertFalse(folder.isAnothers());
    FolderLock.tryTake(folder, Owner.self()).orElseThrow().close();
    assertEquals(Map.of(), present());
    assertFalse(Files.exists(exchange.fresh()));
  }

  @Test
  void whatSystemsPutIntoFoldersIsNothing() throws IOException {
    Files.createDirectories(folder.path().resolve("lost+found"));
    assertFalse(folder.isAnothers());
    assertFalse(new Exchange(folder).hasContents());
    folder.prepare();
    Files.writeString(folder.path().resolve("letter"), "dear Bob");
    assertTrue(folder.isAnothers());
    assertThrows(RuntimeException.class, folder::prepare);
    assertEquals(List.of("letter"), List.copyOf(present().keySet()));
  }
}
