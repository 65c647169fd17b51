package dev.belfry.bench;

import dev.belfry.bench.data.Size;
import dev.belfry.bench.suite.Suite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param names the benchmarks; empty for the usual ones
 * @param data where the data sets are kept; null for the usual folder
 * @param json where to write the figures too; null for nowhere
 */
record Options(
    Action action,
    List<String> names,
    Size size,
    @Nullable Path data,
    double seconds,
    @Nullable Path json,
    boolean alone) {
  private static final long USUAL_MESSAGES = 200_000;
  private static final double USUAL_SECONDS = 3;
  private static final List<String> FLAGS = List.of("--help", "--alone");
  private static final List<String> VALUES = List.of("--messages", "--data", "--seconds", "--json");

  /** What is to be done. */
  enum Action {
    MEASURE,
    LIST,
    HELP
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with what is wrong, for people
   */
  static Options parse(String... arguments) {
    var action = Action.MEASURE;
    var names = new ArrayList<String>();
    var size = Size.of(USUAL_MESSAGES);
    Path data = null;
    Path json = null;
    double seconds = USUAL_SECONDS;
    boolean alone = false;
    for (int i = 0; i < arguments.length; i++) {
      var argument = arguments[i];
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      var name = equals < 0 ? argument : argument.substring(0, equals);
      var value = "";
      if (VALUES.contains(name)) {
        if (equals < 0 && ++i == arguments.length) {
          throw new IllegalArgumentException(name + " needs a value");
        }
        value = equals < 0 ? arguments[i] : argument.substring(equals + 1);
      }
      switch (name) {
        case "-h", "--help", "help" -> action = Action.HELP;
        case "list" -> action = Action.LIST;
        case "--alone" -> alone = true;
        case "--messages" -> size = size(value);
        case "--data" -> data = Path.of(value);
        case "--json" -> json = Path.of(value);
        case "--seconds" -> seconds = seconds(value);
        default -> names.add(known(name));
      }
    }
    return new Options(action, names, size, data, seconds, json, alone);
  }

  /** {@code 200000}, {@code 200k} or {@code 2M}. */
  private static Size size(String text) {
    var units = Map.of("k", 1000L, "m", 1_000_000L);
    var lower = text.toLowerCase(Locale.ROOT);
    var unit = lower.isEmpty() ? "" : lower.substring(lower.length() - 1);
    var digits = units.containsKey(unit) ? lower.substring(0, lower.length() - 1) : lower;
    try {
      return Size.of(Math.multiplyExact(Long.parseLong(digits), units.getOrDefault(unit, 1L)));
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException("--messages: a number, such as 2000000 or 2M", e);
    }
  }

  private static double seconds(String text) {
    try {
      double seconds = Double.parseDouble(text);
      if (seconds > 0 && seconds <= 3600) {
        return seconds;
      }
    } catch (NumberFormatException _) {
      // the same answer
    }
    throw new IllegalArgumentException("--seconds: a number above 0, at most 3600");
  }

  private static String known(String name) {
    var benchmarks = Suite.list().stream().map(Suite.Listed::name).toList();
    if (benchmarks.contains(name)) {
      return name;
    }
    var all =
        name.startsWith("-") ? Stream.of(FLAGS, VALUES).flatMap(List::stream).toList() : benchmarks;
    var nearest =
        all.stream().min(Comparator.comparingInt(one -> distance(one, name))).orElseThrow();
    throw new IllegalArgumentException(
        "unknown %s '%s': did you mean %s? `belfry bench --help` tells what there is"
            .formatted(name.startsWith("-") ? "option" : "benchmark", name, nearest));
  }

  /** How many letters must be changed, added or left out to make one of the other. */
  private static int distance(String one, String other) {
    var row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[other.length()];
  }
}
