package dev.belfry.server.serve;

import dev.belfry.server.folder.DataFolder;
import dev.belfry.server.process.Terminal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the world outside gives to a command.
 *
 * @param variables those of the process's environment
 */
public record Environment(Terminal terminal, Map<String, String> variables, InstantSource clock) {
  /**
   * The data folder.
   *
   * @param asked what {@code --data} says
   */
  public DataFolder folder(@Nullable Path asked) {
    return DataFolder.of(asked, variables);
  }

  /** How this program was called, for hints that can be copied. */
  public String program() {
    return quoted(variables.getOrDefault("BELFRY_PROGRAM", "belfry"));
  }

  /** As one word for a shell. */
  static String quoted(String text) {
    return text.matches("[A-Za-z0-9/._+~-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
