package dev.belfry.server.folder;

import dev.belfry.core.Backups;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts a backup into a data folder that this process has locked. What was there is moved into a
 * folder within, not beside, as the data folder may be a volume of its own. Until the backup has
 * been read and opened nothing of the old is touched.
 */
public final class Restoration {
  private static final String ASIDE = "before-restore-";
  private static final String FRESH = ".restoring";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final DataFolder folder;
  private final Instant now;

  public Restoration(DataFolder folder, Instant now) {
    this.folder = folder;
    this.now = now;
  }

  /**
   * Restores.
   *
   * @param force whether what is there may be moved aside
   * @param check opens what was restored, and throws when that cannot be done
   * @return where the old things are now; empty if there were none
   */
  public Optional<Path> restore(Path backup, boolean force, Consumer<Path> check)
      throws IOException {
    Path fresh = folder.path().resolve(FRESH);
    delete(fresh); // of one that was killed
    var old = contents();
    if (!old.isEmpty() && !force) {
      throw new Failure(
          ExitStatus.REFUSED,
          folder.path()
              + " holds data already: name another folder with --data, or say --force to have it moved aside");
    }
    try {
      DataFolder.make(fresh);
      Backups.restore(backup, fresh, folder.path());
      check.accept(fresh);
      Optional<Path> aside = old.isEmpty() ? Optional.empty() : Optional.of(moveAside(old));
      for (var restored : list(fresh)) {
        Files.move(restored, folder.path().resolve(restored.getFileName()));
      }
      return aside;
    } finally {
      delete(fresh);
    }
  }

  private Path moveAside(List<Path> old) throws IOException {
    Path aside = folder.path().resolve(ASIDE + STAMP.format(now));
    DataFolder.make(aside);
    for (var path : old) {
      Files.move(path, aside.resolve(path.getFileName()));
    }
    return aside;
  }

  /** What belongs to the present data: not the lock, not what earlier restorations moved aside. */
  private List<Path> contents() throws IOException {
    return list(folder.path()).stream()
        .filter(path -> !path.equals(folder.lockFile()))
        .filter(path -> !path.getFileName().toString().startsWith(ASIDE))
        .toList();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var paths = Files.list(folder)) {
      return paths.toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
