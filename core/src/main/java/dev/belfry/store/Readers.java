package dev.belfry.store;

import dev.belfry.model.StoreFault;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * The reading connections, of which each serves one read at a time.
 *
 * <p>A read runs on its caller's own thread: handing it to another one and waking up again would
 * cost a short read as much as SQLite does. A virtual thread holds its carrier meanwhile, which is
 * why there are {@link #COUNT} more carriers than there would be otherwise (see {@code
 * dev.belfry.server.Main}).
 */
final class Readers {
  /** How many reads run at once; others wait, in the order in which they came. */
  static final int COUNT = 3;

  private final Semaphore free = new Semaphore(0, true);

  /** The one used last is taken first: its memory is still near. */
  private final Deque<Sql> idle = new ConcurrentLinkedDeque<>();

  private int count;
  private volatile boolean ended;

  /** Before the first read; the one added last is taken first. */
  void add(Sql connection) {
    count++;
    idle.addFirst(connection);
    free.release();
  }

  /**
   * Runs {@code work} with a connection.
   *
   * @throws StoreFault after the end
   */
  <T> T with(Function<Sql, T> work) {
    free.acquireUninterruptibly();
    try {
      var connection = ended ? null : idle.pollFirst();
      if (connection == null) {
        throw StoreFaults.ending();
      }
      try {
        return work.apply(connection);
      } finally {
        idle.addFirst(connection);
      }
    } finally {
      free.release();
    }
  }

  /** Waits for the reads that run, and closes the connections. */
  void close() {
    ended = true;
    free.acquireUninterruptibly(count);
    for (var connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
      connection.close();
    }
    free.release(count); // those who wait are refused
  }
}
