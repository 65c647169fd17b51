package dev.belfry.matrix.http;

import dev.belfry.matrix.json.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The homeserver's media repository (specification, Content repository). Bytes are never held as a
 * whole.
 */
public final class MediaApi {
  private static final String ROOT = "/_matrix/client/v1/media";

  /** Where servers before version 1.11 of the specification have it; asked without a token. */
  private static final String OLD_ROOT = "/_matrix/media/v3";

  private static final Duration REQUEST = Duration.ofSeconds(60);

  /** A server may fetch the file from another first. */
  private static final Duration FETCH = Duration.ofMinutes(2);

  /** Slower than this a file is not brought to the server, bytes a second. */
  private static final long SLOWEST = 30_000;

  private static final int HOPS = 5;
  private static final int LARGEST_ERROR = 64_000;

  private final MatrixApi api;
  private @Nullable Long largest;

  public MediaApi(MatrixApi api) {
    this.api = api;
  }

  /**
   * Brings a file to the server; its answer's {@code content_uri} says where it is then.
   *
   * @param type the MIME type
   * @param name what the server may call the file; null where that is nobody's business
   */
  public Answer upload(BodyPublisher bytes, long size, String type, @Nullable String name)
      throws IOException, InterruptedException {
    Map<String, String> query = name == null ? Map.of() : Map.of("filename", name);
    return api.send(
        HttpRequest.newBuilder(api.uri("/_matrix/media/v3", List.of("upload"), query))
            .timeout(REQUEST.plusSeconds(size / SLOWEST))
            .header("Authorization", api.authorization())
            .header("Content-Type", type)
            .POST(bytes)
            .build());
  }

  /** How many bytes a file may have; null when the server does not say. */
  public synchronized @Nullable Long largest() throws IOException, InterruptedException {
    if (largest == null) {
      Answer answer = config(ROOT);
      if (!answer.isOk()) {
        answer = config("/_matrix/media/v3");
      }
      Long told = answer.isOk() ? answer.body().number("m.upload.size") : null;
      largest = told == null || told <= 0 ? null : told;
    }
    return largest;
  }

  private Answer config(String root) throws IOException, InterruptedException {
    return api.send(
        HttpRequest.newBuilder(api.uri(root, List.of("config"), Map.of()))
            .timeout(REQUEST)
            .header("Authorization", api.authorization())
            .GET()
            .build());
  }

  /**
   * Opens a file as the server has it, encrypted or not.
   *
   * @throws FileNotFoundException when the server does not have it
   * @throws IOException when it cannot be had, with words for people
   */
  public InputStream open(MediaAddress file) throws IOException, InterruptedException {
    List<String> path = List.of("download", file.server(), file.id());
    HttpResponse<InputStream> response = patiently(api.uri(ROOT, path, Map.of()), true);
    Answer refusal = refusal(response);
    if (refusal != null && isUnknownPath(refusal)) {
      response = patiently(api.uri(OLD_ROOT, path, Map.of()), false);
      refusal = refusal(response);
    }
    if (refusal != null) {
      boolean missing = refusal.status() == 404 || refusal.status() == 410;
      throw missing ? new FileNotFoundException(words(refusal)) : new IOException(words(refusal));
    }
    return response.body();
  }

  /** Whether the server does not know the path, as opposed to the file. */
  private static boolean isUnknownPath(Answer refusal) {
    return refusal.code().equals("M_UNRECOGNIZED")
        || (refusal.code().isEmpty() && (refusal.status() == 404 || refusal.status() == 405));
  }

  private static String words(Answer refusal) {
    return switch (refusal.status()) {
      case 401 -> "the login is no longer valid, so the homeserver does not hand out the file";
      case 403 -> "the homeserver does not let this account have the file";
      case 404, 410 -> "the homeserver does not have the file, or no longer";
      case 429 -> "the homeserver gets too many requests; try again later";
      default ->
          "the homeserver did not hand out the file (status " + refusal.status() + "); try again";
    };
  }

  private HttpResponse<InputStream> patiently(URI from, boolean named)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = follow(from, named);
    if (response.statusCode() == 429) {
      Answer busy = refusal(response);
      if (busy != null && busy.retryAfter().compareTo(FETCH) <= 0) {
        Thread.sleep(busy.retryAfter());
        return follow(from, named);
      }
    }
    return response;
  }

  /**
   * Asks, and follows the server where it sends us for the file. Elsewhere than at the homeserver
   * itself nobody hears the token.
   */
  private HttpResponse<InputStream> follow(URI from, boolean named)
      throws IOException, InterruptedException {
    URI at = from;
    for (int hop = 0; hop <= HOPS; hop++) {
      HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(FETCH).GET();
      if (named && isHome(at)) {
        request.header("Authorization", api.authorization());
      }
      HttpResponse<InputStream> response =
          api.http().send(request.build(), BodyHandlers.ofInputStream());
      String next = response.headers().firstValue("Location").orElse(null);
      if (response.statusCode() / 100 != 3 || next == null) {
        return response;
      }
      response.body().close();
      at = next(at, next);
    }
    throw new IOException("the homeserver sends us round and round for the file");
  }

  private URI next(URI at, String location) throws IOException {
    URI next;
    try {
      next = at.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("the homeserver sends us for the file to what is no address", e);
    }
    boolean safe =
        next.getHost() != null
            && ("https".equals(next.getScheme())
                || ("http".equals(next.getScheme()) && "http".equals(at.getScheme())));
    if (!safe) {
      throw new IOException("the homeserver sends us for the file to where we do not go");
    }
    return next;
  }

  private boolean isHome(URI at) {
    URI home = api.homeserver();
    return origin(at).equals(origin(home));
  }

  private static String origin(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
  }

  /** What a refusal says; null where the answer is the file. */
  private static @Nullable Answer refusal(HttpResponse<InputStream> response) throws IOException {
    if (response.statusCode() == 200) {
      return null;
    }
    try (InputStream body = response.body()) {
      String text = new String(body.readNBytes(LARGEST_ERROR), StandardCharsets.UTF_8);
      return MatrixApi.answer(response, Json.parse(text));
    }
  }
}
