package dev.belfry.matrix.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A small private file of JSON lines, added to at its end and written anew now and then. A line
 * that a crash cut off reads as nothing, and the next writing begins a line of its own. What was
 * written stays, even if the power goes. Used by one thread at a time.
 */
public final class JsonLines {
  private final Path file;
  private int lines;
  private boolean cutOff;

  public JsonLines(Path file) {
    this.file = file;
  }

  /** Every line that is an object; none if there is no file. */
  public List<Json> read() throws IOException {
    lines = 0;
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    cutOff = !text.isEmpty() && !text.endsWith("\n");
    List<Json> found = new ArrayList<>();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      lines++;
      Json json = Json.parse(line);
      if (json.isObject()) {
        found.add(json);
      }
    }
    return found;
  }

  public int lines() {
    return lines;
  }

  public void append(Collection<String> fresh) throws IOException {
    if (fresh.isEmpty()) {
      return;
    }
    String text = (cutOff ? "\n" : "") + String.join("\n", fresh) + "\n";
    DurableFiles.append(file, text);
    cutOff = false;
    lines += fresh.size();
  }

  /** Puts these lines in the place of all. */
  public void rewrite(Collection<String> all) throws IOException {
    DurableFiles.replace(file, all.isEmpty() ? "" : String.join("\n", all) + "\n");
    lines = all.size();
    cutOff = false;
  }
}
