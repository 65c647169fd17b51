package dev.belfry.server.serve;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** SQLite's native library, as the build has unpacked it. */
public final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * Has SQLite's driver load the library from the application's folder where it fits this platform;
   * else, and should it not load, the driver unpacks its own into a temporary file at each start,
   * which takes longer.
   *
   * @param app the application's folder; null when run from a build tree
   */
  public static void useUnpacked(@Nullable String app) {
    if (app == null) {
      return;
    }
    // the names that the build used: the platform it ran on
    Path folder =
        Path.of(app, "native", System.getProperty("os.name") + "-" + System.getProperty("os.arch"));
    if (Files.exists(folder.resolve(System.mapLibraryName("sqlitejdbc")))) {
      System.setProperty("org.sqlite.lib.path", folder.toString());
    }
  }
}
