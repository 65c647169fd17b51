package dev.belfry.bench.suite;

import dev.belfry.bench.measure.Effort;
import java.io.IOException;
import java.util.List;

/** Something that can be measured. */
interface Benchmark {
  /** What to call it on the command line. */
  String name();

  /** For people, in the list. */
  String title();

  /** Whether it is measured where nothing is chosen. */
  default boolean isUsual() {
    return true;
  }

  /**
   * Measures it on each stage, in turns where that can be: what disturbs the machine for a while
   * then disturbs all.
   */
  List<Result> run(List<Stage> stages, Effort effort) throws IOException, InterruptedException;
}
