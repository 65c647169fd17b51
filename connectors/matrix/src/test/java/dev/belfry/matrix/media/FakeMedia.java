package dev.belfry.matrix.media;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.belfry.matrix.http.MatrixApi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A media repository on a loopback port. */
final class FakeMedia implements AutoCloseable {
  /** What somebody asked. */
  record Asked(
      String line,
      @Nullable String authorization,
      @Nullable String contentType,
      ByteArrayInputStream content) {
    byte[] body() {
      content.reset();
      return content.readAllBytes();
    }
  }

  /** What is answered. */
  private static final class Given {
    final int status;
    final Map<String, String> headers;
    final byte[] body;

    Given(int status, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }
  }

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Given> answers = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  FakeMedia() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  MatrixApi api() {
    return new MatrixApi(url(), "secret");
  }

  /**
   * @param line method and raw path without its query
   */
  FakeMedia on(String line, int status, byte[] body) {
    answers.put(line, new Given(status, Map.of(), body));
    return this;
  }

  FakeMedia on(String line, int status, String body) {
    return on(line, status, body.getBytes(StandardCharsets.UTF_8));
  }

  FakeMedia redirect(String line, String to) {
    answers.put(line, new Given(307, Map.of("Location", to), new byte[0]));
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    String line = exchange.getRequestMethod() + " " + uri.getRawPath();
    Given given =
        Objects.requireNonNullElse(
            answers.get(line),
            new Given(
                404, Map.of(), "{\"errcode\":\"M_NOT_FOUND\"}".getBytes(StandardCharsets.UTF_8)));
    asked.add(
        new Asked(
            uri.getRawQuery() == null ? line : line + "?" + uri.getRawQuery(),
            exchange.getRequestHeaders().getFirst("Authorization"),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            new ByteArrayInputStream(exchange.getRequestBody().readAllBytes())));
    given.headers.forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(given.status, given.body.length == 0 ? -1 : given.body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(given.body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
