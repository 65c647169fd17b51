package dev.belfry.server.process;

import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Where log lines go: the error stream, one line each. */
public final class Log {
  private static final Logger ROOT;
  // java.util.logging forgets the level of a logger that nobody holds
  private static final Logger OWN;

  static {
    System.setProperty("java.util.logging.manager", Lasting.class.getName());
    ROOT = Logger.getLogger("");
    OWN = Logger.getLogger("dev.belfry");
  }

  private Log() {}

  /**
   * To be called before any logger is made, else Java's own settings hold; again to change the
   * level.
   */
  public static void configure(LogLevel level, PrintStream err) {
    for (var handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    ROOT.addHandler(new Lines(err, new LogLine(level.compareTo(LogLevel.DEBUG) >= 0)));
    ROOT.setLevel(ofLibraries(level));
    OWN.setLevel(ofOurs(level));
  }

  private static Level ofOurs(LogLevel level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
      case TRACE -> Level.ALL;
    };
  }

  private static Level ofLibraries(LogLevel level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN, INFO -> Level.WARNING;
      case DEBUG -> Level.INFO;
      case TRACE -> Level.ALL;
    };
  }

  /**
   * Goes on while the process ends, where the usual one drops its handlers; and needs no file of
   * settings.
   */
  public static final class Lasting extends LogManager {
    @Override
    public void readConfiguration() {
      // nothing: configure() says all
    }

    @Override
    public void reset() {
      // nothing: the last lines are wanted
    }
  }

  private static final class Lines extends Handler {
    private final PrintStream err;

    Lines(PrintStream err, LogLine format) {
      this.err = err;
      setFormatter(format);
    }

    @Override
    public void publish(LogRecord entry) {
      if (isLoggable(entry)) {
        err.println(getFormatter().format(entry));
      }
    }

    @Override
    public void flush() {
      err.flush();
    }

    @Override
    public void close() {
      err.flush();
    }
  }
}
