package dev.belfry.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ServeTest {
  @Test
  void takesALongEnoughTokenFromTheEnvironment() {
    assertNull(Serve.extraToken(Map.of()));
    assertNull(Serve.extraToken(Map.of("BELFRY_ACCESS_TOKEN", "")));
    String token = "0123456789abcdef0123";
    assertEquals(token, Serve.extraToken(Map.of("BELFRY_ACCESS_TOKEN", token)));
  }

  @Test
  void refusesAWeakOneWithoutShowingIt() {
    for (String weak : List.of("short", "0123456789abcdef 0123", "0123456789abcdef01é3")) {
      var e =
          assertThrows(Failure.class, () -> Serve.extraToken(Map.of("BELFRY_ACCESS_TOKEN", weak)));
      assertEquals(ExitStatus.USAGE, e.status());
      assertFalse(String.valueOf(e.getMessage()).contains(weak));
    }
  }
}
