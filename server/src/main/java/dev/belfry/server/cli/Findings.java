package dev.belfry.server.cli;

import java.util.ArrayList;
import java.util.List;

/** What the doctor found. */
final class Findings {
  /** How bad it is. */
  enum Grade {
    OK,
    /** It works, and may be not what was wanted. */
    WARN,
    /** It does not work. */
    BAD
  }

  /**
   * One thing that was looked at.
   *
   * @param subject a word
   */
  record Finding(Grade grade, String subject, String text) {}

  private final List<Finding> all = new ArrayList<>();

  void ok(String subject, String text) {
    all.add(new Finding(Grade.OK, subject, text));
  }

  void warn(String subject, String text) {
    all.add(new Finding(Grade.WARN, subject, text));
  }

  void bad(String subject, String text) {
    all.add(new Finding(Grade.BAD, subject, text));
  }

  List<Finding> all() {
    return all;
  }

  boolean areBad() {
    return all.stream().anyMatch(finding -> finding.grade() == Grade.BAD);
  }
}
