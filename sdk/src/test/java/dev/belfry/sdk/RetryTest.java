package dev.belfry.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.sdk.BelfryException.ConnectionFault;
import dev.belfry.sdk.BelfryException.RateLimited;
import dev.belfry.sdk.BelfryException.ServerFault;
import dev.belfry.sdk.WireServer.Request;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is tried again, how often and after how long. */
@Tag("unit")
class RetryTest extends SdkTest {
  @Test
  void faultsOfTheMomentAreTriedAgain() throws InterruptedException {
    for (int status : new int[] {408, 409, 429, 500, 503, 599}) {
      server.answer(status, "{}").answer(200, "[]");
      assertEquals(List.of(), client.accounts().list());
      assertNull(server.request().header("X-Stainless-Retry-Count"));
      assertEquals("1", server.request().header("X-Stainless-Retry-Count"));
    }
  }

  @Test
  void refusalsAreNotTriedAgain() {
    for (int status : new int[] {301, 400, 401, 403, 404, 405, 413, 422}) {
      server.answer(status, "{}");
      assertThrows(BelfryException.Answered.class, () -> client.accounts().list());
    }
    assertEquals(8, server.pending());
    assertEquals(List.of(), waits);
  }

  @Test
  void afterTwoRepeatsItFails() throws InterruptedException {
    for (int i = 0; i < 3; i++) server.answer(502, "{}");
    assertThrows(ServerFault.class, () -> client.accounts().list());
    assertEquals(3, server.pending());
    assertBetween(375, 500, waits.get(0));
    assertBetween(750, 1000, waits.get(1));
    server.request();
    server.request();
    assertEquals("2", server.request().header("X-Stainless-Retry-Count"));
  }

  @Test
  void theWordOfTheServerWins() {
    server.answer(500, "{}", "x-should-retry: false");
    assertThrows(ServerFault.class, () -> client.accounts().list());
    assertEquals(1, server.pending());
    server.answer(400, "{}", "x-should-retry: true").answer(200, "[]");
    assertEquals(List.of(), client.accounts().list());
  }

  @Test
  void retryAfterIsObeyed() {
    server
        .answer(429, "{}", "retry-after-ms: 1500", "Retry-After: 9")
        .answer(429, "{}", "Retry-After: 0.25")
        .answer(200, "[]");
    client.accounts().list();
    server
        .answer(
            503,
            "{}",
            "Date: Sun, 22 Nov 2026 09:00:00 GMT",
            "Retry-After: Sun, 22 Nov 2026 09:00:07 GMT")
        .answer(200, "[]");
    client.accounts().list();
    assertEquals(
        List.of(Duration.ofMillis(1500), Duration.ofMillis(250), Duration.ofSeconds(7)), waits);
  }

  @Test
  void whoAsksForTooMuchPatienceGetsNone() {
    server.answer(429, "{\"code\":\"RATE_LIMITED\",\"message\":\"slow\"}", "Retry-After: 3600");
    RateLimited fault = assertThrows(RateLimited.class, () -> client.accounts().list());
    assertEquals(Optional.of(Duration.ofHours(1)), fault.retryAfter());
    assertEquals(List.of(), waits);
  }

  @Test
  void nonsenseInRetryAfterIsIgnored() {
    for (String value : List.of("soon", "-5", "NaN", "Sun, 22 Nov 2026 09:00:07 GMT")) {
      server.answer(503, "{}", "Retry-After: " + value).answer(200, "[]");
      client.accounts().list();
    }
    assertEquals(4, waits.size());
    waits.forEach(wait -> assertBetween(375, 500, wait));
  }

  @Test
  void brokenConnectionsAreTriedAgain() throws InterruptedException {
    server.cut().answer(200, "{\"chatID\":\"c\",\"pendingMessageID\":\"p\"}");
    client.messages().send("c", "hello");
    Request first = server.request();
    Request second = server.request();
    assertEquals(first.body(), second.body());
    assertEquals(first.header("Idempotency-Key"), second.header("Idempotency-Key"));
    assertEquals("1", second.header("X-Stainless-Retry-Count"));
  }

  @Test
  void anAnswerThatStallsIsCutOff() {
    server.stall();
    try (Belfry hasty = settings().timeout(Duration.ofMillis(300)).maxRetries(0).build()) {
      var fault = assertThrows(ConnectionFault.class, () -> hasty.accounts().list());
      assertTrue(String.valueOf(fault.getMessage()).contains("PT0.3S"), fault::getMessage);
    }
  }

  @Test
  void nobodyThere() throws Exception {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    try (Belfry lost = settings().baseUrl(nobody).build()) {
      assertThrows(ConnectionFault.class, () -> lost.accounts().list());
    }
    assertEquals(2, waits.size());
  }

  @Test
  void interruptionEndsTheCall() {
    server.answer(200, "[]");
    Thread.currentThread().interrupt();
    assertThrows(ConnectionFault.class, () -> client.accounts().list());
    assertTrue(Thread.interrupted(), "the flag is kept");
    assertEquals(List.of(), waits);
  }

  @Test
  void interruptionEndsTheWait() {
    Belfry.Builder settings =
        settings()
            .pause(duration -> {
              throw new InterruptedException();
            });
    server.answer(500, "{}");
    try (Belfry impatient = settings.build()) {
      assertThrows(ConnectionFault.class, () -> impatient.accounts().list());
      assertTrue(Thread.interrupted(), "the flag is kept");
    }
  }

  private static void assertBetween(long low, long high, Duration wait) {
    assertTrue(wait.toMillis() >= low && wait.toMillis() <= high, wait::toString);
  }
}
