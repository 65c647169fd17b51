package dev.belfry.server.process;

import java.util.Locale;
import java.util.Optional;

/** How much the log tells. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  /** With stack traces. */
  DEBUG,
  /** With all that the libraries say. */
  TRACE;

  /** From the option's text, such as {@code info}. */
  public static Optional<LogLevel> of(String text) {
    for (var level : values()) {
      if (level.name().equals(text.toUpperCase(Locale.ROOT))) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
