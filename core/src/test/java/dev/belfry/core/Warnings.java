package dev.belfry.core;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** How often a class has warned from now on. */
final class Warnings extends Handler implements AutoCloseable {
  private final AtomicInteger count = new AtomicInteger();
  private final Logger log;

  Warnings(Class<?> of) {
    log = Logger.getLogger(of.getName());
    log.addHandler(this);
  }

  int count() {
    return count.get();
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
      count.incrementAndGet();
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    log.removeHandler(this);
  }
}
