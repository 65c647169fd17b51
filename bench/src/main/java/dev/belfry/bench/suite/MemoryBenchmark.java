package dev.belfry.bench.suite;

import dev.belfry.bench.measure.Effort;
import dev.belfry.bench.measure.HttpLine;
import dev.belfry.bench.measure.Loop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server's process holds in memory after a time of reading and writing by eight clients.
 */
final class MemoryBenchmark implements Benchmark {
  private static final int CLIENTS = 8;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String title() {
    return "memory after work";
  }

  @Override
  public List<Result> run(List<Stage> stages, Effort effort)
      throws IOException, InterruptedException {
    var results = new ArrayList<Result>();
    for (var stage : stages) {
      stage.stopServer();
      var server = stage.server();
      List<Exchange> exchanges;
      try (var line = server.connect()) {
        exchanges = mix(line);
      }
      var crowd = new Crowd(CLIENTS, effort.roundNanos() * effort.rounds());
      var _ = crowd.perSecond(server, own -> steps(own, exchanges));
      results.add(new Result.Memory(name(), title(), stage.size(), server.residentBytes()));
    }
    return results;
  }

  private static List<Exchange> mix(HttpLine line) throws IOException {
    var mix = new ArrayList<Exchange>();
    mix.addAll(Requests.chats(line));
    mix.addAll(Requests.messages(line, 20, "messages-20"));
    mix.addAll(Requests.messages(line, 100, "messages-100"));
    mix.addAll(Requests.marks(line));
    mix.addAll(Requests.send(line));
    return mix;
  }

  private static List<Loop.Step<IOException>> steps(HttpLine line, List<Exchange> exchanges) {
    return exchanges.stream().map(exchange -> HttpBenchmark.step(line, exchange)).toList();
  }
}
