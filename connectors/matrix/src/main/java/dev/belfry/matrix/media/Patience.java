package dev.belfry.matrix.media;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Closes a stream that brings nothing for too long, so that whoever reads it does not wait on. */
final class Patience implements AutoCloseable {
  private final InputStream stream;
  private final Duration most;
  private final AtomicLong read = new AtomicLong();
  private final Thread watcher;
  private volatile boolean lost;

  Patience(InputStream stream, Duration most) {
    this.stream = stream;
    this.most = most;
    this.watcher = Thread.ofVirtual().name("matrix download watcher").start(this::watch);
  }

  /** Notes that something came. */
  void progress() {
    read.incrementAndGet();
  }

  /** Whether the stream was closed for its silence. */
  boolean isLost() {
    return lost;
  }

  private void watch() {
    try {
      for (long before = -1, now = read.get(); before != now; now = read.get()) {
        before = now;
        Thread.sleep(most);
      }
      lost = true;
      stream.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      lost = true;
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
