package dev.belfry.http.events;

import dev.belfry.core.Changes;
import dev.belfry.core.events.EventLog;
import dev.belfry.model.Grant;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Leads what is committed to all who listen: reads it once for all that may see the same, wakes
 * them, and has each write at its own pace. Also ends those whose token is no longer good. Safe for
 * use by any thread.
 */
public final class Feed implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Feed.class.getName());

  /** How often tokens are looked at again, which is how long a revoked one may go on listening. */
  private static final Duration CHECK = Duration.ofMillis(500);

  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);

  /** How long the peers of sockets may take to answer the closing at the end. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final EventLog log;
  private final Changes changes;
  private final boolean millis;
  private final Pace pace;
  private final Map<Grant, Tail> tails = new HashMap<>();
  private final Thread pump = Thread.ofVirtual().name("event-pump").unstarted(this::pump);
  private final Thread watch = Thread.ofVirtual().name("event-watch").unstarted(this::watch);
  private final ExecutorService sockets =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("socket-", 0).factory());
  private boolean closed;

  /**
   * Nobody is led to before {@link #start}.
   *
   * @param millis whether times are Unix milliseconds, as some clients want them, instead of texts
   * @param pace of WebSockets
   */
  public Feed(EventLog log, Changes changes, boolean millis, Pace pace) {
    this.pace = pace;
    this.log = log;
    this.changes = changes;
    this.millis = millis;
  }

  public void start() {
    pump.start();
    watch.start();
  }

  EventLog log() {
    return log;
  }

  Pace pace() {
    return pace;
  }

  /** A new reader, to be closed by who asked for it. */
  synchronized Reader open(Listener listener) {
    // Who may see everything sees the same as all others who may.
    var grant = listener.grant();
    var seeing = grant.isUnlimited() ? Grant.HUB : grant;
    var tail = tails.computeIfAbsent(seeing, g -> new Tail(log, g, millis));
    var reader = new Reader(this, tail, listener);
    tail.add(reader);
    if (closed) {
      reader.end(Reader.End.SHUTDOWN);
    }
    return reader;
  }

  synchronized void remove(Reader reader, Tail tail) {
    if (tail.remove(reader)) {
      tails.values().remove(tail);
    }
  }

  /** Has a thread of its own do something that ends when its reader must. */
  void execute(Runnable task) {
    sockets.execute(task);
  }

  private synchronized List<Tail> tails() {
    return List.copyOf(tails.values());
  }

  private void pump() {
    long seen = 0;
    try {
      while (true) {
        if (changes.await(seen, CHECK)) {
          long last = changes.last();
          seen = extend() ? last : 0;
        }
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "the event feed ended");
    }
  }

  /** Whether all have got what is new; those who have not are led to it a little later. */
  private boolean extend() throws InterruptedException {
    try {
      tails().forEach(Tail::extend);
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the event log cannot be read", e);
      Thread.sleep(AFTER_A_FAULT);
      return false;
    }
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(CHECK);
        check();
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "the watch over tokens ended");
    }
  }

  private void check() throws InterruptedException {
    try {
      tails().forEach(tail -> tail.readers().forEach(Reader::check));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "tokens cannot be looked at; trying again", e);
      Thread.sleep(AFTER_A_FAULT);
    }
  }

  /** Has all readers end; those who come later end at once. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      tails.values().forEach(tail -> tail.readers().forEach(r -> r.end(Reader.End.SHUTDOWN)));
    }
    sockets.shutdown();
    pump.interrupt();
    watch.interrupt();
    try {
      if (!sockets.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        sockets.shutdownNow(); // their peers do not answer
      }
      pump.join();
      watch.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
