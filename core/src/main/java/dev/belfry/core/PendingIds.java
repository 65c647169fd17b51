package dev.belfry.core;

import java.security.SecureRandom;

/**
 * Ids of what waits for its network, which are its transaction ids there too: {@code m} and 16
 * digits, like the API's own.
 */
final class PendingIds {
  private static final long LOWEST = 1_000_000_000_000_000L;
  private static final long RANGE = 9_000_000_000_000_000L;
  private static final SecureRandom RANDOM = new SecureRandom();

  private PendingIds() {}

  static String next() {
    return "m" + (LOWEST + RANDOM.nextLong(RANGE));
  }
}
