package dev.belfry.core.files;

import dev.belfry.model.HubException;
import dev.belfry.network.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where files lie in the data folder: {@code uploads/ID/NAME}, {@code cache/KEY/NAME}, and what
 * connectors keep in {@code accounts/ID/media/}. What is being written lies in a folder with a dot
 * and becomes visible all at once.
 */
final class Folders {
  private static final System.Logger LOG = System.getLogger(Folders.class.getName());
  private static final String PART = ".part-";

  private final Path data;
  private final Path uploads;
  private final Path cache;

  Folders(Path data) {
    this.data = data.toAbsolutePath().normalize();
    uploads = this.data.resolve("uploads");
    cache = this.data.resolve("cache");
  }

  Path uploads() {
    return uploads;
  }

  Path cache() {
    return cache;
  }

  /** An empty folder to write in. */
  static Path part(Path root) throws IOException {
    PrivateFiles.folder(root);
    return PrivateFiles.folder(root.resolve(PART + UUID.randomUUID()));
  }

  /** Which of our folders a file lies in. */
  enum Place {
    UPLOADS,
    CACHE,
    MEDIA
  }

  /**
   * A file of ours.
   *
   * @param real without links
   * @param entry the folder in {@code uploads} or {@code cache} that it lies in; else empty
   */
  record Found(Path real, Place place, String entry) {}

  /**
   * The file that a path leads to in the end, if it is one of ours that may be shown. Links and
   * {@code ..} are followed before that is decided.
   */
  Optional<Found> find(Path path) {
    try {
      var real = path.toRealPath();
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      var folder = real.getParent();
      if (folder == null
          || folder.getFileName() == null
          || real.getFileName().toString().startsWith(".")) {
        return Optional.empty();
      }
      var entry = folder.getFileName().toString();
      return place(folder).map(of -> new Found(real, of, of == Place.MEDIA ? "" : entry));
    } catch (IOException | SecurityException e) {
      return Optional.empty();
    }
  }

  private Optional<Place> place(Path folder) throws IOException {
    if (isEntryOf(folder, uploads)) {
      return Optional.of(Place.UPLOADS);
    }
    if (isEntryOf(folder, cache)) {
      return Optional.of(Place.CACHE);
    }
    var accounts = real(data.resolve("accounts"));
    if (accounts.isPresent() && folder.startsWith(accounts.get())) {
      var below = accounts.get().relativize(folder);
      if (below.getNameCount() >= 2
          && below.getName(1).toString().equals("media")
          && !hasHidden(below)) {
        return Optional.of(Place.MEDIA);
      }
    }
    return Optional.empty();
  }

  private static boolean isEntryOf(Path folder, Path root) throws IOException {
    var real = real(root);
    return real.isPresent()
        && real.get().equals(folder.getParent())
        && !folder.getFileName().toString().startsWith(".");
  }

  private static boolean hasHidden(Path path) {
    for (var name : path) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Path> real(Path folder) throws IOException {
    try {
      return Optional.of(folder.toRealPath());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The entries of a root that are whole. */
  static List<Path> entries(Path root) throws IOException {
    return list(root).filter(path -> !path.getFileName().toString().startsWith(".")).toList();
  }

  /** Removes what an earlier run had begun to write. */
  static void removeParts(Path root) throws IOException {
    list(root)
        .filter(path -> path.getFileName().toString().startsWith(PART))
        .forEach(Folders::delete);
  }

  private static Stream<Path> list(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return Stream.empty();
    }
    try (var files = Files.list(root)) {
      return files.toList().stream();
    }
  }

  /** Deletes a folder with all that is in it, as far as that goes; links are not followed. */
  static void delete(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.WARNING, "a file that is not needed any more could not be deleted", e);
    }
  }

  /** Bytes of the files in a folder. */
  static long size(Path folder) throws IOException {
    long size = 0;
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }

  /** A fault of the disk, in words that say what to do. */
  static HubException unwritable(Path root, IOException e) {
    var refusal =
        new HubException(
            HubException.Reason.STORAGE,
            "A file could not be written to %s: check the room on the disk and the folder's permissions"
                .formatted(root));
    refusal.initCause(e);
    return refusal;
  }
}
