package dev.belfry.server.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns for people; programs ask for JSON. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  private final int columns;

  /** Without headings. */
  Table(int columns) {
    this.columns = columns;
  }

  Table(String... headings) {
    this(headings.length);
    row(headings);
  }

  void row(String... cells) {
    rows.add(Arrays.stream(cells).map(Table::printable).toList());
  }

  void print(PrintStream out) {
    int[] widths = new int[columns];
    for (var row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    for (var row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        line.append(cell).repeat(' ', widths[i] - cell.codePointCount(0, cell.length()) + 2);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** Names come from networks: what steers a terminal is left out. */
  private static String printable(String text) {
    var clean = new StringBuilder();
    text.codePoints().filter(c -> !Character.isISOControl(c)).forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
