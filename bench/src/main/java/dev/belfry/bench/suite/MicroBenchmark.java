package dev.belfry.bench.suite;

import dev.belfry.bench.measure.Effort;
import dev.belfry.bench.micro.CodecBenchmarks;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The codec under JMH, which prints its own table. */
final class MicroBenchmark implements Benchmark {
  @Override
  public String name() {
    return "micro";
  }

  @Override
  public String title() {
    return "the codec alone, under JMH";
  }

  @Override
  public boolean isUsual() {
    return false;
  }

  @Override
  public List<Result> run(List<Stage> stages, Effort effort) throws IOException {
    var stage = stages.getFirst();
    List<String> flags = stage.server().flags();
    try (var line = stage.server().connect()) {
      for (var exchange :
          List.of(
              Requests.chats(line).getFirst(),
              Requests.messages(line, 20, "messages-20").getFirst())) {
        var turn = exchange.turns().getFirst();
        Files.write(
            stage.folder().resolve(exchange.codec() + ".json"),
            line.get(turn.request(turn.target())));
      }
    }
    stage.stopServer();
    boolean brief = effort.rounds() == 1;
    var time = TimeValue.nanoseconds(Math.max(1, effort.roundNanos()));
    var options =
        new OptionsBuilder()
            .include(CodecBenchmarks.class.getName())
            .jvm(Launch.java(List.of(), "").getFirst())
            .jvmArgs(flags.toArray(String[]::new))
            .jvmArgsAppend("-Dbelfry.bench.pages=" + stage.folder().toAbsolutePath())
            .forks(1)
            .warmupIterations(brief ? 0 : 3)
            .warmupTime(time)
            .measurementIterations(effort.rounds())
            .measurementTime(time)
            .build();
    try {
      var _ = new Runner(options).run();
    } catch (RunnerException e) {
      throw new IOException(e);
    }
    return List.of();
  }
}
