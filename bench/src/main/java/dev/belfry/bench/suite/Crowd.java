package dev.belfry.bench.suite;

import dev.belfry.bench.measure.HttpLine;
import dev.belfry.bench.measure.Loop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * Several clients at once, each on a connection and a thread of its own.
 *
 * @param nanos how long
 */
record Crowd(int clients, long nanos) {
  /** Requests a second, all together. */
  double perSecond(ServerProcess server, Function<HttpLine, List<Loop.Step<IOException>>> script)
      throws IOException, InterruptedException {
    var tasks = new ArrayList<FutureTask<Long>>();
    long begun = System.nanoTime();
    for (int i = 0; i < clients; i++) {
      int first = i * 7; // not all in step
      var task = new FutureTask<>(() -> count(server, script, first, begun + nanos));
      tasks.add(task);
      Thread.ofPlatform().name("client-" + i).start(task);
    }
    long requests = 0;
    for (var task : tasks) {
      try {
        requests += task.get();
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      }
    }
    return requests / ((System.nanoTime() - begun) / 1e9);
  }

  private static long count(
      ServerProcess server,
      Function<HttpLine, List<Loop.Step<IOException>>> script,
      int first,
      long end)
      throws IOException {
    try (var line = server.connect()) {
      var steps = script.apply(line);
      long count = 0;
      for (int turn = first; turn == first || System.nanoTime() < end; turn++) {
        for (var step : steps) {
          step.run(turn);
          count++;
        }
      }
      return count;
    }
  }
}
