package dev.belfry.bench;

import dev.belfry.bench.measure.Figures;
import dev.belfry.bench.suite.Result;
import dev.belfry.bench.suite.Result.Memory;
import dev.belfry.bench.suite.Result.Timed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report as text: a line a benchmark and size, those of the same benchmark together. */
final class Table {
  private static final List<String> PARTS = List.of("jetty", "query", "codec");
  private static final String LEGEND =
      """
      Times in milliseconds. CPU: of the server's process, one request at a time, the median. Parts: the same bytes
      from a bare Jetty, the bare SQL, the bare JSON, each measured alone in turn with the whole. Ratio: CPU of the
      whole by the sum of its parts. Per second: eight clients at once, on the same cores as the server.
      """;

  private Table() {}

  static String of(List<Result> results) {
    var lines = new ArrayList<List<String>>();
    lines.add(
        List.of(
            "", "", "messages", "p50", "p99", "per s", "CPU", "jetty", "query", "codec", "ratio"));
    var sorted = new ArrayList<Result>();
    for (var result : results) {
      int at = sorted.size();
      for (int i = 0; i < sorted.size(); i++) {
        if (sorted.get(i).name().equals(result.name())) {
          at = i + 1;
        }
      }
      sorted.add(at, result);
    }
    for (var result : sorted) {
      lines.add(
          switch (result) {
            case Timed timed -> line(timed);
            case Memory memory ->
                List.of(
                    memory.name(),
                    memory.title(),
                    memory.size().label(),
                    "%.0f MB".formatted(memory.bytes() / 1e6));
          });
    }
    return aligned(lines) + "\n" + LEGEND;
  }

  private static List<String> line(Timed timed) {
    var line = new ArrayList<String>();
    line.add(timed.name());
    line.add(timed.title());
    line.add(timed.size().label());
    line.add(millis(timed.whole().p50()));
    line.add(millis(timed.whole().p99()));
    line.add(
        timed.perSecond().isPresent()
            ? String.format(Locale.ROOT, "%.0f", timed.perSecond().getAsDouble())
            : "");
    line.add(millis(timed.whole().cpu()));
    for (var part : PARTS) {
      line.add(cpu(timed.parts().get(part)));
    }
    line.add(
        timed.ratio().isPresent()
            ? String.format(Locale.ROOT, "%.2f", timed.ratio().getAsDouble())
            : "");
    return line;
  }

  private static String cpu(@Nullable Figures part) {
    return part == null ? "" : millis(part.cpu());
  }

  private static String millis(long nanos) {
    double millis = nanos / 1e6;
    return String.format(Locale.ROOT, millis < 10 ? "%.3f" : "%.0f", millis);
  }

  /** The first two columns to the left, the others to the right. */
  private static String aligned(List<List<String>> lines) {
    var text = new StringBuilder();
    for (var line : lines) {
      for (int i = 0; i < line.size(); i++) {
        int width = width(lines, i);
        var cell = line.get(i);
        var gap = " ".repeat(width - cell.length());
        text.append(i < 2 ? cell + gap : gap + cell).append("  ");
      }
      text.setLength(text.toString().stripTrailing().length());
      text.append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream()
        .mapToInt(line -> column < line.size() ? line.get(column).length() : 0)
        .max()
        .orElse(0);
  }
}
