package dev.belfry.bench;

import java.nio.file.Path;
import java.util.Locale;

/** The folder for what can be made again, as each system has its own. */
final class Cache {
  private Cache() {}

  static Path folder() {
    return base().resolve("belfry").resolve("bench");
  }

  private static Path base() {
    var home = Path.of(System.getProperty("user.home"));
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.contains("mac")) {
      return home.resolve("Library").resolve("Caches");
    }
    var named = System.getenv(system.contains("windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
    return named == null || named.isBlank() ? home.resolve(".cache") : Path.of(named);
  }
}
