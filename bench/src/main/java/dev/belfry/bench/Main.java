package dev.belfry.bench;

import dev.belfry.bench.data.DataSet;
import dev.belfry.bench.data.Size;
import dev.belfry.bench.measure.Effort;
import dev.belfry.bench.suite.Launch;
import dev.belfry.bench.suite.Suite;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code belfry bench}. */
public final class Main {
  private static final int FAILED = 1;
  private static final int USAGE_ERROR = 2;
  private static final long COMPARED_WITH = 200_000;
  private static final String HELP =
      """
      Usage: belfry bench [options] [BENCHMARK...]

      Measures the server on a made-up inbox, and beside it what an answer is made of: bare HTTP, bare SQL, bare JSON.
      `belfry bench list` tells which benchmarks there are. None named: those marked with a star.

        --messages N    how large the inbox is: 200k (the default), 2M, any number from 500
        --seconds S     how long each figure is measured; 3 by default
        --data DIR      where inboxes are kept; by default in the user's cache folder. Each is built once and then
                        kept (600 MB a million messages); a measurement works on a copy and deletes it
        --alone         not also on the inbox of 200k, which is otherwise measured beside a larger one if it exists
        --json FILE     writes the figures there too
      """;

  private Main() {}

  /** Runs, and exits with 2 where the command line is wrong, with 1 where a benchmark failed. */
  public static void main(String... arguments) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("belfry bench: " + e.getMessage());
      System.exit(USAGE_ERROR);
      return;
    }
    switch (options.action()) {
      case HELP -> System.out.print(HELP);
      case LIST -> list();
      case MEASURE -> {
        if (!measure(options, Effort.seconds(options.seconds()), System.out)) {
          System.exit(FAILED);
        }
      }
    }
  }

  private static void list() {
    for (var benchmark : Suite.list()) {
      System.out.printf(
          "%s %-13s %s%n", benchmark.usual() ? "*" : " ", benchmark.name(), benchmark.title());
    }
  }

  /** Whether all came to their end. */
  static boolean measure(Options options, Effort effort, PrintStream out)
      throws IOException, InterruptedException {
    var chosen = options.data();
    var root = chosen == null ? Cache.folder() : chosen.toAbsolutePath();
    var machine = Machine.here();
    out.println(machine);
    if (machine.isBusy()) {
      System.err.println(
          "belfry bench: this machine is busy: times are worse than they need be, CPU and ratios less so");
    }
    var sets = new ArrayList<DataSet>();
    sets.add(DataSet.require(root, options.size(), System.err::println));
    if (!options.alone() && options.size().messages() > COMPARED_WITH) {
      DataSet.find(root, Size.of(COMPARED_WITH)).ifPresent(set -> sets.addFirst(set));
    }
    for (var set : sets) {
      describe(set, out);
    }
    var measured = Suite.run(options.names(), sets, launch(root), effort, System.err::println);
    if (!measured.results().isEmpty()) {
      out.println();
      out.print(Table.of(measured.results()));
    }
    var json = options.json();
    if (json != null) {
      JsonReport.write(json, machine, List.copyOf(sets), measured.results());
    }
    return measured.failed().isEmpty();
  }

  private static Launch launch(Path root) {
    var app = System.getProperty("belfry.app");
    return new Launch(app == null ? null : Path.of(app), root.resolve("start-cache"));
  }

  private static void describe(DataSet set, PrintStream out) throws IOException {
    out.printf(
        "%s: %,d messages in %,d chats, %,d MB; %s in %.0f s, %,.0f messages a second, %,.0f a CPU second%n",
        set.size().label(),
        set.size().messages(),
        set.size().chats(),
        set.bytes() / 1_000_000,
        set.fresh() ? "built now" : "built before",
        set.building().nanos() / 1e9,
        set.building().messagesPerSecond(),
        set.building().messagesPerCpuSecond());
  }
}
