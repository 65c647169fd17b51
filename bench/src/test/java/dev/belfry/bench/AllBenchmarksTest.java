package dev.belfry.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.bench.data.Size;
import dev.belfry.bench.measure.Effort;
import dev.belfry.bench.suite.Suite;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each benchmark, once over a tiny inbox: that they run, not how fast. */
@Tag("hub")
class AllBenchmarksTest {
  private static final Effort LEAST = new Effort(1, 1, 1);

  /** JMH's own, of the codec alone; what needs a homeserver; and what needs a thousand sockets. */
  private static final List<String> NOT_HERE = List.of("micro", "matrix", "events");

  @TempDir Path temporary;

  @Test
  @Timeout(value = 9, unit = TimeUnit.MINUTES)
  void everyOneHasItsLine() throws Exception {
    var names = Suite.list().stream().map(Suite.Listed::name).toList();
    var here = names.stream().filter(name -> !NOT_HERE.contains(name)).toList();
    var json = temporary.resolve("figures.json");
    var options = new Options(Options.Action.MEASURE, here, Size.of(500), temporary, 1, json, true);
    var table = new ByteArrayOutputStream();
    assertTrue(Main.measure(options, LEAST, new PrintStream(table, true, UTF_8)));
    for (var line :
        List.of(
            "chats",
            "chat",
            "messages-20",
            "hits",
            "messages-100",
            "unread",
            "read",
            "send",
            "ingest",
            "bulk",
            "start",
            "memory",
            "search-rare",
            "search-common",
            "search-two",
            "search-filters",
            "search-cjk",
            "search-deep")) {
      assertTrue(table.toString(UTF_8).lines().anyMatch(each -> each.startsWith(line + " ")), line);
      assertTrue(Files.readString(json).contains("\"name\":\"" + line + "\""), line);
    }
    try (var left = Files.list(temporary)) {
      assertEquals(
          0,
          left.filter(path -> path.getFileName().toString().startsWith("working-")).count(),
          "copies are deleted");
    }
  }

  @Test
  void wrongArgumentsNameTheNearest() {
    assertEquals(2_000_000, Options.parse("--messages", "2M").size().messages());
    assertEquals(List.of("search"), Options.parse("search", "--seconds=1").names());
    assertMistake("did you mean search?", "serch");
    assertMistake("did you mean --messages?", "--mesages");
    assertMistake("needs a value", "--messages");
    assertMistake("such as 2000000 or 2M", "--messages", "many");
  }

  private static void assertMistake(String answer, String... arguments) {
    var e = assertThrows(IllegalArgumentException.class, () -> Options.parse(arguments));
    assertTrue(String.valueOf(e.getMessage()).contains(answer), e.getMessage());
  }
}
