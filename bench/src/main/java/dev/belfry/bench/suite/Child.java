package dev.belfry.bench.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.bench.measure.CpuClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A process that prints where it answers once it does. */
final class Child implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:([0-9]+)");
  private static final long PATIENCE_SECONDS = 20;

  private final Process process;
  private final int port;
  private final long begun;

  private Child(Process process, int port, long begun) {
    this.process = process;
    this.port = port;
    this.begun = begun;
  }

  /**
   * Starts it and waits until it says that it answers.
   *
   * @param log where its errors go
   */
  static Child start(ProcessBuilder builder, Path log) throws IOException {
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long begun = System.nanoTime();
    var process = builder.start();
    var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      var url = URL.matcher(line);
      if (url.find()) {
        return new Child(process, Integer.parseInt(url.group(1)), begun);
      }
    }
    process.destroy();
    throw new IOException(
        "%s did not start: %s"
            .formatted(List.copyOf(builder.command()).getFirst(), Files.readString(log)));
  }

  int port() {
    return port;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  CpuClock clock() {
    return new CpuClock(process.toHandle());
  }

  /** Nanoseconds since it was started. */
  long age() {
    return System.nanoTime() - begun;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
