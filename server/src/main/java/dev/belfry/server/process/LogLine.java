package dev.belfry.server.process;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** {@code 2026-01-31T10:15:00.123Z INFO Link: connected}: time in UTC, level, class, message. */
final class LogLine extends Formatter {
  private final boolean traces;

  /**
   * @param traces whether an exception is told with its stack, on lines of its own, or in a few
   *     words
   */
  LogLine(boolean traces) {
    this.traces = traces;
  }

  @Override
  public String format(LogRecord entry) {
    var line = new StringBuilder();
    line.append(entry.getInstant().truncatedTo(ChronoUnit.MILLIS)).append(' ');
    line.append(level(entry.getLevel())).append(' ');
    line.append(simpleName(entry.getLoggerName())).append(": ");
    printable(formatMessage(entry), line);
    var thrown = entry.getThrown();
    if (thrown != null) {
      if (traces) {
        var stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack, true));
        line.append('\n').append(stack.toString().stripTrailing());
      } else {
        printable(brief(thrown), line.append(": "));
      }
    }
    return line.toString();
  }

  @Override
  public String formatMessage(LogRecord entry) {
    var values = entry.getParameters();
    if (values == null || values.length == 0) {
      return String.valueOf(entry.getMessage());
    }
    var texts = new Object[values.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = String.valueOf(values[i]); // else a process id would be written 12,345
    }
    try {
      return new MessageFormat(entry.getMessage()).format(texts);
    } catch (IllegalArgumentException _) {
      return entry.getMessage();
    }
  }

  /** An exception and its causes, in one line. */
  static String brief(Throwable thrown) {
    var text = new StringBuilder(thrown.toString());
    Throwable cause = thrown.getCause();
    for (int depth = 0; cause != null && depth < 5; depth++, cause = cause.getCause()) {
      if (cause.getMessage() == null || text.indexOf(cause.getMessage()) < 0) {
        text.append("; because of ").append(cause);
      }
    }
    return text.toString();
  }

  private static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARN ";
    }
    return level.intValue() >= Level.INFO.intValue() ? "INFO " : "DEBUG";
  }

  private static String simpleName(@Nullable String logger) {
    return logger == null ? "?" : logger.substring(logger.lastIndexOf('.') + 1);
  }

  /** Keeps one entry on one line, and escape sequences from reaching a terminal. */
  private static void printable(String text, StringBuilder to) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        to.append("\\n");
      } else if (!Character.isISOControl(c)) {
        to.append(c);
      }
    }
  }
}
