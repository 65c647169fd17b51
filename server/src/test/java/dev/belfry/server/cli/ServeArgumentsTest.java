package dev.belfry.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.belfry.server.process.LogLevel;
import dev.belfry.server.process.Terminal;
import dev.belfry.server.serve.Environment;
import dev.belfry.server.serve.ListenAddress;
import dev.belfry.server.serve.ServeOptions;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
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
