package dev.belfry.http.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RateLimitsTest {
  private static final long SECOND = 1_000_000_000;

  private long now = Long.MAX_VALUE - 5 * SECOND; // such a clock may overflow
  private final RateLimits limits = new RateLimits(new Rates(10, 20, 1, 2), () -> now);

  @Test
  void takesABurstThenSoManyASecond() {
    for (int i = 0; i < 20; i++) {
      assertEquals(0, limits.request("t"));
    }
    assertEquals(SECOND / 10, limits.request("t"));
    assertEquals(0, limits.request("another"));
    now += SECOND / 10;
    assertEquals(0, limits.request("t"));
    assertTrue(limits.request("t") > 0);
    now += 10 * SECOND;
    for (int i = 0; i < 20; i++) {
      assertEquals(0, limits.request("t"));
    }
    assertTrue(limits.request("t") > 0, "a long pause saves up no more than a burst");
  }

  @Test
  void countsBadTokensByNetwork() {
    assertEquals(0, limits.failure("10.0.0.1"));
    assertEquals(0, limits.failure("10.0.0.1"));
    assertEquals(SECOND, limits.failure("10.0.0.1"));
    assertEquals(0, limits.failure("10.0.0.2"));
    assertEquals(0, limits.failure("2001:db8:1:2:3:4:5:6"));
    assertEquals(0, limits.failure("2001:db8:1:2:ffff:4:5:6"));
    assertTrue(limits.failure("2001:db8:1:2:a:b:c:d") > 0);
    assertEquals(0, limits.failure("2001:db8:1:3:3:4:5:6"));
    assertEquals(0, limits.failure("::1"));
  }

  @Test
  void forgetsWhoIsQuietAndCanBeSwitchedOff() {
    for (int i = 0; i < 50_000; i++) {
      assertEquals(0, limits.failure("10." + i));
      now += SECOND;
    }
    var none = new RateLimits(Rates.NONE, () -> now);
    for (int i = 0; i < 1000; i++) {
      assertEquals(0, none.request("t") + none.failure("a"));
    }
  }
}
