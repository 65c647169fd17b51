package dev.belfry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Stands before a server, passes on what it is asked and answers, and remembers both. */
final class Witness implements AutoCloseable {
  /** What belongs to a connection, and each side sets anew. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "host", "http2-settings", "transfer-encoding");

  private final URI server;
  private final HttpServer listening;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

  Witness(URI server) throws IOException {
    this.server = server;
    listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    listening.createContext("/", this::pass);
    listening.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listening.getAddress().getPort());
  }

  /** What was asked and answered, in the order of the answers. */
  List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var request =
          HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI().toString()))
              .method(
                  exchange.getRequestMethod(),
                  body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> {
            if (isPassedOn(name)) {
              values.forEach(value -> request.header(name, value));
            }
          });
      var answer = client.send(request.build(), BodyHandlers.ofByteArray());
      exchanges.add(remembered(exchange, answer));
      answer
          .headers()
          .map()
          .forEach((name, values) -> {
            if (isPassedOn(name)) {
              exchange.getResponseHeaders().put(name, values);
            }
          });
      int length = answer.body().length;
      exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isPassedOn(String name) {
    return !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
  }

  private static Exchange remembered(HttpExchange exchange, HttpResponse<byte[]> answer) {
    Map<String, String> headers = new TreeMap<>();
    answer
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    boolean isJson = headers.getOrDefault("content-type", "").startsWith("application/json");
    var uri = exchange.getRequestURI();
    return new Exchange(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        Optional.ofNullable(uri.getRawQuery()).map(query -> "?" + query).orElse(""),
        answer.statusCode(),
        headers,
        isJson ? new String(answer.body(), UTF_8) : "");
  }

  @Override
  public void close() {
    listening.stop(0);
    client.close();
  }
}
