package dev.belfry.bench.suite;

import dev.belfry.bench.data.Size;
import dev.belfry.bench.measure.Figures;
import java.util.Map;
import java.util.OptionalDouble;

/** A line of the report. */
public sealed interface Result {
  /** What it is called on the command line. */
  String name();

  /** For people. */
  String title();

  Size size();

  /**
   * Something that takes time, measured many times.
   *
   * @param whole what it took
   * @param perSecond how often it goes in a second; empty where that says nothing
   * @param parts what its parts took alone, by name: {@code jetty}, {@code query}, {@code codec}
   */
  record Timed(
      String name,
      String title,
      Size size,
      Figures whole,
      OptionalDouble perSecond,
      Map<String, Figures> parts)
      implements Result {

    /** CPU time of the whole beside that of its parts together; empty where there are none. */
    public OptionalDouble ratio() {
      long sum = parts.values().stream().mapToLong(Figures::cpu).sum();
      return sum == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) whole.cpu() / sum);
    }
  }

  /**
   * Memory of the server's process.
   *
   * @param bytes resident
   */
  record Memory(String name, String title, Size size, long bytes) implements Result {}
}
