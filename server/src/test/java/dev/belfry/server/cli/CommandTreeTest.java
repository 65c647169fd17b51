package dev.belfry.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.server.process.Terminal;
import dev.belfry.server.serve.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("unit")
class CommandTreeTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Environment environment(String input) {
    return new Environment(
        new Terminal(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false),
        Map.of(),
        InstantSource.system());
  }

  private int run(String... arguments) {
    return CommandTree.run(environment(""), arguments);
  }

  private void assertUsageError(String expected, String... arguments) {
    err.reset();
    assertEquals(2, run(arguments));
    assertTrue(err.toString(UTF_8).contains(expected), err.toString(UTF_8));
    assertEquals("", out.toString(UTF_8));
  }

  @Test
  void suggestsTheNearest() {
    assertUsageError("unknown command 'srve'; did you mean serve?", "srve");
    assertUsageError("unknown command 'creat'; did you mean create?", "token", "creat");
    assertUsageError("unknown option --lisen; did you mean --listen?", "serve", "--lisen=a:1");
    assertUsageError("did you mean info?", "serve", "--log-level", "inf");
    assertUsageError(
        "did you mean write?", "token", "create", "--name", "x", "--scope", "read,wirte");
  }

  @Test
  void eachCommandHasHelp() {
    for (String command : List.of("serve", "token", "account", "restore", "test", "bench")) {
      out.reset();
      assertEquals(0, run(command, "--help"), command);
      assertTrue(out.toString(UTF_8).contains("belfry " + command), out.toString(UTF_8));
    }
    assertEquals(2, run("bench", "--quick"));
  }

  @Test
  void anEmptyNameIsNoFolder() {
    for (String command : List.of("serve", "doctor")) {
      assertUsageError("--data is empty", command, "--data", "");
    }
    assertUsageError("--data is empty", "token", "list", "--data=");
  }

  @Test
  void aFolderOfAnotherIsLeftAsItIs(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("letter.txt"), "dear Bob");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    var data = List.of("--data", folder.toString());
    for (var command :
        List.of(
            List.of("token", "list"),
            List.of("token", "create", "--name", "me"),
            List.of("account", "list"),
            List.of("serve", "--listen", "127.0.0.1:0"))) {
      err.reset();
      var arguments = new ArrayList<>(command);
      arguments.addAll(data);
      assertEquals(6, run(arguments.toArray(String[]::new)), command.toString());
      assertTrue(err.toString(UTF_8).contains(folder.toString()), err.toString(UTF_8));
      assertTrue(err.toString(UTF_8).contains("--data"), err.toString(UTF_8));
    }
    assertEquals(1, run("doctor", "--data", folder.toString()));
    assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("letter.txt")), files.toList());
    }
  }

  @Test
  void lookingIntoAnEmptyFolderMakesNothing(@TempDir Path folder) throws Exception {
    for (String what : List.of("token", "account")) {
      err.reset();
      assertEquals(6, run(what, "list", "--data", folder.toString()));
      assertTrue(
          err.toString(UTF_8).contains("there is no data in " + folder), err.toString(UTF_8));
    }
    assertEquals(0, run("doctor", "--data", folder.toString()), out.toString(UTF_8));
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
    assertEquals(0, run("token", "create", "--name", "me", "--data", folder.toString()));
  }

  @Test
  void saysWhatIsMissingOrTooMuch() {
    assertUsageError("missing: --name NAME", "token", "create");
    assertUsageError("one argument too many: 'b'", "token", "revoke", "a", "b");
    assertUsageError("say which: create, list, revoke", "token");
    assertUsageError("not HOST:PORT", "serve", "--listen", "8080");
    assertUsageError("go together", "serve", "--tls-cert", "a.pem");
    assertUsageError("There is no file", "serve", "--tls-cert", "/no/a.pem", "--tls-key", "/no/b");
    assertUsageError("is no host name", "serve", "--allow-host", "chat.example.org:1");
    assertUsageError("is no origin", "serve", "--allow-origin", "app.example.org");
    assertUsageError("from 0 to", "serve", "--rate-limit", "-1");
    assertUsageError("from 1 to", "serve", "--max-connections", "0");
    assertUsageError("no duration", "token", "create", "--name", "x", "--expires", "soon");
  }

  @Test
  void takesNoPasswordAsAnArgument(@TempDir Path folder) {
    String data = folder.resolve("data").toString();
    for (var given :
        List.of(
            List.of("--password", "hunter2"),
            List.of("--password=hunter2"),
            List.of("-p", "hunter2"),
            List.of("--password"))) {
      var arguments =
          new ArrayList<>(
              List.of("account", "add", "matrix", "--homeserver", "https://example.org"));
      arguments.addAll(List.of("--user", "alice", "--data", data));
      arguments.addAll(given);
      assertUsageError("can be read by every user", arguments.toArray(String[]::new));
      assertFalse(err.toString(UTF_8).contains("hunter2"));
    }
    assertFalse(Files.exists(Path.of(data)));
  }

  @Test
  void wantsThePasswordWhenTheInputIsEmpty(@TempDir Path folder) {
    Path data = folder.resolve("data");
    assertUsageError(
        "is missing",
        "account",
        "add",
        "matrix",
        "--homeserver",
        "h",
        "--user",
        "alice",
        "--data",
        data.toString());
    assertFalse(Files.exists(data));
  }

  @Test
  void lookingIntoNoFolderMakesNone(@TempDir Path folder) {
    Path data = folder.resolve("mistyped");
    assertEquals(6, run("token", "list", "--data", data.toString()));
    assertTrue(err.toString(UTF_8).contains("there is no data folder at " + data));
    assertFalse(Files.exists(data));
  }

  @Test
  void everyCommandHasHelpWithItsOptions() {
    var commands = new ArrayList<CommandLine>();
    collect(CommandTree.of(environment("")), commands);
    assertTrue(commands.size() > 12);
    for (var command : commands) {
      String usage = command.getUsageMessage();
      assertTrue(usage.contains("Usage: belfry"), usage);
      for (var option : command.getCommandSpec().options()) {
        assertTrue(option.hidden() || usage.contains(option.longestName()), usage);
      }
    }
  }

  private static void collect(CommandLine command, List<CommandLine> to) {
    to.add(command);
    command.getSubcommands().values().forEach(sub -> collect(sub, to));
  }
}
