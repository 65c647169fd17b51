package dev.belfry.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class DurationsTest {
  @Test
  void readsEveryUnit() {
    assertEquals(Optional.of(Duration.ofMinutes(90)), Durations.parse("90m"));
    assertEquals(Optional.of(Duration.ofHours(12)), Durations.parse("12h"));
    assertEquals(Optional.of(Duration.ofDays(30)), Durations.parse("30d"));
    assertEquals(Optional.of(Duration.ofDays(14)), Durations.parse("2w"));
    assertEquals(Optional.of(Duration.ofDays(36500)), Durations.parse("100y"));
    assertEquals(Optional.empty(), Durations.parse("never"));
  }

  @Test
  void refusesWhatIsNone() {
    for (String wrong :
        List.of(
            "", "30", "d", "-1d", "1.5h", "3q", "0d", "101y", "999999y", "1d2h", "NEVER", " 1d")) {
      var e = assertThrows(IllegalArgumentException.class, () -> Durations.parse(wrong), wrong);
      assertEquals(true, String.valueOf(e.getMessage()).contains("'" + wrong + "'"));
    }
  }
}
