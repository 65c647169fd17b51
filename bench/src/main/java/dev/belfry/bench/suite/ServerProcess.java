package dev.belfry.bench.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.bench.measure.CpuClock;
import dev.belfry.bench.measure.HttpLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server, serving a data folder in a process of its own. */
final class ServerProcess implements AutoCloseable {
  static final String TOKEN = "bench-bench-bench-bench-bench";

  private final Child child;
  private final long firstAnswer;

  private ServerProcess(Child child, long firstAnswer) {
    this.child = child;
    this.firstAnswer = firstAnswer;
  }

  static ServerProcess start(Launch launch, Path data, String... more) throws IOException {
    var command = new ArrayList<>(launch.server());
    command.addAll(
        List.of(
            "serve", "--data", data.toString(), "--listen", "127.0.0.1:0", "--log-level", "error"));
    // Requests are counted as ever, but eight clients that wait for nothing are not held up.
    command.addAll(List.of("--rate-limit", "1000000"));
    command.addAll(List.of(more));
    var child =
        Child.start(launch.prepare(new ProcessBuilder(command)), data.resolve("server.log"));
    try (var line = new HttpLine(child.port())) {
      line.send(request("GET", "/v1/info", null));
    }
    return new ServerProcess(child, child.age());
  }

  /** From the beginning of the process to the end of its first answer. */
  long firstAnswerNanos() {
    return firstAnswer;
  }

  static byte[] request(String method, String target, byte @Nullable [] body) {
    return HttpLine.request(method, target, TOKEN, body);
  }

  HttpLine connect() throws IOException {
    return new HttpLine(child.port());
  }

  int port() {
    return child.port();
  }

  CpuClock clock() {
    return child.clock();
  }

  /** What Java it runs with. */
  List<String> flags() throws IOException {
    return Launch.flagsOf(child.handle());
  }

  /** Bytes of memory that are its own or shared with others. */
  long residentBytes() throws IOException {
    var status = Path.of("/proc", Long.toString(child.handle().pid()), "status");
    if (Files.isReadable(status)) {
      for (var line : Files.readAllLines(status)) {
        if (line.startsWith("VmRSS:")) {
          return kilobytes(line.substring("VmRSS:".length()).replace("kB", ""));
        }
      }
    }
    var ps =
        new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(child.handle().pid())).start();
    return kilobytes(new String(ps.getInputStream().readAllBytes(), UTF_8));
  }

  private static long kilobytes(String text) {
    return Long.parseLong(text.strip()) * 1024;
  }

  @Override
  public void close() throws IOException {
    child.close();
  }
}
