package dev.belfry.server.folder;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import dev.belfry.core.Hub;
import dev.belfry.network.PrivateFiles;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a hub keeps all it has. Only its owner may look in.
 *
 * @param path absolute
 */
public record DataFolder(Path path) {
  private static final System.Logger LOG = System.getLogger(DataFolder.class.getName());
  private static final Set<PosixFilePermission> PRIVATE =
      Set.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);
  private static final String LOCK = "belfry.lock";

  /** By any of these a folder is known as one of ours. */
  private static final Set<String> OURS = Set.of(Hub.STORE, LOCK);

  /**
   * The one that was asked for, else the one that {@code BELFRY_DATA} names, else the platform's.
   */
  public static DataFolder of(@Nullable Path asked, Map<String, String> environment) {
    if (asked != null && asked.toString().isEmpty()) {
      throw new Failure(
          ExitStatus.USAGE, "--data is empty: name a folder, or leave it out for the usual one");
    }
    Path path = asked;
    if (path == null) {
      String named = environment.getOrDefault("BELFRY_DATA", "");
      path =
          named.isBlank()
              ? usual(
                  System.getProperty("os.name", ""),
                  System.getProperty("user.home", "."),
                  environment)
              : Path.of(named);
    }
    return new DataFolder(path.toAbsolutePath().normalize());
  }

  /** The platform's folder for a user's data. */
  static Path usual(String system, String home, Map<String, String> environment) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return Path.of(home, "Library", "Application Support", "Belfry");
    }
    if (name.startsWith("windows")) {
      String local = environment.getOrDefault("LOCALAPPDATA", "");
      return local.isBlank()
          ? Path.of(home, "AppData", "Local", "Belfry")
          : Path.of(local, "Belfry");
    }
    String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
    // the XDG specification wants a relative one ignored
    return xdg.startsWith("/")
        ? Path.of(xdg, "belfry")
        : Path.of(home, ".local", "share", "belfry");
  }

  public Path lockFile() {
    return path.resolve(LOCK);
  }

  public boolean exists() {
    return Files.isDirectory(path);
  }

  /** Whether there is a store, or one that a restore was cut off from putting here. */
  public boolean holdsData() throws IOException {
    return exists() && (Files.exists(path.resolve(Hub.STORE)) || new Exchange(this).isCutOff());
  }

  /** Whether it holds things and none of them is ours, so that it is not for us to change. */
  public boolean isAnothers() throws IOException {
    try (var paths = Files.list(path)) {
      var names =
          paths
              .filter(path -> !comesWithFolders(path))
              .map(path -> path.getFileName().toString())
              .toList();
      return !names.isEmpty()
          && names.stream().noneMatch(name -> OURS.contains(name) || Exchange.isOurs(name));
    }
  }

  /** Whether systems put this into folders by themselves. */
  static boolean comesWithFolders(Path path) {
    return path.endsWith("lost+found") || path.endsWith(".DS_Store");
  }

  /**
   * Makes the folder if it is not there, and takes from others the right to look in. One that holds
   * other things is left as it is.
   *
   * @throws Failure when it cannot be made or is not ours
   */
  public void prepare() {
    try {
      if (!Files.exists(path)) {
        PrivateFiles.folder(path);
        return;
      }
      if (!Files.isDirectory(path)) {
        throw new Failure(
            ExitStatus.STORE,
            path + " is a file; the data needs a folder: name another with --data");
      }
      if (isAnothers()) {
        throw new Failure(
            ExitStatus.STORE,
            path
                + " holds other things and no data of Belfry: name an empty folder, or one that is not there yet, with --data");
      }
      tighten();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * As {@link #prepare}, but where there is no data that is an error, and nothing is changed: for
   * commands that only look or remove.
   */
  public void require() {
    if (!exists()) {
      throw new Failure(
          ExitStatus.STORE,
          "there is no data folder at "
              + path
              + ": the first `belfry serve` makes it; one that is elsewhere is named with --data or BELFRY_DATA");
    }
    try {
      if (!holdsData()) {
        throw new Failure(
            ExitStatus.STORE,
            "there is no data in "
                + path
                + ": the first `belfry serve` makes it; what is elsewhere is named with --data or BELFRY_DATA");
      }
    } catch (IOException e) {
      throw unusable(e);
    }
    prepare();
  }

  Failure unusable(IOException e) {
    return new Failure(
        ExitStatus.STORE,
        "the data folder " + path + " cannot be used: " + Reasons.of(e) + ". See `belfry doctor`",
        e);
  }

  private void tighten() throws IOException {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    var permissions = view.readAttributes().permissions();
    if (!PRIVATE.containsAll(permissions)) {
      Files.setPosixFilePermissions(path, PRIVATE);
      LOG.log(
          Level.WARNING,
          "the data folder could be read by others ({0}); now only by its owner: {1}",
          PosixFilePermissions.toString(permissions),
          path);
    }
  }

  /** Whether others than the owner may look in; for a report, changes nothing. */
  public boolean isPrivate() throws IOException {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    return view == null || PRIVATE.containsAll(view.readAttributes().permissions());
  }
}
