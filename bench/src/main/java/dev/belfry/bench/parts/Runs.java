package dev.belfry.bench.parts;

import dev.belfry.bench.measure.CpuClock;
import dev.belfry.bench.measure.Loop;
import dev.belfry.bench.measure.Samples;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Measures SQL and JSON, each on a platform thread, as the store's are. */
final class Runs {
  private final Map<String, byte[]> contents;

  Runs(Map<String, byte[]> contents) {
    this.contents = contents;
  }

  String run(String part, String text) throws InterruptedException {
    var task = Task.parse(text);
    var work =
        new FutureTask<>(() ->
            switch (part) {
              case "codec" -> codec(task);
              case "query" -> query(task);
              default -> throw new IllegalArgumentException(part);
            });
    Thread.ofPlatform().name("part").start(work);
    try {
      return work.get().encoded();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Samples codec(Task task) {
    var bodies = task.keys().stream().map(contents::get).toList();
    var values = BareCodec.read(task.name(), bodies);
    Loop.Step<RuntimeException> step = i -> BareCodec.write(values.get(i % values.size()));
    Loop.warmUp(task.effort().warmUpTimes(), step);
    return Loop.measure(CpuClock.SELF, task.effort().roundNanos(), step);
  }

  private static Samples query(Task task) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + task.folder());
        var query = BareQuery.of(task.name(), connection)) {
      var keys = task.keys();
      Loop.Step<SQLException> step = i -> query.run(keys.get(i % keys.size()));
      Loop.warmUp(task.effort().warmUpTimes(), step);
      return Loop.measure(CpuClock.SELF, task.effort().roundNanos(), step);
    }
  }
}
