package dev.belfry.bench.suite;

import dev.belfry.bench.measure.Effort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is measured on one stage after the other, as the hub that is measured runs right here. */
interface StageBenchmark extends Benchmark {
  /** Measures it on one stage. */
  Result run(Stage stage, Effort effort) throws IOException, InterruptedException;

  @Override
  default List<Result> run(List<Stage> stages, Effort effort)
      throws IOException, InterruptedException {
    var results = new ArrayList<Result>();
    for (var stage : stages) {
      results.add(run(stage, effort));
    }
    return results;
  }
}
