package dev.belfry.bench.suite;

import dev.belfry.bench.data.DataSet;
import dev.belfry.bench.data.Feeding;
import dev.belfry.bench.data.Size;
import dev.belfry.bench.measure.CpuClock;
import dev.belfry.bench.measure.Effort;
import dev.belfry.bench.measure.Samples;
import dev.belfry.core.Hub;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The history of two more accounts comes in, in slices of 400 events, into a store that is as large
 * as it is. The figures are of one message, its share of reactions, edits and receipts included; so
 * is the making of the story, on another thread.
 */
final class BulkBenchmark implements StageBenchmark {
  /** More than any machine stores in the time. */
  private static final Size STORY = Size.of(1_000_000);

  /** Where it is only tried: thousands of chats would have to be made before the first message. */
  private static final Size SHORT_STORY = Size.of(2000);

  /** For the first slices chats are made; and what the compiler has not seen is slow. */
  private static final int WARM_UP_SLICES = 100;

  @Override
  public String name() {
    return "bulk";
  }

  @Override
  public String title() {
    return "history comes in, a message";
  }

  @Override
  public Result run(Stage stage, Effort effort) throws IOException, InterruptedException {
    stage.parts();
    stage.stopServer();
    var whole = new Samples();
    long messages = 0;
    long nanos = 0;
    try (var feeding = new Feeding(effort.rounds() == 1 ? SHORT_STORY : STORY, DataSet.ACCOUNTS);
        var hub =
            Hub.open(
                stage.folder(),
                List.of(feeding.network()),
                InstantSource.system(),
                Hub.Options.NONE)) {
      hub.start();
      feeding.logIn(hub);
      int warmUp = Math.min(WARM_UP_SLICES, effort.warmUpTimes());
      for (int stored = 0; stored < warmUp; ) {
        stored += feeding.next() > 0 ? 1 : 0;
      }
      while (nanos < effort.roundNanos() * effort.rounds()) {
        long cpu = CpuClock.SELF.nanos();
        long before = System.nanoTime();
        int more = feeding.next();
        long wall = System.nanoTime() - before;
        if (more > 0) {
          whole.record(wall / more, (CpuClock.SELF.nanos() - cpu) / more);
          messages += more;
          nanos += wall;
        }
      }
    }
    return new Result.Timed(
        name(),
        title(),
        stage.size(),
        whole.figures(),
        OptionalDouble.of(messages / (nanos / 1e9)),
        Map.of());
  }
}
