package dev.belfry.core;

import dev.belfry.core.events.Keep;
import dev.belfry.store.Database;

/** Sweeps what need not be kept out of the change log, in steps between which others write. */
final class ChangeSweep implements Runnable {
  private static final int STEP = 1000;

  private final Database database;
  private final Waits waits;
  private final Keep keep;

  ChangeSweep(Database database, Waits waits, Keep keep) {
    this.database = database;
    this.waits = waits;
    this.keep = keep;
  }

  @Override
  public void run() {
    var before = waits.now().minus(keep.age());
    while (database.write(tx -> tx.changes().sweep(before, keep.changes(), STEP)) == STEP) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }
}
