package dev.belfry.http.events;

import dev.belfry.core.events.ChatFilter;
import dev.belfry.core.events.Position;
import dev.belfry.model.Grant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One who listens, with a place of its own in the log. Belongs to one thread, save as noted. */
final class Reader implements AutoCloseable {
  /** Why it must end. */
  enum End {
    /** The token was revoked or has expired. */
    UNAUTHORIZED,
    /** The token is good for something else than it was: it may come back. */
    CHANGED,
    /** The server ends. */
    SHUTDOWN
  }

  private final Feed feed;
  private final Tail tail;
  private final Listener listener;
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile @Nullable Thread waiting;
  private volatile @Nullable End end;

  Reader(Feed feed, Tail tail, Listener listener) {
    this.feed = feed;
    this.tail = tail;
    this.listener = listener;
  }

  /** What comes after a position, as far as it is there. */
  Batch read(ChatFilter chats, @Nullable Position after, boolean isTrusted, int limit) {
    return tail.read(chats, after, isTrusted, limit);
  }

  Grant grant() {
    return listener.grant();
  }

  /** Why it must end now; null while it need not. By any thread. */
  @Nullable End end() {
    return end;
  }

  /**
   * Waits until something may have come after a position, it must end, {@link #wake} is called, or
   * the time is over. Whether there may be something new.
   */
  boolean await(Position after, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    waiting = Thread.currentThread();
    while (!tail.isBeyond(after)) {
      long left = deadline - System.nanoTime();
      if (left <= 0 || end != null || woken.getAndSet(false)) {
        return false;
      }
      LockSupport.parkNanos(this, left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return true;
  }

  /** Ends its wait. By any thread. */
  void wake() {
    woken.set(true);
    unpark();
  }

  void unpark() {
    LockSupport.unpark(waiting);
  }

  /** Has it end. By any thread. */
  void end(End reason) {
    end = reason;
    unpark();
  }

  /** Ends it if its token is no longer good for what it was. */
  void check() {
    if (end != null) {
      return;
    }
    var now = listener.standing().get();
    if (now.isEmpty()) {
      end(End.UNAUTHORIZED);
    } else if (!now.get().equals(listener.grant())) {
      end(End.CHANGED);
    }
  }

  @Override
  public void close() {
    feed.remove(this, tail);
  }
}
