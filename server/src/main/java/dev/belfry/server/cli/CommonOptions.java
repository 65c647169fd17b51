package dev.belfry.server.cli;

import dev.belfry.server.process.LogLevel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that each command on data has. */
final class CommonOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The data folder; else the one that BELFRY_DATA names, else the platform's usual one.")
  @Nullable Path data;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "What the log tells: error, warn, info, debug (with stack traces) or trace.")
  @Nullable LogLevel logLevel;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  LogLevel logLevel(LogLevel usual) {
    return logLevel == null ? usual : logLevel;
  }
}
