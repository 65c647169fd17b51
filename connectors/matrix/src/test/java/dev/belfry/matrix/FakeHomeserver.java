package dev.belfry.matrix;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.belfry.matrix.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A homeserver on a loopback port that answers each path with what was prepared for it, and else
 * that it is not there.
 */
final class FakeHomeserver implements AutoCloseable {
  /** What came; the path as it was on the wire, after {@code /_matrix/client/v3}. */
  record Request(String line, String body) {}

  private record Prepared(int status, String body) {
    private boolean isBareLimit() {
      return status == 429 && body.equals("{}");
    }
  }

  final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final Map<String, Queue<Prepared>> answers = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  FakeHomeserver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * Prepares one more answer; the last one prepared is given again and again. A 429 with nothing in
   * it has a header that asks for 7 seconds; a status of 0 hangs up.
   *
   * @param line method and raw path without its query, such as {@code GET /rooms/%21r%3Ax/state}
   */
  FakeHomeserver on(String line, int status, String body) {
    answers.computeIfAbsent(line, _ -> new ArrayDeque<>()).add(new Prepared(status, body));
    return this;
  }

  /** The body of the next request that begins so; what came before it is dropped. */
  Json sent(String line) throws InterruptedException {
    while (true) {
      Request request = requests.take();
      if (request.line().startsWith(line)) {
        return Json.parse(request.body());
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath().replaceFirst("^/_matrix/client/v3", "");
    String query = exchange.getRequestURI().getRawQuery();
    String line = exchange.getRequestMethod() + " " + path;
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Prepared prepared = take(line);
    if (!"Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      prepared = new Prepared(401, "{\"errcode\":\"M_MISSING_TOKEN\"}");
    }
    requests.add(new Request(query == null ? line : line + "?" + query, body));
    if (prepared.status() == 0) {
      exchange.close();
      return;
    }
    byte[] bytes = prepared.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    if (prepared.isBareLimit()) {
      exchange.getResponseHeaders().add("Retry-After", "7");
    }
    exchange.sendResponseHeaders(prepared.status(), bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private Prepared take(String line) {
    Queue<Prepared> queue = answers.get(line);
    if (queue == null) {
      return new Prepared(404, "{\"errcode\":\"M_NOT_FOUND\",\"error\":\"Not found\"}");
    }
    synchronized (queue) {
      Prepared next = queue.size() > 1 ? queue.poll() : queue.peek();
      return next == null ? new Prepared(500, "{}") : next;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
