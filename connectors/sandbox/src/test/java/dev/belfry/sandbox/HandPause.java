package dev.belfry.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Pauses that end when told to, or at once. */
final class HandPause implements Pause {
  private final List<Duration> waiting = new ArrayList<>();
  private final List<Duration> all = new ArrayList<>();
  private boolean held;
  private int generation;

  /** From now on pauses last until {@link #release}. */
  synchronized void hold() {
    held = true;
  }

  /** Ends those that go on, and lets later ones pass at once. */
  synchronized void release() {
    held = false;
    generation++;
    notifyAll();
  }

  /** Waits until somebody pauses for so long. */
  synchronized void awaitPause(Duration time) throws InterruptedException {
    while (!waiting.contains(time)) {
      wait();
    }
  }

  /** How many pauses of so long there have been. */
  synchronized int count(Duration time) {
    return Collections.frequency(all, time);
  }

  @Override
  public synchronized void await(Duration time) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    int mine = generation;
    waiting.add(time);
    all.add(time);
    notifyAll();
    try {
      while (held && generation == mine) {
        wait();
      }
    } finally {
      waiting.remove(time);
    }
  }
}
