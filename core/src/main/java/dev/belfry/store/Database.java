package dev.belfry.store;

import dev.belfry.model.Grant;
import dev.belfry.model.StoreFault;
import dev.belfry.network.PrivateFiles;
import dev.belfry.network.Threads;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * The SQLite file, behind one writing thread and a few reading connections.
 *
 * <p>The writer is a platform thread because SQLite is native code, in which a virtual thread would
 * hold its carrier while the disk is waited for. Callers may be virtual; they wait without holding
 * one. As a single thread writes, changes have one order; what waits together is committed
 * together, so that many small writes share one wait for the disk. Reads last microseconds and run
 * where they are asked for: see {@link Readers}.
 */
public final class Database implements AutoCloseable {
  /** How many reads run at the same time, each on its caller's thread; others wait. */
  public static final int READS_AT_ONCE = Readers.COUNT;

  // In kilobytes, each filled as it is used. One connection does nearly all of the reading: the
  // others are for when it is busy.
  private static final int CACHE_OF_WRITER = 32_768;
  private static final int CACHE_OF_FIRST = 32_768;
  private static final int CACHE_OF_OTHERS = 8_192;

  private static final int WRITES_A_COMMIT = 64;

  /** The smallest page that SQLite knows. */
  private static final int SMALLEST = 512;

  private final Path file;
  private final InstantSource clock;
  private final BlockingQueue<Work<?>> writes = new LinkedBlockingQueue<>();
  private final List<Thread> writers = new ArrayList<>(1);
  private final Readers readers = new Readers();
  private final SharedRows shared = new SharedRows();
  private volatile LongConsumer committed = _ -> {};
  private volatile Consumer<String> outOfOutbox = _ -> {};
  private volatile boolean ended;

  /** Opens {@code file}, making or migrating it as needed. */
  public Database(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    createPrivately(file);
    var writer = open(Database::prepareWriter);
    writers.add(start("store-write", () -> runWrites(writer)));
    try {
      for (int i = 1; i < Readers.COUNT; i++) {
        readers.add(open(sql -> prepareReader(sql, CACHE_OF_OTHERS)));
      }
      readers.add(open(sql -> prepareReader(sql, CACHE_OF_FIRST)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Runs {@code work} in a transaction and waits until it is committed. Work does no I/O and lasts
   * milliseconds.
   */
  public <T> T write(Function<Tx, T> work) {
    return write(Grant.HUB, work);
  }

  /** As {@link #write(Function)}, for somebody who may not see everything. */
  public <T> T write(Grant grant, Function<Tx, T> work) {
    var attempt = Attempt.current();
    attempt.ifPresent(Attempt::readHash);
    var handed = new Work<>(grant, work, attempt.orElse(null));
    add(handed);
    return handed.await();
  }

  /**
   * Runs {@code work} in a transaction some time soon, without waiting: for what nobody misses if
   * the process dies first.
   */
  public void writeLater(Consumer<Tx> work) {
    add(
        new Work<>(
            Grant.HUB,
            tx -> {
              work.accept(tx);
              return true;
            }));
  }

  /**
   * What the request that this thread is at had for a step whose answer was lost: it is not to be
   * done again. Empty for one that was not done, and for all that is no repeated request.
   */
  public Optional<String> doneBefore(String step) {
    return Attempt.current().flatMap(attempt -> attempt.done(step));
  }

  /** Runs {@code work} against what is committed, showing it what {@code grant} may see. */
  public <T> T read(Grant grant, Function<Tx, T> work) {
    return readers.with(sql -> read(sql, grant, work));
  }

  /**
   * Has {@code listener} told the number of the newest change after each commit that brought one;
   * on the writing thread, so be brief.
   */
  public void onCommit(LongConsumer listener) {
    committed = listener;
  }

  /**
   * Has {@code listener} told the pending id of what left the outbox, once that is committed; on
   * the writing thread, so be brief.
   */
  public void onOutOfOutbox(Consumer<String> listener) {
    outOfOutbox = listener;
  }

  /** Writes a copy of the committed state while work goes on. {@code target} must not exist. */
  public void copyTo(Path target) {
    Backup.copy(file, target);
  }

  private void add(Work<?> work) {
    writes.add(work);
    if (ended) {
      refuseWrites();
    }
  }

  /** Nobody carries out what is handed over now: its callers must not wait. */
  private void refuseWrites() {
    for (var work = writes.poll(); work != null; work = writes.poll()) {
      work.fail(StoreFaults.ending());
      work.finish();
    }
  }

  private <T> T read(Sql sql, Grant grant, Function<Tx, T> work) {
    boolean done = false;
    try {
      sql.step("BEGIN");
      var result = work.apply(new Tx(sql, grant, clock, shared, null));
      sql.step("COMMIT");
      done = true;
      return result;
    } finally {
      if (!done) {
        rollback(sql);
      }
    }
  }

  private void runWrites(Sql sql) {
    var batch = new ArrayList<Work<?>>();
    try (sql) {
      boolean open = true;
      while (open) {
        batch.add(nextWrite());
        writes.drainTo(batch, WRITES_A_COMMIT - 1);
        open = batch.stream().noneMatch(Work::isEnd);
        batch.removeIf(Work::isEnd);
        commit(sql, batch);
        batch.clear();
      }
    } catch (StoreFault e) {
      log(Level.DEBUG, "the store was not closed in order", e);
    }
  }

  private void commit(Sql sql, List<Work<?>> batch) {
    var afterwards = new ArrayList<Runnable>();
    long newest = 0;
    try {
      sql.step("BEGIN IMMEDIATE");
      for (var work : batch) {
        var tx = new Tx(sql, work.grant(), clock, shared, work.attempt());
        sql.step("SAVEPOINT work");
        if (work.run(tx)) {
          sql.step("RELEASE work");
          afterwards.addAll(tx.afterwards());
          tx.left().forEach(id -> afterwards.add(() -> outOfOutbox.accept(id)));
          newest = Math.max(newest, tx.newestChange());
        } else {
          work.throwStoreFault(); // after which SQLite may have undone the others' work too
          sql.step("ROLLBACK TO work");
          sql.step("RELEASE work");
          shared.forget();
        }
      }
      sql.step("COMMIT");
    } catch (RuntimeException e) {
      shared.forget();
      newest = 0;
      afterwards.clear();
      rollback(sql);
      batch.forEach(work -> work.fail(e));
    }
    // Who has written reads what they wrote, in the change log too.
    tell(newest, afterwards);
    batch.forEach(Work::finish);
  }

  private void tell(long newest, List<Runnable> afterwards) {
    try {
      if (newest > 0) {
        committed.accept(newest);
      }
      afterwards.forEach(Runnable::run);
    } catch (RuntimeException e) {
      log(Level.WARNING, "a listener of the store failed", e);
    }
  }

  private static void rollback(Sql sql) {
    try {
      sql.step("ROLLBACK");
    } catch (StoreFault e) {
      // SQLite has rolled back by itself, as it does when the disk is full.
      log(Level.DEBUG, "no transaction to roll back", e);
    }
  }

  private static void log(Level level, String message, Exception e) {
    System.getLogger(Database.class.getName()).log(level, message, e);
  }

  private Work<?> nextWrite() {
    while (true) {
      try {
        return writes.take();
      } catch (InterruptedException e) {
        // This thread ends by a work item and by nothing else: what was accepted is carried out.
        System.getLogger(Database.class.getName())
            .log(System.Logger.Level.DEBUG, "interruption ignored");
      }
    }
  }

  private static Thread start(String name, Runnable body) {
    return Thread.ofPlatform().name(name).daemon().start(body);
  }

  private Sql open(Consumer<Sql> prepare) {
    Sql sql;
    try {
      var connection = DriverManager.getConnection("jdbc:sqlite:" + file, driverSettings());
      // The driver is told that transactions are ours: else it tries to begin one after each
      // statement, to find out whether there is one to commit.
      connection.setAutoCommit(false);
      sql = new Sql(connection);
    } catch (SQLException e) {
      throw StoreFaults.of(e);
    }
    try {
      sql.run("COMMIT");
      sql.run("PRAGMA busy_timeout = 5000");
      // Before anything that would change a file that is not ours.
      Migrations.check(sql);
      sql.run("PRAGMA journal_mode = WAL");
      sql.run("PRAGMA synchronous = FULL");
      sql.run("PRAGMA foreign_keys = ON");
      sql.run("PRAGMA mmap_size = 0");
      sql.run("PRAGMA temp_store = MEMORY");
      prepare.accept(sql);
      return sql;
    } catch (RuntimeException e) {
      sql.close();
      throw e;
    }
  }

  private static Properties driverSettings() {
    var settings = new Properties();
    // Else the driver asks for the last row's number after each insert.
    settings.setProperty("jdbc.get_generated_keys", "false");
    return settings;
  }

  private static void prepareWriter(Sql sql) {
    sql.run("PRAGMA cache_size = -" + CACHE_OF_WRITER);
    // A file that may only be read opens like any other, and even lets a transaction begin: better
    // to hear of it now.
    sql.run("BEGIN IMMEDIATE");
    sql.run("PRAGMA user_version = " + sql.number(0, "PRAGMA user_version"));
    sql.run("ROLLBACK");
    Migrations.apply(sql);
  }

  private static void prepareReader(Sql sql, int kilobytes) {
    sql.run("PRAGMA cache_size = -" + kilobytes);
    sql.run("PRAGMA query_only = ON");
  }

  /** SQLite takes what is too short for a database for an empty one, and would begin anew. */
  static void refuseStump(Path file) throws IOException {
    long size = Files.size(file);
    if (size > 0 && size < SMALLEST) {
      throw StoreFaults.damaged(null);
    }
  }

  /** SQLite would make the file with the process's default mode, readable by others. */
  private static void createPrivately(Path file) {
    try {
      if (Files.exists(file)) {
        refuseStump(file);
      } else {
        Files.createFile(file, PrivateFiles.attributes(file));
      }
    } catch (IOException e) {
      throw new StoreFault(
          "The data file %s cannot be made. Check that the user that runs Belfry may write to its folder and that there is room on the disk."
              .formatted(file),
          e);
    }
  }

  @Override
  public void close() {
    readers.close();
    // The last connection to be closed puts what is in the log into the file.
    writes.add(Work.end());
    Threads.join(writers);
    ended = true;
    refuseWrites();
  }
}
