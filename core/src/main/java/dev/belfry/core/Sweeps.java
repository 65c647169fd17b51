package dev.belfry.core;

import dev.belfry.core.files.Assets;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Has uploads go when their time has come. */
final class Sweeps implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Sweeps.class.getName());

  /** A new upload lives longer than this, so nobody need ring. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final Assets assets;
  private final Waits waits;
  private final Waits.Bell bell;
  private final Thread thread =
      Thread.ofVirtual().name("sweeps").unstarted(this::sweepUntilInterrupted);

  Sweeps(Assets assets, Waits waits) {
    this.assets = assets;
    this.waits = waits;
    this.bell = waits.bell();
  }

  void start() {
    thread.start();
  }

  private void sweepUntilInterrupted() {
    try {
      while (true) {
        assets.sweep();
        bell.await(waits.now().plus(LONGEST_WAIT));
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "sweeps ended");
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
