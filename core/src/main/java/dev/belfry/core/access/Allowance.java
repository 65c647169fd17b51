package dev.belfry.core.access;

import java.time.Duration;
import java.time.Instant;

/** How often something may be done: so many times at once, and again as time goes by. */
final class Allowance {
  private final int most;
  private final Duration each;
  private double left;
  private Instant looked = Instant.MIN;

  /**
   * @param most how often at once
   * @param each how long it takes until it may be done once more
   */
  Allowance(int most, Duration each) {
    this.most = most;
    this.each = each;
    left = most;
  }

  /** Whether it may be done now, which then counts. */
  synchronized boolean take(Instant now) {
    if (!isLeft(now)) {
      return false;
    }
    left -= 1;
    return true;
  }

  /** Whether it may be done now; nothing counts yet. */
  synchronized boolean isLeft(Instant now) {
    if (looked.equals(Instant.MIN) || now.isBefore(looked)) {
      looked = now; // a clock that was set back gives nothing
    }
    double grown = Duration.between(looked, now).toMillis() / (double) each.toMillis();
    left = Math.min(most, left + grown);
    looked = now;
    return left >= 1;
  }
}
