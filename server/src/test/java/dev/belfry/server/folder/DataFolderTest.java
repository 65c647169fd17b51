package dev.belfry.server.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class DataFolderTest {
  @TempDir Path temporary;

  @Test
  void usualFolderIsThePlatforms() {
    assertEquals(
        Path.of("/home/alice/.local/share/belfry"),
        DataFolder.usual("Linux", "/home/alice", Map.of()));
    assertEquals(
        Path.of("/x/belfry"),
        DataFolder.usual("FreeBSD", "/home/alice", Map.of("XDG_DATA_HOME", "/x")));
    assertEquals(
        Path.of("/home/alice/.local/share/belfry"),
        DataFolder.usual("Linux", "/home/alice", Map.of("XDG_DATA_HOME", "relative")));
    assertEquals(
        Path.of("/Users/alice/Library/Application Support/Belfry"),
        DataFolder.usual("Mac OS X", "/Users/alice", Map.of("XDG_DATA_HOME", "/x")));
    assertEquals(
        Path.of("/local", "Belfry"),
        DataFolder.usual("Windows 11", "/alice", Map.of("LOCALAPPDATA", "/local")));
  }

  @Test
  void theOptionComesBeforeTheEnvironment() {
    var environment = Map.of("BELFRY_DATA", "/from/environment");
    assertEquals(Path.of("/asked"), DataFolder.of(Path.of("/asked"), environment).path());
    assertEquals(Path.of("/from/environment"), DataFolder.of(null, environment).path());
    assertTrue(DataFolder.of(Path.of("relative/../x"), environment).path().isAbsolute());
  }

  @Test
  void isMadeForItsOwnerOnly() throws IOException {
    var folder = new DataFolder(temporary.resolve("a/b"));
    assertFalse(folder.exists());
    folder.prepare();
    assertEquals("rwx------", permissions(folder));
    assertTrue(folder.isPrivate());
  }

  @Test
  void isTakenFromOthers() throws IOException {
    var folder = new DataFolder(temporary);
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertFalse(folder.isPrivate());
    folder.prepare();
    assertEquals("rwx------", permissions(folder));
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    var e = assertThrows(Failure.class, () -> new DataFolder(file).prepare());
    assertEquals(ExitStatus.STORE, e.status());
    var below = assertThrows(Failure.class, () -> new DataFolder(file.resolve("x")).prepare());
    assertEquals(ExitStatus.STORE, below.status());
  }

  private static String permissions(DataFolder folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path()));
  }
}
