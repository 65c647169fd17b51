package dev.belfry.server.cli;

import java.time.Instant;
import java.time.InstantSource;

/** The doctor's look at what surrounds us. */
final class MachineChecks {
  private static final int OLDEST_JAVA = 25;

  /** No copy of this program existed before. */
  private static final Instant FIRST_RELEASE = Instant.parse("2026-01-01T00:00:00Z");

  private final InstantSource clock;

  MachineChecks(InstantSource clock) {
    this.clock = clock;
  }

  void run(Findings findings) {
    String java =
        "%s (%s), %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home"));
    if (Runtime.version().feature() < OLDEST_JAVA) {
      findings.bad("java", java + "; " + OLDEST_JAVA + " is needed");
    } else {
      findings.ok("java", java);
    }
    var now = clock.instant();
    if (now.isBefore(FIRST_RELEASE)) {
      findings.bad("clock", "it is not " + now + ": set the machine's clock");
    } else {
      findings.ok("clock", now.toString());
    }
  }
}
