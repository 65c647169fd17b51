package dev.belfry.bench.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.bench.measure.CpuClock;
import dev.belfry.bench.measure.HttpLine;
import dev.belfry.bench.measure.Samples;
import dev.belfry.bench.parts.PartsMain;
import dev.belfry.bench.parts.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The process of the parts, as the benchmarks see it. */
final class PartsProcess implements AutoCloseable {
  private final Child child;
  private final HttpLine line;

  private PartsProcess(Child child, HttpLine line) {
    this.child = child;
    this.line = line;
  }

  /** With the flags of the server that it is compared with. */
  static PartsProcess start(List<String> flags, Path folder) throws IOException {
    var command = Launch.java(flags, PartsMain.class.getName());
    var child = Child.start(new ProcessBuilder(command), folder.resolve("parts.log"));
    return new PartsProcess(child, new HttpLine(child.port()));
  }

  long age() {
    return child.age();
  }

  CpuClock clock() {
    return child.clock();
  }

  HttpLine line() {
    return line;
  }

  /** Has it answer {@code content} under a path from now on. */
  void put(String path, byte[] content) throws IOException {
    line.send(HttpLine.request("PUT", path, null, content));
  }

  /** Has a part measured. */
  Samples run(String part, Task task) throws IOException {
    line.reopen();
    var answer =
        line.get(HttpLine.request("POST", "/run/" + part, null, task.text().getBytes(UTF_8)));
    return Samples.decode(new String(answer, UTF_8));
  }

  @Override
  public void close() throws IOException {
    line.close();
    child.close();
  }
}
