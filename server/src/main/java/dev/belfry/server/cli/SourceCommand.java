package dev.belfry.server.cli;

import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.serve.Environment;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What only the launcher of a source checkout can do; here so that the help lists it. */
@Command
final class SourceCommand implements Callable<Integer> {
  @Parameters(hidden = true)
  List<String> ignored = List.of();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  private final Environment environment;

  SourceCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    environment
        .terminal()
        .err()
        .println("belfry: this needs the sources: run ./belfry in a checkout of them");
    return ExitStatus.USAGE.code();
  }
}
