package dev.belfry.server.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LogLineTest {
  private static LogRecord entry(String message, Object... values) {
    var entry = new LogRecord(Level.INFO, message);
    entry.setLoggerName("dev.belfry.core.Link");
    entry.setInstant(Instant.parse("2026-01-31T10:15:00.123456Z"));
    entry.setParameters(values);
    return entry;
  }

  @Test
  void isOneLine() {
    assertEquals(
        "2026-01-31T10:15:00.123Z INFO  Link: account matrix has 12345 chats",
        new LogLine(false).format(entry("account {0} has {1} chats", "matrix", 12345)));
    assertEquals(
        "2026-01-31T10:15:00.123Z INFO  Link: first\\nsecond[31m",
        new LogLine(false).format(entry("first\nsecond\u001b[31m")));
  }

  @Test
  void tellsAnExceptionAndItsCausesBriefly() {
    var entry = entry("the link broke");
    entry.setThrown(new IOException("no answer", new IllegalStateException("closed")));
    assertTrue(
        new LogLine(false)
            .format(entry)
            .endsWith(
                "the link broke: java.io.IOException: no answer; because of java.lang.IllegalStateException: closed"));
    assertTrue(new LogLine(true).format(entry).contains("\n\tat "));
  }

  @Test
  void bracesWithoutValuesAreText() {
    assertTrue(new LogLine(false).format(entry("{not a pattern")).endsWith(": {not a pattern"));
    assertTrue(new LogLine(false).format(entry("{not a pattern", 1)).endsWith("{not a pattern"));
  }
}
