package dev.belfry.http;

import static dev.belfry.http.Wire.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.contract.Contract;
import dev.belfry.http.Wire.Reply;
import dev.belfry.http.guard.Patience;
import dev.belfry.http.guard.PemFiles;
import dev.belfry.http.guard.Rates;
import dev.belfry.http.guard.Reach;
import dev.belfry.http.guard.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often and how slowly a client may call, with TLS and without. */
@Tag("hub")
class PatienceTest extends Guarded {
  @Test
  void limitsHowOftenATokenIsUsed() throws Exception {
    start(Reach.LOCAL, Patience.DEFAULT, new Rates(1, 3, 1, 2), null);
    try (var wire = new Wire(port)) {
      for (int i = 0; i < 3; i++) {
        wire.send(request("GET", "/read", "", GOOD));
        assertEquals(200, wire.receive().status());
      }
      wire.send(request("POST", "/write", "{\"text\":\"a\"}", GOOD));
      var refused = wire.receive();
      assertEquals(429, refused.status());
      Contract.assertValid("Error", refused.body());
      assertTrue(refused.text().contains("RATE_LIMITED"), refused.text());
      assertEquals("1", refused.header("retry-after"));
      assertFalse(refused.headers().containsKey("x-should-retry"));
    }
    assertEquals(200, ask("GET", "/base").status());
  }

  @Test
  void limitsBadTokensByAddressAndNobodyElseThere() throws Exception {
    start(
        new Reach(true, true, Set.of(), Set.of()),
        Patience.DEFAULT,
        new Rates(1000, 1000, 1, 2),
        null);
    String bad = "Authorization: Bearer bad";
    String far = "X-Forwarded-For: 127.0.0.1, 203.0.113.9";
    assertEquals(401, ask("GET", "/read", bad, far).status());
    assertEquals(401, ask("GET", "/read", bad, far).status());
    var refused = ask("GET", "/read", bad, far);
    assertEquals(429, refused.status());
    assertEquals("1", refused.header("retry-after"));
    assertEquals(200, ask("GET", "/read", GOOD, far).status());
    assertEquals(401, ask("GET", "/read", far).status(), "no token is no guess");
    assertEquals(401, ask("GET", "/read", bad, "X-Forwarded-For: 203.0.113.10").status());
    assertEquals(401, ask("GET", "/read", bad).status());
  }

  @Test
  void closesOnHeadersThatNeverEnd() throws Exception {
    start(Reach.LOCAL, HASTY, Rates.NONE, null);
    try (var slow = new Wire(port);
        var kept = new Wire(port);
        var silent = new Wire(port)) {
      kept.send(request("GET", "/base", ""));
      assertEquals(200, kept.receive().status());
      kept.send("GET /base HTTP/1.1\r\nHost: localhost\r\nX: ");
      slow.send("GET /base HTTP/1.1\r\nHost: localhost\r\nX: ");
      trickle(slow, "a");
      trickle(kept, "a");
      // Who has said nothing at all is let be, as browsers connect beforehand.
      silent.send(request("GET", "/base", ""));
      assertEquals(200, silent.receive().status());
    }
  }

  /** Sends a little now and then until the other side has had enough. */
  private static void trickle(Wire wire, String piece) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (System.nanoTime() < end) {
      try {
        wire.send(piece);
      } catch (IOException e) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("it would listen for ever");
  }

  @Test
  void answers408ToABodyThatComesTooSlowly() throws Exception {
    start(Reach.LOCAL, HASTY, Rates.NONE, null);
    try (var wire = new Wire(port)) {
      wire.send(request("POST", "/write", "", GOOD, "Content-Length: 5000") + "{\"text\":\"");
      var reply = CompletableFuture.supplyAsync(() -> receive(wire));
      while (!reply.isDone()) {
        try {
          wire.send("a");
        } catch (IOException e) {
          break;
        }
        Thread.sleep(20);
      }
      assertEquals(408, reply.get(40, TimeUnit.SECONDS).status());
      Contract.assertValid("Error", reply.get().body());
    }
    // As slow a beginning does no harm.
    try (var wire = new Wire(port)) {
      wire.send(request("POST", "/write", "", GOOD, "Content-Length: 12"));
      wire.send("{\"text\":\"a\"}");
      assertEquals(200, wire.receive().status());
    }
  }

  private static Reply receive(Wire wire) {
    try {
      return wire.receive();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void cutsOffWhoDoesNotRead() throws Exception {
    start(Reach.LOCAL, HASTY, Rates.NONE, null);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              request("GET", "/endless", "", GOOD)
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      var in = socket.getInputStream();
      while (!cutOff.isDone()) {
        assertTrue(in.read() >= 0); // a byte now and then
        Thread.sleep(50);
      }
      assertTrue(cutOff.isDone());
    }
  }

  @Test
  void speaksTls(@TempDir Path folder) throws Exception {
    var files = PemFiles.make(folder, "EC");
    var tls = Tls.read(files.certificate(), files.key());
    start(Reach.LOCAL, Patience.DEFAULT, Rates.NONE, tls);
    try (var client = HttpClient.newBuilder().sslContext(files.trusting()).build()) {
      for (String host : List.of("127.0.0.1", "localhost")) {
        var base = URI.create("https://" + host + ":" + port + "/base");
        var reply = client.send(HttpRequest.newBuilder(base).build(), BodyHandlers.ofString());
        assertEquals(200, reply.statusCode());
        assertEquals("{\"base\":\"https://" + host + ":" + port + "\"}", reply.body());
      }
    }
    close();
    start(Reach.LOCAL, HASTY, Rates.NONE, tls);
    // Plain HTTP gets no answer there, and a handshake that does not go on is ended.
    try (var plain = new Wire(port);
        var slow = new Wire(port)) {
      plain.send(request("GET", "/base", ""));
      org.junit.jupiter.api.Assertions.assertThrows(IOException.class, plain::receive);
      slow.send(new byte[] {22, 3, 1, 2, 0});
      trickle(slow, "\1");
    }
  }
}
