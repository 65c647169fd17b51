package dev.belfry.bench.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.bench.measure.Effort;
import dev.belfry.bench.measure.HttpLine;
import dev.belfry.bench.measure.Samples;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * From a change to the sockets of those who listen. Two times are looked at: {@code events-commit}
 * begins with the time stamp of the change, taken in its transaction, so that it holds the commit
 * itself; {@code events-sandbox} with the time stamp that the sandbox's message bears. Both are cut
 * off to whole milliseconds, and lack half of one on the average, which is added to them.
 *
 * <p>Then a crowd: a thousand sockets at five messages a second, without and with one that reads
 * nothing.
 */
final class EventsBenchmark implements Benchmark {
  private static final String SEND = "/v1/chats/!faults:sandbox.local/messages";
  private static final int READERS = 10;
  private static final int CROWD = 1000;

  /** As many as the sandbox sends at one command. */
  private static final int MOST = 5000;

  private static final Duration CUT_OFF = Duration.ofNanos(500_000);

  /** The sandbox takes a moment to begin, and somewhat longer than asked for. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(2);

  @Override
  public String name() {
    return "events";
  }

  @Override
  public String title() {
    return "events on WebSockets";
  }

  @Override
  public boolean isUsual() {
    return false;
  }

  @Override
  public List<Result> run(List<Stage> stages, Effort effort)
      throws IOException, InterruptedException {
    var results = new ArrayList<Result>();
    long nanos = effort.roundNanos() * effort.rounds();
    for (var stage : stages) {
      stage.stopServer();
      try (var server = ServerProcess.start(stage.launch(), stage.folder(), "--sandbox")) {
        awaitSandbox(server);
        var few = new Run(server, READERS, false);
        few.measure(200, nanos);
        results.add(
            few.result(stage, "events-commit", "commit to 10 sockets, 200 messages/s", true));
        results.add(
            few.result(stage, "events-sandbox", "sandbox to 10 sockets, 200 messages/s", false));
        for (boolean stuck : new boolean[] {false, true}) {
          var crowd = new Run(server, CROWD, stuck);
          crowd.measure(5, 3 * nanos);
          var how = stuck ? ", one of them stuck" : "";
          var name = "events-crowd" + (stuck ? "-stuck" : "");
          results.add(
              crowd.result(stage, name, "commit to 1000 sockets, 5 messages/s" + how, true));
          results.add(
              new Result.Memory(
                  name + "-memory",
                  "memory with 1000 sockets" + how,
                  stage.size(),
                  crowd.resident));
        }
      }
    }
    return results;
  }

  private static void awaitSandbox(ServerProcess server) throws IOException, InterruptedException {
    try (var line = server.connect()) {
      var get = ServerProcess.request("GET", SEND, null);
      while (!isThere(line, get)) {
        Thread.sleep(50);
      }
    }
  }

  /** Until the first sync has brought the chat it is not found. */
  private static boolean isThere(HttpLine line, byte[] get) throws IOException {
    try {
      line.send(get);
      return true;
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).startsWith("answer 404")) {
        return false;
      }
      throw e;
    }
  }

  /** Some readers, and what they measured. */
  private static final class Run {
    private final ServerProcess server;
    private final int readers;
    private final boolean stuck;
    private final Samples commit = new Samples();
    private final Samples sandbox = new Samples();
    private long resident;

    Run(ServerProcess server, int readers, boolean stuck) {
      this.server = server;
      this.readers = readers;
      this.stuck = stuck;
    }

    void measure(int aSecond, long nanos) throws IOException, InterruptedException {
      var sockets = new ArrayList<EventSocket>();
      try (var client = HttpClient.newHttpClient();
          var line = server.connect()) {
        for (int i = 0; i < readers; i++) {
          sockets.add(EventSocket.connect(client, server.port(), this::heard, stuck && i == 0));
        }
        storm(line, aSecond, nanos / 2); // warms up
        synchronized (this) {
          commit.reset();
          sandbox.reset();
        }
        storm(line, aSecond, nanos);
        resident = server.residentBytes();
        sockets.forEach(EventSocket::close);
        client.shutdownNow();
      }
    }

    /** Has the sandbox send messages one by one, and waits for about their end. */
    private static void storm(HttpLine line, int aSecond, long nanos)
        throws IOException, InterruptedException {
      long messages = Math.clamp(nanos * aSecond / 1_000_000_000L, 1, MOST);
      var body = "{\"text\":\"/storm " + messages + " " + aSecond + "\"}";
      line.send(ServerProcess.request("POST", SEND, body.getBytes(UTF_8)));
      Thread.sleep(Duration.ofMillis(messages * 1000 / aSecond).plus(AFTERWARDS));
    }

    private synchronized void heard(String json, Instant at) {
      if (!json.startsWith("{\"type\":\"message.upserted\"")
          || !json.contains("\"text\":\"Storm ")) {
        return;
      }
      commit.record(since(json, "\"ts\":\"", at), 0);
      sandbox.record(since(json, "\"timestamp\":\"", at), 0);
    }

    private static long since(String json, String key, Instant at) {
      int begin = json.indexOf(key) + key.length();
      var then = Instant.parse(json.substring(begin, json.indexOf('"', begin)));
      return Math.max(0, Duration.between(then.plus(CUT_OFF), at).toNanos());
    }

    Result result(Stage stage, String name, String title, boolean fromCommit) {
      return new Result.Timed(
          name,
          title,
          stage.size(),
          (fromCommit ? commit : sandbox).figures(),
          OptionalDouble.empty(),
          Map.of());
    }
  }
}
