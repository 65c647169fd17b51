package dev.belfry.core;

import java.util.Collection;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The texts of all statements that stores prepare from now on, as their log tells them. */
final class Statements extends Handler implements AutoCloseable {
  private final Logger log = Logger.getLogger("dev.belfry.store.Sql");
  private final Collection<String> texts = new ConcurrentSkipListSet<>();

  Statements() {
    setLevel(Level.ALL);
    log.addHandler(this);
    log.setUseParentHandlers(false);
    log.setLevel(Level.ALL);
  }

  Collection<String> all() {
    return texts;
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getParameters() != null) {
      texts.add((String) record.getParameters()[0]);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    log.removeHandler(this);
    log.setUseParentHandlers(true);
    log.setLevel(null);
  }
}
