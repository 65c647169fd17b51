package dev.belfry.sandbox;

import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The simulated network's memory: a file that is only ever added to, a line of JSON an event. Its
 * first line is the instant of the first start. What is added together is written at once; a last
 * line that a crash cut short is dropped.
 */
final class Journal {
  private static final JsonType<Line> LINES = Jsonb.builder().build().type(Line.class);

  private final Path file;
  private final Instant start;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * @param now the first start, if this is it
   */
  Journal(Path file, Instant now) {
    this.file = file;
    try {
      List<String> lines = Files.exists(file) ? wholeLines() : List.of();
      if (lines.isEmpty()) {
        // a whole millisecond, as that is what will be read back
        start = Instant.ofEpochMilli(now.toEpochMilli());
        write(start.toEpochMilli() + "\n");
      } else {
        start = Instant.ofEpochMilli(Long.parseLong(lines.getFirst()));
        for (String line : lines.subList(1, lines.size())) {
          entries.add(LINES.fromJson(line).entry());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines that end with a line break; what comes after the last of those goes. */
  private List<String> wholeLines() throws IOException {
    byte[] content = Files.readAllBytes(file);
    int whole = content.length;
    while (whole > 0 && content[whole - 1] != '\n') {
      whole--;
    }
    if (whole < content.length) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(whole);
      }
    }
    return new String(content, 0, whole, StandardCharsets.UTF_8).lines().toList();
  }

  Instant start() {
    return start;
  }

  /** What was kept by earlier runs. */
  List<Entry> entries() {
    return List.copyOf(entries);
  }

  void add(List<Entry> added) {
    StringBuilder text = new StringBuilder();
    added.forEach(entry -> text.append(LINES.toJson(Line.of(entry))).append('\n'));
    try {
      write(text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }
}
