package dev.belfry.matrix.trixnity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RestsTest {
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private final Rests<String> rests = new Rests<>(() -> now);

  private Duration rest() {
    Instant began = now;
    while (rests.isResting("alice")) {
      now = now.plusSeconds(1);
    }
    return Duration.between(began, now);
  }

  @Test
  void restsGrowUpToAnHour() {
    for (int seconds : List.of(15, 60, 240, 960, 3600, 3600)) {
      rests.failed("alice");
      assertEquals(Duration.ofSeconds(seconds), rest());
    }
  }

  @Test
  void whoeverIsReachedStartsAfresh() {
    rests.failed("alice");
    assertTrue(rests.isResting("alice"));
    assertEquals(Set.of(), rests.due());
    now = now.plusSeconds(15);
    assertEquals(Set.of("alice"), rests.due());
    rests.reached(List.of("alice"));
    assertEquals(Set.of(), rests.due());
    assertFalse(rests.isResting("bob"));
  }
}
