package dev.belfry.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real program in a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final String READY = "Belfry is ready: ";

  private final Process process;
  private final BufferedReader out;
  private final Path err;
  private String url = "";

  private ServerProcess(Process process, Path err) {
    this.process = process;
    this.err = err;
    out = process.inputReader(UTF_8);
  }

  /**
   * @param data an existing folder or one to be made; logs go beside it
   */
  static ServerProcess start(Path data, String... more) throws IOException {
    return start(data, Map.of(), more);
  }

  static ServerProcess start(Path data, Map<String, String> variables, String... more)
      throws IOException {
    return start(List.of(), data, variables, more);
  }

  /**
   * Started by another program.
   *
   * @param by its command, to which the server's is added
   */
  static ServerProcess start(
      List<String> by, Path data, Map<String, String> variables, String... more)
      throws IOException {
    Path err = Files.createTempFile("belfry-test", ".log");
    var command = new ArrayList<>(by);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("serve", "--data", data.toString()));
    command.addAll(List.of(more));
    var builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().putAll(variables);
    return new ServerProcess(builder.start(), err);
  }

  /** Waits for the line that says so; its URL. */
  String ready() throws IOException {
    String line = out.readLine();
    if (line == null || !line.startsWith(READY)) {
      throw new IOException("not ready but: " + line + "\n" + errors());
    }
    url = line.substring(READY.length());
    return url;
  }

  /** As {@link #ready} gave it. */
  String url() {
    return url;
  }

  long pid() {
    return process.pid();
  }

  String errors() throws IOException {
    return Files.readString(err);
  }

  /** What else it prints to its standard output until it ends. */
  String restOfOutput() throws IOException {
    var rest = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      rest.append(line).append('\n');
    }
    return rest.toString();
  }

  void terminate() {
    process.toHandle().destroy(); // that of Process closes its output too
  }

  void kill() {
    process.destroyForcibly();
  }

  int exitStatus() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the process does not end");
    }
    return process.exitValue();
  }

  static HttpResponse<String> get(String url, String token)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(url))
              .header("Authorization", "Bearer " + token)
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    Files.delete(err);
  }
}
