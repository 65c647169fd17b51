package dev.belfry.server.folder;

import dev.belfry.network.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Puts new contents into a data folder in place of the old ones, so that whoever is cut off on the
 * way leaves what the next one can finish. What was there is moved into a folder within, not
 * beside, as the data folder may be a volume of its own.
 *
 * <p>The name of the folder with the new contents says how far it is: {@code .restoring} while it
 * is made, then nothing has changed yet; {@code .replacing-TIME} while the old contents are moved
 * into {@code before-restore-TIME}; {@code .arriving} while the new ones are moved to their place.
 */
final class Exchange {
  private static final String FRESH = ".restoring";
  private static final String REPLACING = ".replacing-";
  private static final String ARRIVING = ".arriving";
  private static final String ASIDE = "before-restore-";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final DataFolder folder;
  private final Moves moves;

  /** How a file or folder gets another name; tests are cut off here. */
  @FunctionalInterface
  interface Moves {
    void move(Path from, Path to) throws IOException;
  }

  Exchange(DataFolder folder) {
    this(folder, (from, to) -> Files.move(from, to));
  }

  Exchange(DataFolder folder, Moves moves) {
    this.folder = folder;
    this.moves = moves;
  }

  /** Where the new contents are made. */
  Path fresh() {
    return folder.path().resolve(FRESH);
  }

  /** From here on there is no way back: the new contents are whole. */
  void decide(Instant now) throws IOException {
    moves.move(fresh(), folder.path().resolve(REPLACING + STAMP.format(now)));
  }

  /** Whether it was decided, and is not finished. */
  boolean isCutOff() throws IOException {
    return Files.exists(folder.path().resolve(ARRIVING)) || replacing().isPresent();
  }

  /**
   * Finishes what was decided, and removes what was not.
   *
   * @return where the old contents are now; empty if there were none, or if nothing was decided
   */
  Optional<Path> finish() throws IOException {
    PrivateFiles.delete(fresh());
    Optional<Path> aside = Optional.empty();
    var arriving = folder.path().resolve(ARRIVING);
    var replacing = replacing();
    if (replacing.isPresent()) {
      var stamp = replacing.get().getFileName().toString().substring(REPLACING.length());
      aside = moveAside(folder.path().resolve(ASIDE + stamp));
      moves.move(replacing.get(), arriving);
    }
    if (Files.exists(arriving)) {
      for (var path : list(arriving)) {
        moves.move(path, folder.path().resolve(path.getFileName()));
      }
      Files.delete(arriving);
    }
    return aside;
  }

  private Optional<Path> moveAside(Path aside) throws IOException {
    var old = contents();
    if (!old.isEmpty()) {
      PrivateFiles.folder(aside);
      for (var path : old) {
        moves.move(path, aside.resolve(path.getFileName()));
      }
    }
    return Optional.of(aside).filter(Files::exists);
  }

  private Optional<Path> replacing() throws IOException {
    return list(folder.path()).stream()
        .filter(path -> path.getFileName().toString().startsWith(REPLACING))
        .findFirst();
  }

  boolean hasContents() throws IOException {
    return !contents().isEmpty();
  }

  /** What belongs to the present data: not the lock, nor what belongs to exchanges. */
  private List<Path> contents() throws IOException {
    return list(folder.path()).stream()
        .filter(path -> !path.equals(folder.lockFile()))
        .filter(path -> !isOurs(path.getFileName().toString()))
        .filter(path -> !DataFolder.comesWithFolders(path))
        .toList();
  }

  /** Whether a name in a data folder is of an exchange. */
  static boolean isOurs(String name) {
    return name.equals(FRESH)
        || name.equals(ARRIVING)
        || name.startsWith(REPLACING)
        || name.startsWith(ASIDE);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var paths = Files.list(folder)) {
      return paths.toList();
    }
  }
}
