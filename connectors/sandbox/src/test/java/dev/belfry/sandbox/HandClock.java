package dev.belfry.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when told to. */
final class HandClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-03-14T10:15:30.123Z");

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }
}
