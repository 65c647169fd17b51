package dev.belfry.server.folder;

import dev.belfry.server.process.Version;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Who uses the data folder, as written into its lock file.
 *
 * @param pid the process
 * @param version of the program
 * @param address where it answers HTTP, such as {@code http://127.0.0.1:23373}; null for a command,
 *     or a server that is not ready
 * @param socket the path where it takes commands; null as above
 */
@Json
public record Owner(long pid, String version, @Nullable String address, @Nullable String socket) {
  /** This process, before it can be spoken to. */
  public static Owner self() {
    return new Owner(ProcessHandle.current().pid(), Version.current(), null, null);
  }

  /** Such as {@code process 12}. */
  public String describe() {
    return address == null
        ? "process " + pid
        : "a running server (process " + pid + ", " + address + ")";
  }
}
