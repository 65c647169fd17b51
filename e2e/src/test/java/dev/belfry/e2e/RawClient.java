package dev.belfry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Requests exactly as written, for what no SDK would send. Every answer is checked against the
 * contract.
 */
final class RawClient {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI server;
  private final String token;

  /** A client; without a token where that is empty. */
  RawClient(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  /** A GET; path and query percent-encoded already. */
  Exchange get(String pathAndQuery) {
    return send("GET", pathAndQuery, BodyPublishers.noBody(), Optional.empty());
  }

  /** A POST without body and without content type. */
  Exchange post(String path) {
    return send("POST", path, BodyPublishers.noBody(), Optional.empty());
  }

  /** A POST of what is said to be JSON. */
  Exchange post(String path, String body) {
    return send("POST", path, BodyPublishers.ofString(body), Optional.of("application/json"));
  }

  private Exchange send(
      String method, String pathAndQuery, BodyPublisher body, Optional<String> type) {
    var uri = URI.create(server + pathAndQuery);
    var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).method(method, body);
    type.ifPresent(value -> request.header("Content-Type", value));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      var answer = CLIENT.send(request.build(), BodyHandlers.ofString(UTF_8));
      var headers = new TreeMap<String, String>();
      answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      var query = Optional.ofNullable(uri.getRawQuery()).map(q -> "?" + q).orElse("");
      return new Exchange(
              method, uri.getRawPath(), query, answer.statusCode(), headers, answer.body())
          .asInContract();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
