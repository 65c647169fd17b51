package dev.belfry.bench;

import dev.belfry.bench.data.DataSet;
import dev.belfry.bench.data.Size;
import java.io.IOException;
import java.nio.file.Path;

/** {@code belfry bench}. */
public final class Main {
  private Main() {}

  public static void main(String... arguments) throws IOException, InterruptedException {
    var set =
        DataSet.require(
            Path.of(arguments[1]), Size.of(Long.parseLong(arguments[0])), System.err::println);
    System.out.printf(
        "%s %.1f s %.0f messages/s %.0f messages/CPU-s %d bytes%n",
        set.folder(),
        set.building().nanos() / 1e9,
        set.building().messagesPerSecond(),
        set.building().messagesPerCpuSecond(),
        set.bytes());
  }
}
