package dev.belfry.homeserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one homeserver in the name of one access token.
 *
 * @param token empty to ask without one
 * @param query parameters that go along with every request (an application service names its user
 *     so)
 */
record MatrixHttp(URI server, String token, Map<String, String> query) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  Json get(String path) {
    return json("GET", path, Map.of(), null);
  }

  Json get(String path, Map<String, String> parameters) {
    return json("GET", path, parameters, null);
  }

  Json post(String path, Map<String, ?> body) {
    return json("POST", path, Map.of(), body);
  }

  Json put(String path, Map<String, ?> body) {
    return json("PUT", path, Map.of(), body);
  }

  Json delete(String path) {
    return json("DELETE", path, Map.of(), null);
  }

  Json json(
      String method, String path, Map<String, String> parameters, @Nullable Map<String, ?> body) {
    var publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(new Json(body).toString());
    return Json.parse(
        new String(bytes(method, path, parameters, publisher, "application/json"), UTF_8));
  }

  byte[] bytes(
      String method, String path, Map<String, String> parameters, BodyPublisher body, String type) {
    var all = new LinkedHashMap<>(query);
    all.putAll(parameters);
    String asked =
        all.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + segment(entry.getValue()))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(URI.create(server + path + (asked.isEmpty() ? "" : "?" + asked)))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", type)
            .method(method, body);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<byte[]> answer = send(request.build());
    if (answer.statusCode() / 100 != 2) {
      throw new MatrixRefusal(
          method + " " + path, answer.statusCode(), Json.parse(new String(answer.body(), UTF_8)));
    }
    return answer.body();
  }

  private static HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A path of segments, each percent-encoded. */
  static String path(String first, String... segments) {
    return Stream.of(segments)
        .map(MatrixHttp::segment)
        .collect(Collectors.joining("/", first + "/", ""));
  }

  static String segment(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
