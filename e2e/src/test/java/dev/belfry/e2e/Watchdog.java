package dev.belfry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Sees to it that processes end with this JVM, also when it is killed: a small process of its own
 * waits for that.
 */
final class Watchdog {
  private static final String SCRIPT =
      """
      guarded=' '
      while read -r what pid; do
        case $what in
          guard) guarded="$guarded$pid " ;;
          release) guarded=${guarded%%" $pid "*}' '${guarded#*" $pid "} ;;
        esac
      done
      for pid in $guarded; do kill -KILL "$pid"; done
      """;

  private static final BufferedWriter ORDERS = start();

  private Watchdog() {}

  /** Has a process of ours killed when this JVM ends before it. */
  static void guard(Process process) {
    order("guard " + process.pid());
    var _ = process.onExit().thenRun(() -> order("release " + process.pid()));
  }

  private static synchronized void order(String order) {
    try {
      ORDERS.write(order);
      ORDERS.newLine();
      ORDERS.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedWriter start() {
    try {
      // setsid: a signal to the JVM's process group does not end the watchdog as well.
      return new ProcessBuilder("setsid", "sh", "-c", SCRIPT)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .outputWriter(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
