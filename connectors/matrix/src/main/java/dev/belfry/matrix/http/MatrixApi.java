package dev.belfry.matrix.http;

import dev.belfry.matrix.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests of the client-server API that need no encryption. Each waits for its answer; an error of
 * the server is an {@link Answer}, a broken connection an {@link IOException}. Redirections are not
 * followed: they would carry the access token to another place.
 */
public final class MatrixApi implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration REQUEST = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 4;

  /** Bytes. The members of the largest rooms take tens of millions. */
  private static final long LARGEST_ANSWER = 100L << 20;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI homeserver;
  private final String token;
  private final Duration patience;

  public MatrixApi(URI homeserver, String accessToken) {
    this(homeserver, accessToken, REQUEST);
  }

  /**
   * @param patience how long an answer may take to begin, and then to end
   */
  MatrixApi(URI homeserver, String accessToken, Duration patience) {
    this.homeserver = homeserver;
    this.token = accessToken;
    this.patience = patience;
  }

  public Answer get(List<String> path, Map<String, String> query)
      throws IOException, InterruptedException {
    return send(request(path, query).GET().build());
  }

  public Answer get(String... path) throws IOException, InterruptedException {
    return get(List.of(path), Map.of());
  }

  public Answer put(Json body, String... path) throws IOException, InterruptedException {
    return send(
        request(List.of(path), Map.of())
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.toString()))
            .build());
  }

  public Answer post(Json body, List<String> path, Map<String, String> query)
      throws IOException, InterruptedException {
    return send(
        request(path, query)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  public Answer delete(String... path) throws IOException, InterruptedException {
    return send(request(List.of(path), Map.of()).DELETE().build());
  }

  /** A request that can be repeated. */
  public interface Request {
    Answer send() throws IOException, InterruptedException;
  }

  /**
   * Asks again after the wait that the server wants, a few times, while it says that there are too
   * many requests.
   */
  public static Answer patiently(Request request) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Answer answer = request.send();
      if (!answer.isRateLimited()
          || attempt == ATTEMPTS
          || answer.retryAfter().compareTo(PATIENCE) > 0) {
        return answer;
      }
      Thread.sleep(answer.retryAfter());
    }
  }

  private HttpRequest.Builder request(List<String> path, Map<String, String> query) {
    return HttpRequest.newBuilder(uri("/_matrix/client/v3", path, query))
        .timeout(patience)
        .header("Authorization", authorization());
  }

  /** Where a request goes. */
  URI uri(String root, List<String> path, Map<String, String> query) {
    StringBuilder to = new StringBuilder(root);
    for (String segment : path) {
      to.append('/').append(escaped(segment));
    }
    char before = '?';
    for (Map.Entry<String, String> entry : query.entrySet()) {
      to.append(before).append(entry.getKey()).append('=').append(escaped(entry.getValue()));
      before = '&';
    }
    return homeserver.resolve(to.toString());
  }

  /** The value of the header that says who asks. */
  String authorization() {
    return "Bearer " + token;
  }

  URI homeserver() {
    return homeserver;
  }

  HttpClient http() {
    return http;
  }

  private static String escaped(String text) {
    String escaped = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    // A segment of dots alone would be taken for a step up the path.
    return escaped.matches("\\.+") ? escaped.replace(".", "%2E") : escaped;
  }

  Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = exchange(request);
    return answer(response, Json.parse(response.body()));
  }

  /** Not by {@code send}: the request's own time ends with the headers of the answer. */
  private HttpResponse<String> exchange(HttpRequest request)
      throws IOException, InterruptedException {
    Duration whole = request.timeout().orElse(patience).plus(patience);
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(
            request,
            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST_ANSWER));
    try {
      return answer.get(whole.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      var timeout = new HttpTimeoutException("the homeserver's answer did not come to its end");
      timeout.initCause(e);
      throw timeout;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException fault -> throw fault;
        case RuntimeException fault -> throw fault;
        case null, default -> throw new IOException("the request failed", e);
      }
    } finally {
      answer.cancel(true); // ends it if it still runs
    }
  }

  static Answer answer(HttpResponse<?> response, Json body) {
    return new Answer(
        response.statusCode(),
        body,
        response
            .headers()
            .firstValue("Retry-After")
            .filter(seconds -> seconds.matches("\\d{1,6}"))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(null));
  }

  /** Ends requests under way. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
