package dev.belfry.sandbox;

import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * What goes on beside one link, each on a virtual thread of its own. Closing it interrupts them and
 * waits for them.
 */
final class Tasks implements AutoCloseable {
  /** Work that ends when it is interrupted. */
  interface Task {
    void run() throws InterruptedException;
  }

  private static final System.Logger LOG = System.getLogger(Tasks.class.getName());

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Whether it was started: it is not once this is closed. */
  boolean start(Task task) {
    try {
      threads.execute(() -> {
        try {
          task.run();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        } catch (UncheckedIOException e) {
          LOG.log(Level.WARNING, "The sandbox network cannot keep what happens", e);
        }
      });
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
