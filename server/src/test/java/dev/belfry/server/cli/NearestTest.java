package dev.belfry.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class NearestTest {
  private static final List<String> COMMANDS = List.of("serve", "token", "account", "backup");

  @Test
  void countsSlips() {
    assertEquals(0, Nearest.slips("serve", "serve"));
    assertEquals(1, Nearest.slips("srve", "serve"));
    assertEquals(1, Nearest.slips("sevre", "serve"));
    assertEquals(1, Nearest.slips("servee", "serve"));
    assertEquals(5, Nearest.slips("", "serve"));
  }

  @Test
  void findsTheNearestAndNothingFar() {
    assertEquals(Optional.of("token"), Nearest.to("tokne", COMMANDS));
    assertEquals(Optional.of("account"), Nearest.to("acount", COMMANDS));
    assertEquals(Optional.empty(), Nearest.to("frobnicate", COMMANDS));
    assertEquals(Optional.empty(), Nearest.to("", COMMANDS));
  }
}
