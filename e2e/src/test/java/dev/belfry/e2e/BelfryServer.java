package dev.belfry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.homeserver.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The packaged server as a process, on a port and a data folder of its own. */
final class BelfryServer implements AutoCloseable {
  private static final String READY = "Belfry is ready: ";
  private static final Set<BelfryServer> ALL = ConcurrentHashMap.newKeySet();
  private final Path folder;
  private final List<String> options;
  private final URI url;
  private Optional<Process> process = Optional.empty();
  private String token = "";

  private BelfryServer(Path folder, List<String> options) {
    this.folder = folder;
    this.options = options;
    url = URI.create("http://127.0.0.1:" + freePort());
  }

  /**
   * One that does not run yet.
   *
   * @param name of its folder in the workspace, which is emptied
   * @param options of {@code serve} beyond the address and the data folder
   */
  static BelfryServer in(String name, String... options) {
    var server = new BelfryServer(Workspace.fresh(name), List.of(options));
    ALL.add(server);
    return server;
  }

  /** Those that have not been closed. */
  static Set<BelfryServer> all() {
    return Set.copyOf(ALL);
  }

  /** Starts it and waits for its one line on standard output. */
  BelfryServer start() {
    if (process.isPresent()) {
      throw new IllegalStateException("runs already");
    }
    try {
      Files.deleteIfExists(output());
      var line = new ArrayList<>(List.of("serve", "--listen", "127.0.0.1:" + url.getPort()));
      line.addAll(options);
      var started =
          command(line)
              .redirectOutput(output().toFile())
              .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
      Watchdog.guard(started);
      process = Optional.of(started);
      Patience.seconds(60)
          .until(
              "the server is ready",
              () -> Files.readString(output()).endsWith("\n") || !started.isAlive(),
              yes -> yes);
      String said = Files.readString(output());
      if (!said.equals(READY + url + "\n")) {
        throw new AssertionError("standard output is '" + said + "'" + lastWords());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (token.isEmpty()) {
      token = cli("", "token", "create", "--name", "e2e").succeeded().output().strip();
    }
    return this;
  }

  /**
   * Ends it as a service manager does, and waits until it has ended: 5 seconds at most, says the
   * promise.
   */
  void terminate() {
    process.ifPresent(running -> running.toHandle().destroy());
    if (!waitFor(5)) {
      throw new AssertionError("still there 5 s after SIGTERM" + lastWords());
    }
  }

  /** {@code kill -9}. */
  void kill() {
    process.ifPresent(Process::destroyForcibly);
    waitFor(10);
  }

  /** Terminates and starts it. */
  void restart() {
    terminate();
    start();
  }

  /**
   * Runs another command on the same data folder.
   *
   * @param input what is typed into it
   */
  Ran cli(String input, String... arguments) {
    try {
      var started = command(List.of(arguments)).start();
      Watchdog.guard(started);
      try (var writer = started.outputWriter(UTF_8)) {
        writer.write(input);
      }
      var errors = new StringBuilder();
      var reader = Thread.ofVirtual().start(() -> errors.append(all(started.errorReader(UTF_8))));
      String output = all(started.inputReader(UTF_8));
      reader.join();
      return new Ran(String.join(" ", arguments), started.waitFor(), output, errors.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Adds a Matrix account through the command line, as a person does. */
  void addMatrix(URI homeserver, String user, String password) {
    cli(
            password + "\n",
            "account",
            "add",
            "matrix",
            "--homeserver",
            homeserver.toString(),
            "--user",
            user)
        .succeeded();
  }

  URI url() {
    return url;
  }

  /** A token with all rights. */
  String token() {
    return token;
  }

  /** A new client with that token. */
  OfficialSdk sdk() {
    return OfficialSdk.connect(url, token);
  }

  /** The end of what it has written to standard error. */
  String lastWords() {
    try {
      String all = Files.exists(log()) ? Files.readString(log()) : "";
      return "\n--- " + log() + "\n" + all.substring(Math.max(0, all.length() - 6000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
    ALL.remove(this);
  }

  private boolean waitFor(int seconds) {
    if (process.isEmpty()) {
      return true;
    }
    try {
      if (!process.get().waitFor(seconds, TimeUnit.SECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    process = Optional.empty();
    return true;
  }

  private ProcessBuilder command(List<String> arguments) {
    var line = new ArrayList<String>();
    line.add(Workspace.program().toString());
    line.addAll(arguments);
    line.addAll(List.of("--data", folder.resolve("data").toString()));
    var builder = new ProcessBuilder(line);
    builder
        .environment()
        .put("BELFRY_CACHE", "off"); // no training of the start-up cache beside the tests
    return builder;
  }

  private Path output() {
    return folder.resolve("stdout");
  }

  private Path log() {
    return folder.resolve("stderr");
  }

  private static String all(java.io.BufferedReader reader) {
    try (reader) {
      return reader.readAllAsString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command that has ended. */
  record Ran(String command, int status, String output, String errors) {
    /** Fails unless the command did what it was asked. */
    Ran succeeded() {
      if (status != 0) {
        throw new AssertionError(
            "belfry " + command + " ended with " + status + ": " + errors + output);
      }
      return this;
    }
  }
}
