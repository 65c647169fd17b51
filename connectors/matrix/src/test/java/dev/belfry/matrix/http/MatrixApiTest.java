package dev.belfry.matrix.http;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A homeserver whose answers begin and do not end. */
@Tag("unit")
class MatrixApiTest {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch enough = new CountDownLatch(1);
  private final HttpServer server;

  MatrixApiTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  private MatrixApi api(Duration patience) {
    return new MatrixApi(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "secret", patience);
  }

  @AfterEach
  void close() {
    enough.countDown();
    server.stop(0);
    threads.close();
  }

  @Test
  @Timeout(30)
  void anAnswerThatDoesNotEndIsNotWaitedFor() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            enough.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    try (var api = api(Duration.ofSeconds(1))) {
      assertThrows(HttpTimeoutException.class, () -> api.get("account", "whoami"));
    }
  }

  @Test
  @Timeout(60)
  void anAnswerWithoutAnEndIsNotKept() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            var some = new byte[1 << 16];
            while (enough.getCount() > 0) {
              out.write(some);
            }
          }
        });
    try (var api = api(Duration.ofSeconds(50))) {
      assertThrows(IOException.class, () -> api.get("account", "whoami"));
    }
  }
}
