package dev.belfry.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failures;
import dev.belfry.server.process.LogLevel;
import dev.belfry.server.process.Version;
import dev.belfry.server.serve.Environment;
import dev.belfry.server.serve.ListenAddress;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** All commands, put together. */
public final class CommandTree {
  private CommandTree() {}

  /** Reads the arguments, does what they say, and gives the exit status. */
  public static int run(Environment environment, String... arguments) {
    return of(environment).execute(arguments);
  }

  static CommandLine of(Environment environment) {
    var tree =
        new CommandLine(new BelfryCommand())
            .addSubcommand(new ServeCommand(environment))
            .addSubcommand(
                new CommandLine(new TokenCommand())
                    .addSubcommand(new TokenCreate(environment))
                    .addSubcommand(new TokenList(environment))
                    .addSubcommand(new TokenRevoke(environment)))
            .addSubcommand(new ApproveCommand(environment))
            .addSubcommand(
                new CommandLine(new AccountCommand())
                    .addSubcommand(
                        new CommandLine(new AccountAdd())
                            .addSubcommand(new AccountAddMatrix(environment)))
                    .addSubcommand(new AccountList(environment))
                    .addSubcommand(new AccountRemove(environment)))
            .addSubcommand(new BackupCommand(environment))
            .addSubcommand(new RestoreCommand(environment))
            .addSubcommand(new DoctorCommand(environment))
            .addSubcommand(new VersionCommand(environment))
            .addSubcommand("test", source("Run the tests: all, or unit, hub or e2e.", environment))
            .addSubcommand("bench", source("Run the benchmarks.", environment));
    var statuses = new LinkedHashMap<String, String>();
    for (var status : ExitStatus.values()) {
      statuses.put(" " + status.code(), status.meaning());
    }
    tree.getCommandSpec().usageMessage().exitCodeList(statuses);
    tree.getCommandSpec().version("belfry " + Version.current());
    return configured(tree, environment);
  }

  private static CommandLine source(String header, Environment environment) {
    var command = new CommandLine(new SourceCommand(environment));
    command.getCommandSpec().usageMessage().header(header + " (./belfry in a source checkout)");
    return command;
  }

  private static CommandLine configured(CommandLine tree, Environment environment) {
    var terminal = environment.terminal();
    return tree.setOut(new PrintWriter(terminal.out(), true, UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, UTF_8))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setUsageHelpWidth(100)
        .setExpandAtFiles(false)
        .registerConverter(ListenAddress.class, checked(ListenAddress::parse))
        .registerConverter(ByteCount.class, checked(ByteCount::parse))
        .registerConverter(
            Expiry.class, checked(text -> new Expiry(Durations.parse(text).orElse(null))))
        .registerConverter(LogLevel.class, CommandTree::logLevel)
        .setParameterExceptionHandler((e, _) -> {
          String command = e.getCommandLine().getCommandSpec().qualifiedName();
          terminal.err().println("belfry: " + Suggestions.message(e));
          terminal.err().println("`" + command + " --help` shows how it is used");
          return ExitStatus.USAGE.code();
        })
        .setExecutionExceptionHandler((e, _, _) -> Failures.report(e, terminal).code());
  }

  /**
   * Keeps what the parser of the value says, which else would be wrapped in the library's words.
   */
  private static <T> ITypeConverter<T> checked(ITypeConverter<T> converter) {
    return text -> {
      try {
        return converter.convert(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  private static LogLevel logLevel(String text) {
    List<String> names =
        Arrays.stream(LogLevel.values())
            .map(level -> level.name().toLowerCase(Locale.ROOT))
            .toList();
    return LogLevel.of(text)
        .orElseThrow(() ->
            new TypeConversionException(
                "unknown log level '%s'%s; there are: %s"
                    .formatted(
                        text, Suggestions.didYouMean(text, names), String.join(", ", names))));
  }
}
