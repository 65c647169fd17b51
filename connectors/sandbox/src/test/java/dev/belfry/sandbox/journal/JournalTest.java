package dev.belfry.sandbox.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.belfry.network.NetworkEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class JournalTest {
  private static final Instant START = Instant.parse("2026-03-14T10:15:30.123456Z");

  @TempDir Path folder;

  private static Entry entry(boolean markedUnread) {
    return new Entry(
        new NetworkEvent.MarkedUnreadElsewhere("!a:sandbox.local", markedUnread), "$a-1", 2);
  }

  @Test
  void startIsTheFirstOne() {
    Path file = folder.resolve("journal");
    Instant start = new Journal(file, START).start();
    assertEquals(start, new Journal(file, START.plusSeconds(99)).start());
  }

  @Test
  void lineThatWasCutShortIsDropped() throws Exception {
    Path file = folder.resolve("journal");
    Journal journal = new Journal(file, START);
    journal.add(List.of(entry(true), entry(false)));
    Files.writeString(file, "{\"kind\":\"UNR", StandardOpenOption.APPEND);
    Journal again = new Journal(file, START);
    assertEquals(List.of(entry(true), entry(false)), again.entries());
    again.add(List.of(entry(true)));
    assertEquals(3, new Journal(file, START).entries().size());
  }

  @Test
  void startThatWasCutShortIsNoStart() throws Exception {
    Path file = folder.resolve("journal");
    Files.writeString(file, "177");
    assertEquals(START.toEpochMilli(), new Journal(file, START).start().toEpochMilli());
  }

  @Test
  void whatIsNotKeptIsRefused() {
    Journal journal = new Journal(folder.resolve("journal"), START);
    Entry gap = new Entry(new NetworkEvent.TimelineGap("!a:x", "t"), null, 0);
    assertThrows(IllegalArgumentException.class, () -> journal.add(List.of(gap)));
  }
}
