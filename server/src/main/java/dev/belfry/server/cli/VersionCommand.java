package dev.belfry.server.cli;

import dev.belfry.server.process.Version;
import dev.belfry.server.serve.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code belfry version}. */
@Command(name = "version", header = "Print the version.")
final class VersionCommand implements Runnable {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  private final Environment environment;

  VersionCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    environment.terminal().out().println("belfry " + Version.current());
    environment
        .terminal()
        .err()
        .println(
            "Java %s (%s), %s %s"
                .formatted(
                    System.getProperty("java.version"),
                    System.getProperty("java.vendor"),
                    System.getProperty("os.name"),
                    System.getProperty("os.arch")));
  }
}
