package dev.belfry.e2e;

import dev.belfry.homeserver.MatrixRoom;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Two people who write to each other as fast as they can until each has said so many things: one
 * with the official SDK here, one with another client there. When a server is away they try again
 * with the next thing to say.
 */
final class Traffic implements AutoCloseable {
  private static final Duration REST = Duration.ofMillis(50);
  private final List<String> accepted = new CopyOnWriteArrayList<>();
  private final List<String> uncertain = new CopyOnWriteArrayList<>();
  private final List<String> theirs = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final int each;

  Traffic(Stage stage, MatrixRoom room, int each) {
    this.each = each;
    threads.add(Thread.ofVirtual().name("here").start(() -> sayHere(stage, room)));
    threads.add(Thread.ofVirtual().name("there").start(() -> sayThere(room)));
  }

  /** What was said here and accepted with 200, by now. */
  List<String> accepted() {
    return List.copyOf(accepted);
  }

  /** What was said here and got no answer: it may be there once, or not at all. */
  List<String> uncertain() {
    return List.copyOf(uncertain);
  }

  /** What was said there, by now. */
  List<String> theirs() {
    return List.copyOf(theirs);
  }

  private void sayHere(Stage stage, MatrixRoom room) {
    try (var sdk = OfficialSdk.connect(stage.belfry.url(), stage.belfry.token(), 0)) {
      for (int i = 0; accepted.size() < each && !Thread.currentThread().isInterrupted(); i++) {
        String text = "here " + i;
        try {
          sdk.call("messages.send", room.id(), Map.of("text", text));
          accepted.add(text);
        } catch (OfficialSdk.Refusal e) {
          if (e.status() != 0) {
            throw e;
          }
          uncertain.add(text);
          LockSupport.parkNanos(REST.toNanos());
        }
      }
    }
  }

  private void sayThere(MatrixRoom room) {
    for (int i = 0; theirs.size() < each && !Thread.currentThread().isInterrupted(); i++) {
      String text = "there " + i;
      var content = Map.of("msgtype", "m.text", "body", text);
      for (boolean said = false; !said && !Thread.currentThread().isInterrupted(); ) {
        try {
          room.send("m.room.message", content, "traffic-" + text);
          said = true;
        } catch (UncheckedIOException e) {
          LockSupport.parkNanos(REST.toNanos());
        }
      }
      theirs.add(text);
    }
  }

  /** Waits until both have said everything. */
  void finish() throws InterruptedException {
    for (var thread : threads) {
      thread.join();
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
