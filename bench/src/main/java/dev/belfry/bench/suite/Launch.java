package dev.belfry.bench.suite;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How processes are started: the packaged server if there is one, else the server from the class
 * path.
 *
 * @param app the packaged server's folder
 * @param cache where its start-up cache is kept
 */
public record Launch(@Nullable Path app, Path cache) {
  /** Where a running server does not tell its own: as {@code bin/belfry} has them. */
  private static final List<String> USUAL_FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseSerialGC",
          "-Xms16m",
          "-Xmx512m",
          "-XX:-UsePerfData");

  private static final long TRAINING_MINUTES = 3;

  /** The command that runs the server; arguments are to be added. */
  List<String> server() {
    if (app != null) {
      return List.of(app.resolve("bin").resolve("belfry").toString());
    }
    return java(USUAL_FLAGS, "dev.belfry.server.Main");
  }

  /** The command that runs a class of this class path. */
  static List<String> java(List<String> flags, String mainClass) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", absoluteClassPath(), mainClass));
    return command;
  }

  private static String absoluteClassPath() {
    return String.join(
        File.pathSeparator,
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }

  /**
   * The flags of Java that a process runs with, without its start-up cache; what is compared with
   * it must run with the same.
   */
  static List<String> flagsOf(ProcessHandle process) throws IOException {
    var commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    if (!Files.isReadable(commandLine)) {
      return USUAL_FLAGS;
    }
    return Arrays.stream(Files.readString(commandLine).split("\0", -1))
        .skip(1)
        .takeWhile(argument -> !argument.equals("-cp"))
        .filter(argument -> argument.startsWith("-X") || argument.startsWith("--"))
        .filter(argument -> !argument.startsWith("-XX:AOT"))
        .toList();
  }

  /** Makes the packaged server's start-up cache, unless there is one of this build. */
  public void train() throws IOException, InterruptedException {
    if (app == null || isTrained(app)) {
      return;
    }
    var builder = new ProcessBuilder(app.resolve("bin").resolve("belfry").toString(), "train");
    prepare(builder).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    var training = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    if (!training.waitFor(TRAINING_MINUTES, TimeUnit.MINUTES)) {
      training.destroy();
    }
  }

  private boolean isTrained(Path folder) throws IOException {
    if (!Files.isDirectory(cache)) {
      return false;
    }
    var newestJar = Files.getLastModifiedTime(folder.resolve("lib"));
    try (var files = Files.list(cache)) {
      for (var file : files.filter(file -> file.toString().endsWith(".aot")).toList()) {
        if (Files.getLastModifiedTime(file).compareTo(newestJar) > 0) {
          return true;
        }
      }
      return false;
    }
  }

  /** Sets what the server reads from its environment. */
  ProcessBuilder prepare(ProcessBuilder builder) {
    builder.environment().put("BELFRY_ACCESS_TOKEN", ServerProcess.TOKEN);
    builder.environment().put("BELFRY_CACHE", cache.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }
}
