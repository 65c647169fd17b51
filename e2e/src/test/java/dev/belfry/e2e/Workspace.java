package dev.belfry.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where things lie on this machine's disk. What a test leaves behind stays until the next run, to
 * be looked at.
 */
final class Workspace {
  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  private Workspace() {}

  /** The folder of this module. */
  static Path module() {
    return MODULE;
  }

  /** The start script of the packaged server. */
  static Path program() {
    var program = MODULE.resolveSibling("dist/target/app/bin/belfry");
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException("not built: " + program);
    }
    return program;
  }

  /** An empty folder of the given name, all of an earlier run gone. */
  static Path fresh(String name) {
    var folder = target().resolve(name);
    try {
      if (Files.exists(folder)) {
        try (var paths = Files.walk(folder)) {
          for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where all of it lies. */
  static Path target() {
    try {
      return Files.createDirectories(MODULE.resolve("target/e2e"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
