package dev.belfry.bench.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.bench.data.DataSet;
import dev.belfry.bench.measure.Effort;
import dev.belfry.bench.measure.Samples;
import dev.belfry.homeserver.MatrixUser;
import dev.belfry.homeserver.Synapse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * An account with 500 rooms on a real Synapse is added to a running server: from the command to the
 * end of the first sync, and what the server holds in memory once all history has been fetched. The
 * wall clock counts the homeserver's work too; the CPU time is the server's alone.
 */
final class MatrixBenchmark implements Benchmark {
  private static final int ROOMS = Integer.getInteger("belfry.bench.rooms", 500);
  private static final int PEOPLE = 25;
  private static final int MEMBERS = 4;
  private static final int MESSAGES_A_ROOM = 5;
  private static final int AT_ONCE = 6;
  private static final String PASSWORD = "bench-password";
  private static final long PATIENCE_MINUTES = 30;
  private static final long LOOK_AGAIN_MILLIS = 500;

  @Override
  public String name() {
    return "matrix";
  }

  @Override
  public String title() {
    return "first sync and memory with %d Matrix rooms".formatted(ROOMS);
  }

  /** It installs a homeserver, and needs root for that. */
  @Override
  public boolean isUsual() {
    return false;
  }

  @Override
  public List<Result> run(List<Stage> stages, Effort effort)
      throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("belfry-bench-synapse");
    try (var synapse = Synapse.start(folder)) {
      var owner = synapse.register("owner", PASSWORD);
      settle(synapse, owner);
      var results = new ArrayList<Result>();
      for (var stage : stages) {
        stage.stopServer(); // what it held before is not to be measured
        results.addAll(run(stage, synapse));
        stage.stopServer();
      }
      return results;
    } finally {
      DataSet.delete(folder);
    }
  }

  private static void settle(Synapse synapse, MatrixUser owner)
      throws IOException, InterruptedException {
    var people = new ArrayList<MatrixUser>();
    for (int i = 0; i < PEOPLE; i++) {
      people.add(synapse.ghost("person" + i));
    }
    try (var workers = Executors.newFixedThreadPool(AT_ONCE)) {
      var rooms = new ArrayList<Callable<String>>();
      for (int i = 0; i < ROOMS; i++) {
        int number = i;
        rooms.add(() -> room(number, people, owner));
      }
      for (Future<String> room : workers.invokeAll(rooms)) {
        var _ = room.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static String room(int number, List<MatrixUser> people, MatrixUser owner) {
    var room =
        people
            .get(number % PEOPLE)
            .createRoom(
                Map.of("preset", "public_chat", "name", "Room " + number, "topic", "of " + number));
    var _ = owner.join(room.id());
    for (int i = 1; i < MEMBERS; i++) {
      var _ = people.get((number + i) % PEOPLE).join(room.id());
    }
    for (int i = 0; i < MESSAGES_A_ROOM; i++) {
      var _ = people.get((number + i % MEMBERS) % PEOPLE).room(room.id()).say("Message " + i);
    }
    return room.id();
  }

  private List<Result> run(Stage stage, Synapse synapse) throws IOException, InterruptedException {
    var server = stage.server();
    long cpu = server.clock().nanos();
    long begun = System.nanoTime();
    addAccount(stage, synapse);
    var sync = new Samples();
    sync.record(System.nanoTime() - begun, server.clock().nanos() - cpu);
    long atFirst = server.residentBytes();
    awaitHistory(server);
    return List.of(
        new Result.Timed(
            name(),
            "first sync of %d Matrix rooms".formatted(ROOMS),
            stage.size(),
            sync.figures(),
            OptionalDouble.empty(),
            Map.of()),
        new Result.Memory(name() + "-sync", "memory after it", stage.size(), atFirst),
        new Result.Memory(
            name() + "-memory",
            "memory once all history is here",
            stage.size(),
            server.residentBytes()));
  }

  /** As a person does it; ends with the first sync. */
  private static void addAccount(Stage stage, Synapse synapse)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(stage.launch().server());
    command.addAll(List.of("account", "add", "matrix", "--homeserver", synapse.url().toString()));
    command.addAll(List.of("--user", "owner", "--data", stage.folder().toString()));
    var log = stage.folder().resolve("account.log");
    var adding =
        stage
            .launch()
            .prepare(new ProcessBuilder(command))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try (var in = adding.getOutputStream()) {
      in.write((PASSWORD + "\n").getBytes(UTF_8));
    }
    if (!adding.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      adding.destroy();
    }
    if (adding.waitFor() != 0) {
      throw new IOException("the account could not be added: " + Files.readString(log));
    }
  }

  /** Until no account has anything left to fetch. */
  private static void awaitHistory(ServerProcess server) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
    var request = ServerProcess.request("GET", "/v1/accounts", null);
    try (var line = server.connect()) {
      while (new String(line.get(request), UTF_8).contains("still being fetched")) {
        if (System.nanoTime() > end) {
          throw new IOException("the history does not come to an end");
        }
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
    }
  }
}
