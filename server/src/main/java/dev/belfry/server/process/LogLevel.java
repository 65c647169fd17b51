package dev.belfry.server.process;

import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;

/** How much the log tells. */
public enum LogLevel {
  ERROR(Level.SEVERE, Level.SEVERE),
  WARN(Level.WARNING, Level.WARNING),
  INFO(Level.INFO, Level.WARNING),
  /** With stack traces. */
  DEBUG(Level.FINE, Level.INFO),
  /** With all that the libraries say. */
  TRACE(Level.ALL, Level.ALL);

  private final Level own;
  private final Level libraries;

  LogLevel(Level own, Level libraries) {
    this.own = own;
    this.libraries = libraries;
  }

  Level own() {
    return own;
  }

  Level libraries() {
    return libraries;
  }

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
