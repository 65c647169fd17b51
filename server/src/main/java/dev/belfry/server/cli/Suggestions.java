package dev.belfry.server.cli;

import java.util.ArrayList;
import java.util.Collection;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and what was probably meant. */
final class Suggestions {
  private Suggestions() {}

  static String message(ParameterException e) {
    CommandLine command = e.getCommandLine();
    return switch (e) {
      case UnmatchedArgumentException unmatched -> {
        String first = unmatched.getUnmatched().getFirst();
        String name =
            first.startsWith("--") && first.contains("=")
                ? first.substring(0, first.indexOf('='))
                : first;
        yield name.startsWith("-") && name.length() > 1
            ? "unknown option %s%s".formatted(name, didYouMean(name, options(command)))
            : command.getSubcommands().isEmpty()
                ? "there is one argument too many: '" + first + "'"
                : "unknown command '%s'%s"
                    .formatted(name, didYouMean(name, command.getSubcommands().keySet()));
      }
      case MissingParameterException missing when !missing.getMissing().isEmpty() ->
          "missing: "
              + String.join(", ", missing.getMissing().stream().map(Suggestions::nameOf).toList());
      default -> String.valueOf(e.getMessage());
    };
  }

  /** {@code ; did you mean ...?}, or nothing. */
  static String didYouMean(String typed, Collection<String> candidates) {
    return Nearest.to(typed, candidates)
        .map(candidate -> "; did you mean " + candidate + "?")
        .orElse("");
  }

  private static Collection<String> options(CommandLine command) {
    var names = new ArrayList<String>();
    for (var option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        names.addAll(java.util.List.of(option.names()));
      }
    }
    return names;
  }

  private static String nameOf(CommandLine.Model.ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " " + option.paramLabel()
        : argument.paramLabel();
  }
}
