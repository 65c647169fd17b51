package dev.belfry.core;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** For what other threads bring about. */
final class Eventually {
  private static final long PATIENCE_NANOS = 45_000_000_000L;
  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  private Eventually() {}

  /** Waits until {@code what} is so. */
  static void holds(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come about: " + what);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  /** Waits for a value. */
  static <T> T get(Supplier<@Nullable T> value) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      T found = value.get();
      if (found != null) {
        return found;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("nothing came");
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
