package dev.belfry.homeserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/** Runs {@code synapse.sh}, which installs Synapse and runs it in namespaces of its own. */
final class SynapseScript {
  /** Where a running Synapse's output goes, in its data directory. */
  static final String OUTPUT = "output.log";

  /** The script's exit status for "not on this machine". */
  private static final int CANNOT = 77;

  private static final Logger LOG = System.getLogger(SynapseScript.class.getName());

  private SynapseScript() {}

  /** The answer for this JVM, found once. */
  private static final class Installation {
    static final Optional<String> MISSING = install();
  }

  static Optional<String> missing() {
    return Installation.MISSING;
  }

  /**
   * Starts Synapse on a directory with its configuration. It ends when the process's standard input
   * is closed.
   */
  static Process run(Path directory) {
    var output = directory.resolve(OUTPUT).toFile();
    try {
      return shell("run", directory.toAbsolutePath().toString())
          .redirectErrorStream(true)
          .redirectOutput(output)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> install() {
    var said = new ArrayList<String>();
    try {
      var process = shell("install").redirectErrorStream(true).start();
      try (var lines = process.inputReader(UTF_8)) {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
          LOG.log(Level.INFO, "{0}", line);
          said.add(line);
        }
      }
      int status = process.waitFor();
      String words = String.join("\n", said);
      return switch (status) {
        case 0 -> Optional.empty();
        case CANNOT -> Optional.of(words);
        default -> throw new IllegalStateException("Synapse was not installed: " + words);
      };
    } catch (IOException e) {
      return Optional.of("no shell to run its installation: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while installing Synapse", e);
    }
  }

  private static ProcessBuilder shell(String command, String... arguments) {
    var line = new ArrayList<String>();
    line.addAll(java.util.List.of("sh", "-c", text(), "synapse.sh", command));
    line.addAll(java.util.List.of(arguments));
    var builder = new ProcessBuilder(line);
    builder.environment().put("BELFRY_SYNAPSE_SH", text());
    return builder;
  }

  private static String text() {
    try (var stream = SynapseScript.class.getResourceAsStream("synapse.sh")) {
      if (stream == null) {
        throw new IllegalStateException("synapse.sh is not in the jar");
      }
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
