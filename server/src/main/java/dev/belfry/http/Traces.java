package dev.belfry.http;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stack traces for the log. */
final class Traces {
  private static final int FRAMES = 25;
  private static final int CAUSES = 5;

  private Traces() {}

  /**
   * Types and places of a fault and its causes. Not their messages: those may quote a chat's text.
   */
  static String withoutMessages(Throwable fault) {
    return Stream.iterate(fault, each -> each != null, Throwable::getCause)
        .limit(CAUSES)
        .map(Traces::one)
        .collect(Collectors.joining("\ncaused by "));
  }

  private static String one(Throwable fault) {
    return Stream.of(fault.getStackTrace())
        .limit(FRAMES)
        .map(frame -> "\n  at " + frame)
        .collect(Collectors.joining("", fault.getClass().getName(), ""));
  }
}
