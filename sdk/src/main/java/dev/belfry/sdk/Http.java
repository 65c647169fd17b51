package dev.belfry.sdk;

import dev.belfry.api.ApiError;
import dev.belfry.api.codec.Codec;
import dev.belfry.api.codec.CodecException;
import dev.belfry.sdk.BelfryException.ConnectionFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends calls, repeats the ones that may be repeated, and turns errors into exceptions. */
final class Http {
  /** Waits between two tries. */
  @FunctionalInterface
  interface Pause {
    /** Returns after that time. */
    void last(Duration duration) throws InterruptedException;
  }

  private static final int LONGEST_ERROR = 1 << 20;

  private final String base;
  private final @Nullable String token;
  private final Duration timeout;
  private final int maxRetries;
  private final Pause pause;
  private final HttpClient client;
  private final Underway underway = new Underway();

  Http(URI base, @Nullable String token, Duration timeout, int maxRetries, Pause pause) {
    // the messages repeat neither address nor token: both may hold a secret
    boolean http =
        "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme());
    boolean plain = base.getRawUserInfo() == null && base.getRawQuery() == null;
    if (!http || !plain || base.getHost() == null) {
      throw new IllegalArgumentException("Not the plain http or https address of a server");
    }
    if (token != null && !token.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException("The token has characters that no header can carry");
    }
    this.base = base.toString().replaceFirst("/+$", "");
    this.token = token;
    this.timeout = timeout;
    this.maxRetries = maxRetries;
    this.pause = pause;
    // HTTP/1.1: else each plain connection begins with an offer of h2c, which some servers refuse.
    // No redirects: the token would go along to wherever they point.
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  String base() {
    return base;
  }

  Call get(String... segments) {
    return new Call(this, "GET", segments);
  }

  Call put(String... segments) {
    return new Call(this, "PUT", segments).once();
  }

  Call patch(String... segments) {
    return new Call(this, "PATCH", segments).once();
  }

  Call delete(String... segments) {
    return new Call(this, "DELETE", segments).once();
  }

  Call post(String... segments) {
    return new Call(this, "POST", segments).once();
  }

  /**
   * Makes the call and gives the body of the answer.
   *
   * @throws BelfryException if it failed after all tries
   */
  byte[] send(Call call, String accept) {
    return send(call, accept, BodyHandlers.ofByteArray(), body -> body).body();
  }

  /**
   * Makes the call and gives the answer as soon as its body begins.
   *
   * @throws BelfryException if it failed after all tries
   */
  HttpResponse<InputStream> open(Call call, String accept) {
    return send(
        call,
        accept,
        head -> BodySubscribers.mapping(BodySubscribers.ofInputStream(), underway::read),
        Http::begin);
  }

  /** What an error's body begins with; all of it where it is an error of the API. */
  private static byte[] begin(InputStream body) {
    try (body) {
      return body.readNBytes(LONGEST_ERROR);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private <T> HttpResponse<T> send(
      Call call, String accept, BodyHandler<T> handler, Function<T, byte[]> bytes) {
    for (int repeat = 0; ; repeat++) {
      if (underway.hasEnded()) throw closed(null);
      Duration wait = Retry.backoff(repeat);
      try {
        HttpResponse<T> response =
            exchange(request(call, accept, repeat), handler, call.patience(timeout));
        if (response.statusCode() / 100 == 2) return response;
        Optional<Duration> wanted = Retry.wanted(response.headers());
        byte[] body = bytes.apply(response.body());
        if (repeat == maxRetries
            || !Retry.allowed(response)
            || wanted.filter(Retry::tooLong).isPresent()) {
          throw BelfryException.answered(response.statusCode(), error(body), wanted.orElse(null));
        }
        wait = wanted.orElse(wait);
      } catch (ConnectionFault e) {
        if (underway.hasEnded()) throw closed(e);
        if (repeat == maxRetries || Thread.currentThread().isInterrupted()) throw e;
      }
      rest(wait);
    }
  }

  private HttpRequest request(Call call, String accept, int repeat) {
    Supplier<BodyPublisher> body = call.body;
    BodyPublisher publisher = body == null ? BodyPublishers.noBody() : body.get();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + call.target))
            .method(call.method, publisher)
            .header("Accept", accept)
            .header("User-Agent", "Belfry/Java " + Belfry.VERSION);
    if (body != null) request.header("Content-Type", call.contentType);
    call.headers.forEach(request::header);
    if (call.withToken && token != null) request.header("Authorization", "Bearer " + token);
    if (call.idempotencyKey != null) request.header("Idempotency-Key", call.idempotencyKey);
    if (repeat > 0) request.header("X-Stainless-Retry-Count", Integer.toString(repeat));
    return request.build();
  }

  private <T> HttpResponse<T> exchange(
      HttpRequest request, BodyHandler<T> handler, Duration patience) {
    // not send(): its timeout ends with the headers, and a body that stalls would hang for ever
    CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, handler);
    Underway.Exchange exchange = underway.begin(answer);
    try {
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (CancellationException e) {
      throw closed(e);
    } catch (TimeoutException e) {
      throw new ConnectionFault("No answer from " + base + " within " + patience, e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      // the message of a refused connection is null; the class says what happened
      throw new ConnectionFault("No answer from " + base + ": " + cause, cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectionFault("Interrupted while waiting for the answer", e);
    } finally {
      exchange.end();
    }
  }

  /** How long one try may take. */
  Duration timeout() {
    return timeout;
  }

  /** Waits between two tries. */
  void rest(Duration wait) {
    try {
      pause.last(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectionFault("Interrupted between two tries", e);
    }
  }

  private static @Nullable ApiError error(byte[] body) {
    try {
      return Codec.read(ApiError.class, body);
    } catch (CodecException notAnEnvelope) {
      return null;
    }
  }

  private static IllegalStateException closed(@Nullable RuntimeException cause) {
    return new IllegalStateException("The client is closed", cause);
  }

  /**
   * Returns at once: whoever waits for an answer, or reads one, hears that the client is closed.
   */
  void close() {
    underway.endAll(client);
  }
}
