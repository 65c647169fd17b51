package dev.belfry.bench.suite;

import dev.belfry.bench.data.DataSet;
import dev.belfry.bench.measure.Effort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All benchmarks, and the running of some of them. */
public final class Suite {
  private static final List<Benchmark> ALL =
      List.of(
          new HttpBenchmark("chats", "list of 25 chats", line -> Requests.chats(line)),
          new HttpBenchmark("chat", "one chat", line -> Requests.chat(line)),
          messages(20),
          messages(100),
          new HttpBenchmark("hits", "search, with its chats", line -> Requests.hits(line)),
          new HttpBenchmark(
              "marks", "mark unread and mark read, in turn", line -> Requests.marks(line)),
          new HttpBenchmark("send", "send a message", line -> Requests.send(line)),
          new IngestBenchmark(),
          new BulkBenchmark(),
          new StartBenchmark(),
          new MemoryBenchmark(),
          new SearchBenchmark(),
          new MatrixBenchmark(),
          new EventsBenchmark(),
          new MicroBenchmark());

  private Suite() {}

  private static Benchmark messages(int limit) {
    var name = "messages-" + limit;
    return new HttpBenchmark(
        name, "page of %d messages".formatted(limit), line -> Requests.messages(line, limit, name));
  }

  /**
   * A benchmark in the list.
   *
   * @param usual whether it is measured where nothing is chosen
   */
  public record Listed(String name, String title, boolean usual) {}

  /** All there are, in their order. */
  public static List<Listed> list() {
    return ALL.stream().map(one -> new Listed(one.name(), one.title(), one.isUsual())).toList();
  }

  /**
   * What came of a run.
   *
   * @param failed the benchmarks that did not come to their end
   */
  public record Measured(List<Result> results, List<String> failed) {}

  /**
   * Measures. One that fails takes nothing from the others.
   *
   * @param names which; empty for the usual ones
   * @param say told what is being done
   */
  public static Measured run(
      List<String> names, List<DataSet> sets, Launch launch, Effort effort, Consumer<String> say)
      throws IOException, InterruptedException {
    launch.train();
    var stages = new ArrayList<Stage>();
    try {
      for (var set : sets) {
        stages.add(new Stage(set, launch));
      }
      var results = new ArrayList<Result>();
      var failed = new ArrayList<String>();
      for (var benchmark : ALL) {
        if (names.isEmpty() ? benchmark.isUsual() : names.contains(benchmark.name())) {
          say.accept("measuring " + benchmark.title());
          try {
            results.addAll(benchmark.run(stages, effort));
          } catch (IOException e) {
            say.accept("%s failed: %s".formatted(benchmark.name(), e.getMessage()));
            failed.add(benchmark.name());
            for (var stage : stages) {
              stage.stopServer(); // the next one begins with a fresh one
            }
          }
        }
      }
      return new Measured(results, failed);
    } finally {
      for (var stage : stages) {
        stage.close();
      }
    }
  }
}
