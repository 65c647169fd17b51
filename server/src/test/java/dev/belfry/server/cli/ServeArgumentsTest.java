package dev.belfry.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.belfry.core.files.FileLimits;
import dev.belfry.server.process.LogLevel;
import dev.belfry.server.process.Terminal;
import dev.belfry.server.serve.Environment;
import dev.belfry.server.serve.ListenAddress;
import dev.belfry.server.serve.ServeOptions;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The quick reader of {@code serve} and the library understand the same. */
@Tag("unit")
class ServeArgumentsTest {
  private static final List<List<String>> CORRECT =
      List.of(
          List.of("serve"),
          List.of("serve", "--sandbox"),
          List.of("serve", "--listen", "127.0.0.1:8080", "--data", "/a b", "--sandbox"),
          List.of("serve", "--listen=[::1]:0", "--data=relative/path"),
          List.of("serve", "--data", "a=b", "--log-level", "DEBUG"),
          List.of("serve", "--log-level=warn", "--listen", "localhost:1"));

  private static final List<List<String>> WRONG =
      List.of(
          List.of("serve", "--sandbox", "--sandbox"),
          List.of("serve", "--data", "/a", "--data", "/b"),
          List.of("serve", "--data"),
          List.of("serve", "--listen", "--sandbox"),
          List.of("serve", "--listen", "8080"),
          List.of("serve", "--log-level", "loud"),
          List.of("serve", "--sandbos"),
          List.of("serve", "--upload-size", "much"),
          List.of("serve", "--upload-size", "0"),
          List.of("serve", "--upload-size", "2000T"),
          List.of("serve", "--upload-quota", "-1"),
          List.of("serve", "--upload-total", "1.5G"),
          List.of("serve", "--upload-expires", "never"),
          List.of("serve", "--upload-expires", "soon"),
          List.of("serve", "--cache-size", ""),
          List.of("serve", "--upload-size", "2G", "--upload-quota", "1G"),
          List.of("serve", "--upload-quota", "2G", "--upload-total", "1G"),
          List.of("serve", "there"));

  private static ServeOptions byLibrary(List<String> arguments) {
    var terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(OutputStream.nullOutputStream()),
            new PrintStream(OutputStream.nullOutputStream()),
            false,
            false);
    var tree = CommandTree.of(new Environment(terminal, Map.of(), InstantSource.system()));
    var parsed = tree.parseArgs(arguments.toArray(String[]::new));
    return ((ServeCommand) parsed.subcommand().commandSpec().userObject()).options();
  }

  private static Optional<ServeOptions> quick(List<String> arguments) {
    return ServeOptions.quick(arguments.toArray(String[]::new));
  }

  @Test
  void agreeOnWhatIsCorrect() {
    for (var arguments : CORRECT) {
      assertEquals(Optional.of(byLibrary(arguments)), quick(arguments), arguments::toString);
    }
    assertEquals(
        Optional.of(
            new ServeOptions(
                new ListenAddress("127.0.0.1", 8080), Path.of("/a b"), true, LogLevel.INFO)),
        quick(CORRECT.get(2)));
  }

  private static FileLimits limits(String... more) {
    var arguments = new ArrayList<>(List.of("serve"));
    arguments.addAll(List.of(more));
    assertEquals(
        more.length == 0 ? Optional.of(FileLimits.DEFAULT) : Optional.empty(),
        quick(arguments).map(ServeOptions::files));
    return byLibrary(arguments).files();
  }

  @Test
  void filesHaveTheRoomThatIsGiven() {
    assertEquals(FileLimits.DEFAULT, limits());
    var given =
        limits(
            "--upload-size=10M",
            "--upload-quota=100MB",
            "--upload-total=1G",
            "--upload-expires=90m",
            "--cache-size=123456");
    assertEquals(
        new FileLimits(
            10 << 20,
            100 << 20,
            1 << 30,
            123_456,
            FileLimits.DEFAULT.pictureBytes(),
            Duration.ofMinutes(90)),
        given);
    // What was not given has as much room as there is.
    assertEquals(100L << 20, limits("--upload-total=100M").fileBytes());
    assertEquals(100L << 20, limits("--upload-total=100M").tokenBytes());
    assertEquals(40L << 30, limits("--upload-size=40G").totalBytes());
    assertEquals(40L << 30, limits("--upload-size=40G").tokenBytes());
  }

  @Test
  void whatIsWrongIsLeftToTheLibrary() {
    for (var arguments : WRONG) {
      assertEquals(Optional.empty(), quick(arguments), arguments::toString);
      assertThrows(
          CommandLine.ParameterException.class, () -> byLibrary(arguments), arguments::toString);
    }
    assertEquals(Optional.empty(), quick(List.of("serve", "--help")));
    assertEquals(Optional.empty(), quick(List.of("token", "list")));
    assertEquals(Optional.empty(), quick(List.of()));
  }
}
