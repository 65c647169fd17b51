package dev.belfry.bench.suite;

import dev.belfry.bench.measure.Effort;
import dev.belfry.bench.measure.HttpLine;
import dev.belfry.bench.measure.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * From the beginning of the process to the end of the first answer, beside a Java that starts
 * nothing but Jetty. The packaged server has its start-up cache, which the bare one has not.
 */
final class StartBenchmark implements Benchmark {
  private static final int STARTS_A_ROUND = 3;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String title() {
    return "start to first answer";
  }

  @Override
  public List<Result> run(List<Stage> stages, Effort effort)
      throws IOException, InterruptedException {
    var results = new ArrayList<Result>();
    for (var stage : stages) {
      stage.launch().train();
      var flags = stage.server().flags();
      stage.stopServer();
      var whole = new Samples();
      var bare = new Samples();
      for (int i = 0; i < STARTS_A_ROUND * effort.rounds(); i++) {
        try (var server = ServerProcess.start(stage.launch(), stage.folder())) {
          whole.record(server.firstAnswerNanos(), server.clock().nanos());
        }
        try (var parts = PartsProcess.start(flags, stage.folder())) {
          parts.put("/content/first", new byte[] {'{', '}'});
          parts.line().send(HttpLine.request("GET", "/content/first", null, null));
          bare.record(parts.age(), parts.clock().nanos());
        }
      }
      results.add(
          new Result.Timed(
              name(),
              title(),
              stage.size(),
              whole.figures(),
              OptionalDouble.empty(),
              Map.of("jetty", bare.figures())));
    }
    return results;
  }
}
