package dev.belfry.sandbox.journal;

import dev.belfry.api.codec.Codec;
import dev.belfry.network.PrivateFiles;
import io.avaje.jsonb.JsonType;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The simulated network's memory: a file that is only ever added to, a line of JSON an event. Its
 * first line is the instant of the first start. What is added together is written at once; a last
 * line that a crash cut short is dropped.
 */
public final class Journal {
  private static final JsonType<Line> LINES = Codec.jsonb().type(Line.class);

  private final Path file;
  private final Instant start;
  private final List<Entry> entries = new ArrayList<>();
  private long whole;

  /**
   * @param now the first start, if this is it
   */
  public Journal(Path file, Instant now) {
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
    int end = content.length;
    while (end > 0 && content[end - 1] != '\n') {
      end--;
    }
    if (end < content.length) {
      cut(end);
    }
    whole = end;
    return new String(content, 0, end, StandardCharsets.UTF_8).lines().toList();
  }

  /** The instant of the first start. */
  public Instant start() {
    return start;
  }

  /** What was kept by earlier runs. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Keeps what has happened, all of it or nothing. */
  public void add(List<Entry> added) {
    StringBuilder text = new StringBuilder();
    added.forEach(entry -> text.append(LINES.toJson(Line.of(entry))).append('\n'));
    try {
      write(text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Not by a channel: those close, perhaps in the middle of a line, when their thread is
   * interrupted.
   */
  private void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (FileOutputStream out = new FileOutputStream(PrivateFiles.file(file).toFile(), true)) {
      out.write(bytes);
    } catch (IOException e) {
      // such as with a full disk: half a line would spoil the one after it
      cut(whole);
      throw e;
    }
    whole += bytes.length;
  }

  private void cut(long length) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(length);
    }
  }
}
