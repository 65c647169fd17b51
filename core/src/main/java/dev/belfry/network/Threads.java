package dev.belfry.network;

import java.util.List;

/**
 * The end of threads, for those who started them: a thread is started by something that joins it,
 * in the hub and in connectors alike.
 */
public final class Threads {
  private Threads() {}

  /** Has threads end by interrupting them, and returns when all of them have. */
  public static void end(Thread... threads) {
    end(List.of(threads));
  }

  /** Has threads end by interrupting them, and returns when all of them have. */
  public static void end(List<Thread> threads) {
    threads.forEach(Thread::interrupt);
    join(threads);
  }

  /**
   * Returns when all of them have ended, or were never started. An interrupt of the caller does not
   * cut this short, as what they use is closed next; it is kept.
   */
  public static void join(List<Thread> threads) {
    boolean interrupted = false;
    for (var thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
