package dev.belfry.sandbox;

import java.time.Duration;

/** How the simulated network lets time pass. Tests pass one that they crank by hand. */
@FunctionalInterface
public interface Pause {
  /** Really waits. */
  Pause REAL = Thread::sleep;

  /** Returns when the time is over. */
  void await(Duration time) throws InterruptedException;
}
