package dev.belfry.core;

import dev.belfry.core.events.Keep;
import dev.belfry.model.StoreFault;
import dev.belfry.store.Database;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Sweeps what need not be kept out of the change log, in steps between which others write. */
final class ChangeSweep implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ChangeSweep.class.getName());
  private static final Duration BETWEEN = Duration.ofMinutes(1);
  private static final int STEP = 1000;

  private final Database database;
  private final Waits waits;
  private final Keep keep;
  private final Waits.Bell bell;
  private final Thread thread;

  ChangeSweep(Database database, Waits waits, Keep keep) {
    this.database = database;
    this.waits = waits;
    this.keep = keep;
    bell = waits.bell();
    thread = Thread.ofVirtual().name("change-sweep").unstarted(this::sweepUntilInterrupted);
  }

  void start() {
    thread.start();
  }

  private void sweepUntilInterrupted() {
    try {
      while (true) {
        sweep();
        bell.await(waits.now().plus(BETWEEN));
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "the sweep ended");
    }
  }

  private void sweep() {
    try {
      var before = waits.now().minus(keep.age());
      while (database.write(tx -> tx.changes().sweep(before, keep.changes(), STEP)) == STEP) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
      }
    } catch (StoreFault e) {
      // A full disk is told by those whose writes matter; the next turn tries again.
      LOG.log(Level.DEBUG, "the change log was not swept", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
