package dev.belfry.bench.suite;

import dev.belfry.bench.measure.CpuClock;
import dev.belfry.bench.measure.Effort;
import dev.belfry.bench.measure.Figures;
import dev.belfry.bench.measure.HttpLine;
import dev.belfry.bench.measure.Loop;
import dev.belfry.bench.measure.Samples;
import dev.belfry.bench.parts.Task;
import dev.belfry.core.Hub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Requests over HTTP, one at a time from one client, and their parts: the same bytes from a bare
 * Jetty, the SQL alone, the writing of the JSON alone. The whole cannot be cheaper than their sum;
 * what it costs more is ours.
 */
final class HttpBenchmark implements Benchmark {
  private static final int CLIENTS = 8;

  /** How long the crowd works for each time that something is done to warm up. */
  private static final long CROWD_NANOS = 500_000;

  private final String name;
  private final String title;
  private final Scripts script;

  /** What is asked of a server; several kinds are asked in turn. */
  interface Scripts {
    List<Exchange> of(HttpLine line) throws IOException;
  }

  HttpBenchmark(String name, String title, Scripts script) {
    this.name = name;
    this.title = title;
    this.script = script;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public List<Result> run(List<Stage> stages, Effort effort)
      throws IOException, InterruptedException {
    var runs = new ArrayList<Run>();
    try {
      for (var stage : stages) {
        runs.add(new Run(stage, script));
      }
      for (var run : runs) {
        run.warmUp(effort);
        run.round(new Effort(effort.warmUpTimes(), 0, 1), false);
      }
      for (int round = 0; round < effort.rounds(); round++) {
        for (var run : runs) {
          run.round(effort.warm(), true);
        }
      }
      var results = new ArrayList<Result>();
      for (var run : runs) {
        run.throughput(effort);
        results.addAll(run.results());
      }
      return results;
    } finally {
      for (var run : runs) {
        run.line.close();
      }
    }
  }

  /** Sends the requests of a kind, one a turn. */
  static Loop.Step<IOException> step(HttpLine line, Exchange exchange) {
    var requests = exchange.turns().stream().map(turn -> turn.request(turn.target())).toList();
    return turn -> line.send(requests.get(exchange.indexOf(turn)));
  }

  private record Parts(Samples jetty, Samples query, Samples codec) {
    Map<String, Figures> figures() {
      return Map.of("jetty", jetty.figures(), "query", query.figures(), "codec", codec.figures());
    }
  }

  /** One stage's part in it. */
  private static final class Run {
    private final Stage stage;
    private final HttpLine line;
    private final List<Exchange> exchanges;
    private final List<Loop.Step<IOException>> whole = new ArrayList<>();
    private final List<Loop.Step<IOException>> bare = new ArrayList<>();
    private final List<Samples> wholes = new ArrayList<>();
    private final List<Parts> parts = new ArrayList<>();
    private OptionalDouble perSecond = OptionalDouble.empty();

    Run(Stage stage, Scripts script) throws IOException {
      this.stage = stage;
      this.line = stage.server().connect();
      this.exchanges = script.of(line);
      for (var exchange : exchanges) {
        prepare(exchange);
      }
      hear();
    }

    private void prepare(Exchange exchange) {
      whole.add(step(line, exchange));
      wholes.add(new Samples());
      parts.add(new Parts(new Samples(), new Samples(), new Samples()));
    }

    /** Asks all once, so that the bare server can answer the same. */
    private void hear() throws IOException {
      var bareLine = stage.parts().line();
      for (var exchange : exchanges) {
        var requests = new ArrayList<byte[]>();
        for (int i = 0; i < exchange.turns().size(); i++) {
          var turn = exchange.turns().get(i);
          stage.parts().put(path(exchange, i), line.get(turn.request(turn.target())));
          requests.add(turn.request(path(exchange, i)));
        }
        bare.add(turn -> bareLine.send(requests.get(exchange.indexOf(turn))));
      }
    }

    private static String path(Exchange exchange, int turn) {
      return "/content/" + exchange.name() + "/" + turn;
    }

    /**
     * Has a crowd work the server until its code is what it is after a while of use: one client
     * would take minutes for that.
     */
    void warmUp(Effort effort) throws IOException, InterruptedException {
      perSecond(effort.warmUpTimes() * CROWD_NANOS);
    }

    private double perSecond(long nanos) throws IOException, InterruptedException {
      return new Crowd(CLIENTS, nanos)
          .perSecond(
              stage.server(),
              own -> exchanges.stream().map(exchange -> step(own, exchange)).toList());
    }

    void round(Effort effort, boolean keep) throws IOException {
      line.reopen();
      var server = all(stage.server().clock(), whole, effort);
      stage.parts().line().reopen();
      var jetty = all(stage.parts().clock(), bare, effort);
      for (int i = 0; i < exchanges.size(); i++) {
        var exchange = exchanges.get(i);
        var query = stage.parts().run("query", query(exchange, effort));
        var codec = stage.parts().run("codec", codec(exchange, effort));
        if (keep) {
          wholes.get(i).add(server.get(i));
          parts.get(i).jetty().add(jetty.get(i));
          parts.get(i).query().add(query);
          parts.get(i).codec().add(codec);
        }
      }
    }

    private static List<Samples> all(
        CpuClock clock, List<Loop.Step<IOException>> steps, Effort effort) throws IOException {
      Loop.warmUp(effort.warmUpTimes(), steps);
      return Loop.measureInTurn(clock, effort.roundNanos() * steps.size(), steps);
    }

    private Task query(Exchange exchange, Effort effort) {
      var keys = exchange.turns().stream().map(Exchange.Turn::key).toList();
      return new Task(exchange.query(), stage.folder().resolve(Hub.STORE).toString(), effort, keys);
    }

    private static Task codec(Exchange exchange, Effort effort) {
      var keys = new ArrayList<String>();
      for (int i = 0; i < exchange.turns().size(); i++) {
        keys.add(path(exchange, i));
      }
      return new Task(exchange.codec(), "", effort, keys);
    }

    /** How much goes through with several clients at once, on the cores that they share. */
    void throughput(Effort effort) throws IOException, InterruptedException {
      perSecond = OptionalDouble.of(perSecond(effort.roundNanos() * effort.rounds()));
    }

    List<Result> results() {
      var results = new ArrayList<Result>();
      for (int i = 0; i < exchanges.size(); i++) {
        results.add(
            new Result.Timed(
                exchanges.get(i).name(),
                exchanges.get(i).title(),
                stage.size(),
                wholes.get(i).figures(),
                perSecond,
                parts.get(i).figures()));
      }
      return results;
    }
  }
}
