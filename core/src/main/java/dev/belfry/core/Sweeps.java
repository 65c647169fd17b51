package dev.belfry.core;

import dev.belfry.model.StoreFault;
import dev.belfry.network.Threads;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** Has go what need not be kept: old changes, uploads whose time has come. */
final class Sweeps implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Sweeps.class.getName());

  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final Waits waits;
  private final Waits.Bell bell;
  private final List<Runnable> all;
  private final Thread thread =
      Thread.ofVirtual().name("sweeps").unstarted(this::sweepUntilInterrupted);

  Sweeps(Waits waits, List<Runnable> all) {
    this.waits = waits;
    this.bell = waits.bell();
    this.all = List.copyOf(all);
  }

  void start() {
    thread.start();
  }

  private void sweepUntilInterrupted() {
    try {
      while (true) {
        all.forEach(Sweeps::run);
        bell.await(waits.now().plus(BETWEEN));
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "sweeps ended");
    }
  }

  private static void run(Runnable sweep) {
    try {
      sweep.run();
    } catch (StoreFault e) {
      // A full disk is told by those whose writes matter; the next turn tries again.
      LOG.log(Level.DEBUG, "a sweep failed", e);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a sweep failed; the next turn tries again", e);
    }
  }

  @Override
  public void close() {
    Threads.end(thread);
  }
}
