package dev.belfry.bench.parts;

import dev.belfry.bench.measure.Effort;
import java.util.List;

/**
 * What the process of the parts is asked to measure.
 *
 * @param name of the part's variant
 * @param keys what its steps work on, in turn
 * @param folder the data folder, for SQL
 */
public record Task(String name, String folder, Effort effort, List<String> keys) {
  /** As lines. */
  public String text() {
    return "%s\n%s\n%d %d\n%s"
        .formatted(
            name, folder, effort.warmUpTimes(), effort.roundNanos(), String.join("\n", keys));
  }

  static Task parse(String text) {
    var lines = text.lines().toList();
    var effort = lines.get(2).split(" ", -1);
    return new Task(
        lines.get(0),
        lines.get(1),
        new Effort(Integer.parseInt(effort[0]), Long.parseLong(effort[1]), 1),
        lines.subList(3, lines.size()));
  }
}
