package dev.belfry.server.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TerminalTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private Terminal piped(String input) {
    var stream = new PrintStream(printed, true, UTF_8);
    return new Terminal(
        new ByteArrayInputStream(input.getBytes(UTF_8)), stream, stream, false, false);
  }

  @Test
  void readsASecretFromAPipeWithoutAWord() {
    assertEquals("pässword ", piped("pässword \r\nrest").askSecret("Password"));
    assertEquals("no line end", piped("no line end").askSecret("Password"));
    assertEquals("", printed.toString(UTF_8));
  }

  @Test
  void readsLineAfterLine() {
    var terminal = piped("one\ntwo\n");
    assertEquals("one", terminal.askSecret("Password"));
    assertEquals("two", terminal.ask("Code"));
    assertThrows(Failure.class, () -> terminal.ask("More"));
  }

  @Test
  void refusesNothingAndTooMuch() {
    assertThrows(Failure.class, () -> piped("").askSecret("Password"));
    assertThrows(Failure.class, () -> piped("\n").askSecret("Password"));
    assertThrows(Failure.class, () -> piped("x".repeat(1 << 20)).askSecret("Password"));
  }
}
