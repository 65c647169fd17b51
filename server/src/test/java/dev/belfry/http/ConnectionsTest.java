package dev.belfry.http;

import static dev.belfry.http.Wire.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ports, and connections from their first request to their end. */
@Tag("hub")
class ConnectionsTest extends Served {
  @Test
  void keepsTheConnectionAfterASmallBodyNobodyRead() throws IOException {
    try (var wire = new Wire(port)) {
      wire.send(request("POST", "/echo/1", "{\"text\":\"a\"}"));
      assertError(401, "UNAUTHORIZED", wire.receive());
      wire.send(request("POST", "/nothing", "x".repeat(20_000)));
      assertError(404, "NOT_FOUND", wire.receive());
      wire.send(request("GET", "/open", ""));
      assertEquals(200, wire.receive().status());
    }
  }

  @Test
  void asksForTheBodyOnlyWhenItIsWanted() throws IOException {
    String expecting = "Expect: 100-continue";
    try (var wire = new Wire(port)) {
      wire.send(request("POST", "/echo/1", "", WRITER, expecting, "Content-Length: 12"));
      assertEquals(100, wire.receive().status());
      wire.send("{\"text\":\"a\"}");
      assertEquals(200, wire.receive().status());
      wire.send(request("POST", "/echo/1", "", expecting, "Content-Length: 12"));
      assertError(401, "UNAUTHORIZED", wire.receive());
      assertTrue(wire.isEnded());
    }
  }

  @Test
  void letsARequestUnderWayEndWhenItCloses() throws Exception {
    try (var wire = new Wire(port)) {
      wire.send(request("GET", "/slow", ""));
      entered.await();
      Thread closing = Thread.ofVirtual().start(server::close);
      release.countDown();
      assertEquals(200, wire.receive().status());
      closing.join();
    }
    assertThrows(IOException.class, () -> new Wire(port).close());
  }

  @Test
  void cutsOffARequestThatOutlastsTheGrace() throws Exception {
    var impatient = server(Listen.loopback(0, 0), limits(64, Duration.ofMillis(300)));
    try (var wire = new Wire(impatient.start())) {
      wire.send(request("GET", "/slow", ""));
      entered.await();
      impatient.close();
      assertThrows(IOException.class, wire::receive);
    }
  }

  @Test
  void letsClientsWaitWhenThereAreTooMany() throws IOException {
    try (var crowded = server(Listen.loopback(0, 0), limits(2, Duration.ofSeconds(1)))) {
      int number = crowded.start();
      var first = new Wire(number);
      try (var second = new Wire(number);
          var third = new Wire(number)) {
        for (Wire wire : List.of(first, second)) {
          wire.send(request("GET", "/open", ""));
          assertEquals(200, wire.receive().status());
        }
        third.send(request("GET", "/open", ""));
        first.close();
        assertEquals(200, third.receive().status());
      }
    }
  }

  @Test
  void closesWithIdleConnectionsOpen() throws IOException {
    try (var wire = new Wire(port)) {
      wire.send(request("GET", "/open", ""));
      assertEquals(200, wire.receive().status());
      server.close();
      assertTrue(wire.isEnded());
    }
  }

  @Test
  void takesTheNextFreePort() throws IOException {
    var next = server(Listen.loopback(port, Math.min(65535, port + 20)), LIMITS);
    int other = next.start();
    assertTrue(other > port);
    next.close();
  }

  @Test
  void saysWhenThePortIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
      int number = taken.getLocalPort();
      var refused = server(Listen.loopback(number, number), LIMITS);
      var thrown = assertThrows(BindException.class, refused::start);
      assertTrue(String.valueOf(thrown.getMessage()).contains("Port " + number + " is taken"));
      refused.close();
    }
    var nowhere = server(Listen.on("192.0.2.1", 0), LIMITS);
    var thrown = assertThrows(IOException.class, nowhere::start);
    assertTrue(String.valueOf(thrown.getMessage()).contains("Cannot listen on 192.0.2.1"));
    nowhere.close();
  }
}
