package dev.belfry.core;

import dev.belfry.model.Change;
import dev.belfry.model.Grant;
import dev.belfry.store.ChangeTable;
import dev.belfry.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The change log, for readers that follow it with a cursor. Safe for use by any thread. */
public final class Changes {
  private final Database database;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition appended = lock.newCondition();
  private long last;

  Changes(Database database) {
    this.database = database;
    last = database.read(Grant.HUB, tx -> tx.changes().last());
    database.onCommit(this::committed);
  }

  /** What came after {@code seq}, oldest first. */
  public List<Change> after(long seq, int limit) {
    return after(Grant.HUB, seq, limit).changes();
  }

  /**
   * What came after {@code seq}, as far as {@code grant} may see it. Who waits for more must not be
   * woken, or see a number move, by what happens outside of it.
   */
  public ChangeTable.Stretch after(Grant grant, long seq, int limit) {
    return database.read(grant, tx -> tx.changes().after(seq, limit));
  }

  /** The number of the newest committed change. */
  public long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is a change after {@code seq}; whether there is one. */
  public boolean await(long seq, Duration atMost) throws InterruptedException {
    long nanos = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (last <= seq) {
        if (nanos <= 0) {
          return false;
        }
        nanos = appended.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void committed(long seq) {
    lock.lock();
    try {
      if (seq > last) {
        last = seq;
        appended.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
