package dev.belfry.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("hub")
class BackupTest {
  @TempDir Path temporary;

  private Path backup(Shell alice) throws IOException {
    assertEquals(0, alice.run("token", "create", "--name", "first").status());
    Path file = temporary.resolve("belfry.backup");
    var result = alice.run("backup", file.toString());
    assertEquals(0, result.status(), result.err());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    return file;
  }

  @Test
  void comesBackElsewhere() throws IOException {
    Path file = backup(new Shell(temporary.resolve("data")));
    var bob = new Shell(temporary.resolve("other"));
    var result = bob.run("restore", file.toString());
    assertEquals(0, result.status(), result.err());
    assertTrue(bob.run("token", "list").out().contains("first"));
    assertEquals(List.of("belfry.db", "belfry.lock"), names(temporary.resolve("other")));
  }

  @Test
  void overwritesNothing() throws IOException {
    Path data = temporary.resolve("data");
    var alice = new Shell(data);
    Path file = backup(alice);
    assertEquals(4, alice.run("backup", file.toString()).status());
    assertEquals(0, alice.run("token", "create", "--name", "second").status());

    var refused = alice.run("restore", file.toString());
    assertEquals(4, refused.status());
    assertTrue(refused.err().contains("--force"), refused.err());
    assertTrue(alice.run("token", "list").out().contains("second"));

    var forced = alice.run("restore", file.toString(), "--force");
    assertEquals(0, forced.status(), forced.err());
    assertFalse(alice.run("token", "list").out().contains("second"));
    String aside =
        names(data).stream()
            .filter(name -> name.startsWith("before-restore-"))
            .findFirst()
            .orElseThrow();
    assertTrue(new Shell(data.resolve(aside)).run("token", "list").out().contains("second"));
  }

  @Test
  void garbageChangesNothing() throws IOException {
    Path data = temporary.resolve("data");
    var alice = new Shell(data);
    backup(alice);
    Path garbage = Files.writeString(temporary.resolve("garbage"), "no backup");
    for (Path wrong : List.of(garbage, temporary, temporary.resolve("missing"))) {
      var result = alice.run("restore", wrong.toString(), "--force");
      assertTrue(result.status() == 4 || result.status() == 6, result.err());
      assertFalse(result.err().contains("\tat "), result.err());
    }
    assertTrue(alice.run("token", "list").out().contains("first"));
    assertEquals(List.of("belfry.db", "belfry.lock"), names(data));
  }

  @Test
  void saysWhatIsWrongWithABackup() throws IOException {
    Path data = temporary.resolve("data");
    var alice = new Shell(data);
    Path good = backup(alice);
    Path garbage = Files.writeString(temporary.resolve("garbage"), "no backup");
    Path damaged =
        withStore(good, "damaged", bytes -> Arrays.fill(bytes, 0, bytes.length, (byte) 7));
    Path newer = withStore(good, "newer", bytes -> ByteBuffer.wrap(bytes).putInt(60, 999));
    Path anothers =
        withStore(good, "anothers", bytes -> ByteBuffer.wrap(bytes).putInt(68, 0x12345678));
    for (var wrong :
        Map.of(
                garbage, "is no backup",
                damaged, "is damaged",
                newer, "is of a newer Belfry (version 999",
                anothers, "of another program")
            .entrySet()) {
      var result = alice.run("restore", wrong.getKey().toString(), "--force");
      assertEquals(4, result.status(), result.err());
      assertTrue(result.err().startsWith("belfry: " + wrong.getKey()), result.err());
      assertTrue(result.err().contains(wrong.getValue()), result.err());
      assertTrue(
          result.err().toLowerCase(Locale.ROOT).contains("nothing was changed"), result.err());
      assertFalse(result.err().contains("belfry restore FILE"), result.err());
      assertEquals(List.of("belfry.db", "belfry.lock"), names(data));
    }
    assertTrue(alice.run("token", "list").out().contains("first"));
  }

  /** A copy of a backup whose store is changed. */
  private Path withStore(Path backup, String name, Consumer<byte[]> change) throws IOException {
    Path copy = temporary.resolve(name);
    try (var zip = new ZipFile(backup.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(copy))) {
      for (var entry : zip.stream().toList()) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        if (entry.getName().equals("belfry.db")) {
          change.accept(bytes);
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(bytes);
      }
    }
    return copy;
  }

  @Test
  void whatIsCutOffChangesNothing() throws IOException {
    Path data = temporary.resolve("data");
    var alice = new Shell(data);
    byte[] whole = Files.readAllBytes(backup(alice));
    Path cut = temporary.resolve("cut");
    for (int part = 0; part < 10; part++) {
      Files.write(cut, Arrays.copyOf(whole, whole.length * part / 10));
      var result = alice.run("restore", cut.toString(), "--force");
      assertTrue(result.status() == 4 || result.status() == 6, result.err());
      assertEquals(List.of("belfry.db", "belfry.lock"), names(data));
    }
    assertTrue(alice.run("token", "list").out().contains("first"));
  }

  @Test
  void aBackupThatCannotBeWrittenLeavesNothing() throws IOException {
    var alice = new Shell(temporary.resolve("data"));
    assertEquals(0, alice.run("token", "create", "--name", "first").status());
    var before = names(temporary);
    var result = alice.run("backup", temporary.resolve("none").resolve("file").toString());
    assertEquals(4, result.status(), result.err());
    assertEquals(before, names(temporary));
    backup(alice);
    assertEquals(List.of("belfry.backup", "data"), names(temporary));
  }

  private static List<String> names(Path folder) throws IOException {
    try (var paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
