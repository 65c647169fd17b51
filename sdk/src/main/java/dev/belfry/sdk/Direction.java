package dev.belfry.sdk;

import java.util.Locale;

/** Which way to go from a cursor (contract: Pagination). */
public enum Direction {
  /** To older items; the default. */
  BEFORE,
  /** To newer items. */
  AFTER;

  /** As on the wire. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
