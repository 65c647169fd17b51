package dev.belfry.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.api.ApiError;
import dev.belfry.api.codec.Codec;
import dev.belfry.http.guard.RateLimits;
import dev.belfry.http.read.InvalidRequest;
import dev.belfry.model.HubException;
import dev.belfry.model.StoreFault;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** The one place that makes error answers (contract, Errors). */
final class Errors {
  private static final System.Logger LOG = System.getLogger(Errors.class.getName());
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private Errors() {}

  /**
   * @param endpoint the path of the route with its parameters unfilled, for the log
   */
  static Problem of(Throwable fault, Request request, String endpoint) {
    return switch (fault) {
      case Refused refused -> refused.problem();
      case InvalidRequest invalid -> invalid(invalid.issues());
      case HubException refusal -> of(refusal, request, endpoint);
      case StoreFault broken -> storage(broken, request, endpoint);
      case UncheckedIOException unreadable -> ofUnreadable(unreadable.getCause());
      default -> unexpected(fault, request, endpoint);
    };
  }

  private static Problem of(HubException refusal, Request request, String endpoint) {
    String message = String.valueOf(refusal.getMessage());
    String code = refusal.code();
    return switch (refusal.reason()) {
      case INVALID ->
          invalid(
              List.of(
                  new ApiError.Issue(code.isEmpty() ? "custom" : code, message, refusal.path())));
      case UNAUTHORIZED -> unauthorized(request, message);
      case FORBIDDEN -> Problem.of(403, or(code, "FORBIDDEN"), message);
      case NOT_FOUND -> Problem.of(404, or(code, "NOT_FOUND"), message);
      case UNPROCESSABLE -> Problem.of(422, or(code, "UNPROCESSABLE_ENTITY"), message);
      case TOO_LARGE -> tooLarge(message);
      case STORAGE -> storage(refusal, request, endpoint);
    };
  }

  private static String or(String code, String usual) {
    return code.isEmpty() ? usual : code;
  }

  private static Problem invalid(List<ApiError.Issue> issues) {
    return new Problem(400, ApiError.invalid("Validation failed", issues), Map.of(), true);
  }

  static Problem notFound() {
    return Problem.of(404, "NOT_FOUND", "Path not found");
  }

  static Problem otherMethod(Set<String> allowed) {
    return Problem.of(405, "METHOD_NOT_ALLOWED", "This path does not have that method")
        .with("Allow", String.join(", ", allowed));
  }

  static Problem tooLarge(String message) {
    return Problem.of(413, "PAYLOAD_TOO_LARGE", message);
  }

  /**
   * Too many requests: the one refusal of a write that may be sent again.
   *
   * @param nanos until the next one is taken
   */
  static Problem tooMany(String message, long nanos) {
    return Problem.of(429, "RATE_LIMITED", message)
        .with("Retry-After", RateLimits.retryAfter(nanos));
  }

  static Problem forbidden(String message) {
    return Problem.of(403, "FORBIDDEN", message);
  }

  /** The header is how MCP clients find out where to sign in. */
  static Problem unauthorized(Request request, String message) {
    String metadata = BaseUrl.of(request).at("/.well-known/oauth-protected-resource");
    return Problem.of(401, "UNAUTHORIZED", message)
        .with("WWW-Authenticate", "Bearer resource_metadata=\"" + metadata + "\"");
  }

  /**
   * A fault of the data folder, in words that say what to do; no client repeats the request, as
   * that cannot help.
   */
  private static Problem storage(Throwable fault, Request request, String endpoint) {
    LOG.log(
        Level.ERROR,
        "The store failed in {0} {1}: {2}\n{3}",
        request.getMethod(),
        endpoint,
        fault.getMessage(),
        Traces.withoutMessages(fault));
    return Problem.of(500, "STORAGE_ERROR", String.valueOf(fault.getMessage())).unrepeatable();
  }

  /** What became of a body that could not be read to its end. */
  private static Problem ofUnreadable(@Nullable Throwable cause) {
    for (Throwable fault = cause; fault != null; fault = fault.getCause()) {
      if (fault instanceof HttpException http) {
        return ofStatus(http.getCode());
      }
      if (fault instanceof TimeoutException) {
        return ofStatus(HttpStatus.REQUEST_TIMEOUT_408);
      }
    }
    return ofStatus(HttpStatus.BAD_REQUEST_400);
  }

  /**
   * What the HTTP server refused by itself. Its own words may quote the request, so they are not
   * repeated.
   */
  static Problem ofStatus(int status) {
    HttpStatus.Code known = HttpStatus.getCode(status);
    if (known == null || status < 400) {
      return ofStatus(HttpStatus.INTERNAL_SERVER_ERROR_500);
    }
    return switch (status) {
      // Where it is wrong, the HTTP server does not tell.
      case 400 -> invalid(List.of(new ApiError.Issue("custom", "Malformed HTTP", List.of())));
      case 404 -> notFound();
      case 413 -> tooLarge("The request is too large");
      case 500 -> Problem.of(500, "INTERNAL_ERROR", "Unexpected error");
      default -> Problem.of(status, known.name(), known.getMessage());
    };
  }

  private static Problem unexpected(Throwable fault, Request request, String endpoint) {
    String incident = UUID.randomUUID().toString();
    LOG.log(
        Level.ERROR,
        "Unexpected fault {0} in {1} {2}:\n{3}",
        incident,
        request.getMethod(),
        endpoint,
        Traces.withoutMessages(fault));
    return Problem.of(
        500, "INTERNAL_ERROR", "Unexpected error; the server's log tells more under " + incident);
  }

  /** Puts status and headers of a failure and gives its body. */
  static byte[] write(Problem problem, Request request, Response response) {
    HttpFields.Mutable headers = response.getHeaders();
    response.setStatus(problem.status());
    headers(problem, request.getMethod()).forEach(headers::put);
    return Codec.toBytes(problem.error());
  }

  /** A failure as an answer of its own. */
  static Answer.Whole whole(Problem problem, String method) {
    return new Answer.Whole(
        problem.status(),
        headers(problem, method),
        new String(Codec.toBytes(problem.error()), UTF_8));
  }

  private static Map<String, String> headers(Problem problem, String method) {
    var headers = new HashMap<>(Headers.JSON_TYPE);
    headers.putAll(problem.headers());
    boolean safe = SAFE_METHODS.contains(method);
    if (!problem.repeatable() || (!safe && problem.status() != HttpStatus.TOO_MANY_REQUESTS_429)) {
      headers.put(Headers.SHOULD_RETRY, "false");
    }
    return headers;
  }
}
