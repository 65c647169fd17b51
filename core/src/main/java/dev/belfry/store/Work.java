package dev.belfry.store;

import dev.belfry.model.Grant;
import dev.belfry.model.StoreFault;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A transaction that is waiting for a thread of the store, and its caller waiting for it. */
final class Work<T> {
  private final Grant grant;
  private final @Nullable Function<Tx, T> body;
  private final @Nullable Attempt attempt;
  private final CountDownLatch done = new CountDownLatch(1);
  private @Nullable T result;
  private @Nullable Throwable fault;

  Work(Grant grant, @Nullable Function<Tx, T> body) {
    this(grant, body, null);
  }

  /**
   * Work of a caller.
   *
   * @param attempt the try of a request that it belongs to; null for none
   */
  Work(Grant grant, @Nullable Function<Tx, T> body, @Nullable Attempt attempt) {
    this.grant = grant;
    this.body = body;
    this.attempt = attempt;
  }

  /** Tells a thread of the store to end. */
  static Work<?> end() {
    return new Work<>(Grant.HUB, null);
  }

  boolean isEnd() {
    return body == null;
  }

  Grant grant() {
    return grant;
  }

  @Nullable Attempt attempt() {
    return attempt;
  }

  /**
   * Whether it went well. An {@link Error} is the caller's as much as an exception is: the store's
   * thread must live on.
   */
  @SuppressWarnings("CatchThrowable")
  boolean run(Tx tx) {
    try {
      if (body != null) {
        result = body.apply(tx);
        tx.finish();
      }
      return true;
    } catch (Throwable e) {
      fault = e;
      return false;
    }
  }

  /** Throws what went wrong if it was the store itself. */
  void throwStoreFault() {
    if (fault instanceof StoreFault e) {
      throw e;
    }
  }

  void fail(RuntimeException e) {
    if (fault == null) {
      fault = e;
    }
  }

  void finish() {
    done.countDown();
  }

  /**
   * Waits even when interrupted, and leaves the flag set for the caller's next wait: half a change
   * is no change, and a caller that left now would not know whether it was made.
   */
  @SuppressWarnings("NullAway") // a T that may be null is what the body returned
  T await() {
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (fault) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
    return result;
  }
}
