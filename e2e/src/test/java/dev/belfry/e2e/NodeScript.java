package dev.belfry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.homeserver.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A script of {@code src/test/node} as a process that answers questions, one line of JSON each way.
 */
final class NodeScript implements AutoCloseable {
  private static final Path FOLDER = Workspace.module().resolve("src/test/node");
  private final String name;
  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;
  private final Path errors;

  private NodeScript(String name, Process process, Path errors) {
    this.name = name;
    this.process = process;
    this.errors = errors;
    questions = process.outputWriter(UTF_8);
    answers = process.inputReader(UTF_8);
  }

  static NodeScript start(String name, Map<String, String> environment, String... arguments) {
    var line = new ArrayList<>(List.of("node", name));
    line.addAll(List.of(arguments));
    try {
      var errors = Files.createTempFile(Workspace.target(), name, ".err");
      var builder =
          new ProcessBuilder(line).directory(FOLDER.toFile()).redirectError(errors.toFile());
      builder.environment().putAll(environment);
      return new NodeScript(name, builder.start(), errors);
    } catch (IOException e) {
      throw new IllegalStateException(
          "Node is needed for the tests with the official SDK: " + e.getMessage(), e);
    }
  }

  /** Asks, and waits for the answer. */
  synchronized Json ask(Map<String, ?> question) {
    try {
      questions.write(new Json(question).toString());
      questions.newLine();
      questions.flush();
      var answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException(name + " ended: " + Files.readString(errors));
      }
      return Json.parse(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
