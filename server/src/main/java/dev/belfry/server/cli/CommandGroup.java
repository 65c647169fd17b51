package dev.belfry.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that is only a name for others, such as {@code token}. */
abstract class CommandGroup implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Override
  public final void run() {
    CommandLine here = spec.commandLine();
    throw new ParameterException(
        here, "say which: " + String.join(", ", here.getSubcommands().keySet()));
  }
}
