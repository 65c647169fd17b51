package dev.belfry.matrix;

import dev.belfry.network.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Work beside the sync, one piece at a time on a thread of its own: what waits for requests must
 * not hold the sync up.
 */
final class Chores implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Chores.class.getName());
  private static final int MOST = 10_000;

  /** A piece of work. What it cannot do now it leaves. */
  interface Chore {
    void work() throws IOException, InterruptedException;
  }

  private final BlockingQueue<Chore> queue = new LinkedBlockingQueue<>(MOST);
  private final Duration tick;
  private final Chore idle;
  private final Thread thread;

  /**
   * @param idle what to do whenever there has been nothing else to do for as long as {@code tick}
   */
  Chores(String name, Duration tick, Chore idle) {
    this.tick = tick;
    this.idle = idle;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * Puts a piece of work at the end of the queue; a full queue drops it, as every chore is tried
   * anew some day or can be missed.
   */
  void add(Chore chore) {
    if (!queue.offer(chore)) {
      LOG.log(System.Logger.Level.WARNING, "too much to do beside the sync; something was left");
    }
  }

  private void run() {
    try {
      while (true) {
        Chore next = queue.poll(tick.toMillis(), TimeUnit.MILLISECONDS);
        perform(next == null ? idle : next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void perform(Chore chore) throws InterruptedException {
    try {
      chore.work();
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.INFO, "work beside the sync failed: {0}", e.getClass().getName());
    }
  }

  /** Ends the work under way and waits for its end. */
  @Override
  public void close() {
    Threads.end(thread);
  }
}
