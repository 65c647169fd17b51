package dev.belfry.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.server.cli.CommandTree;
import dev.belfry.server.process.Terminal;
import dev.belfry.server.serve.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Somebody who runs commands on a data folder, in this process. */
final class Shell {
  /** How a command ended and what it printed. */
  record Result(int status, String out, String err) {}

  private final Path data;

  Shell(Path data) {
    this.data = data;
  }

  Result run(String... arguments) {
    return type("", arguments);
  }

  /** With something on the standard input. */
  Result type(String input, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false);
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    int status =
        CommandTree.run(
            new Environment(terminal, Map.of(), InstantSource.system()),
            all.toArray(String[]::new));
    return new Result(status, out.toString(UTF_8), err.toString(UTF_8));
  }
}
