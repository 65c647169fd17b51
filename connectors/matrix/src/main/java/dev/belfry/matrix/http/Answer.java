package dev.belfry.matrix.http;

import dev.belfry.matrix.json.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a homeserver answered.
 *
 * @param status of HTTP
 * @param body nothing when it was no JSON
 * @param retryHeader what the {@code Retry-After} header says; null without one
 */
public record Answer(int status, Json body, @Nullable Duration retryHeader) {
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  /** Whether the homeserver did what was asked: it says so in JSON, as nobody else does. */
  public boolean isOk() {
    return status >= 200 && status < 300 && (body.isObject() || body.isList());
  }

  public boolean isRateLimited() {
    return status == 429;
  }

  /**
   * Whether asking again later may help: too many requests, a fault of the server, or an answer
   * that is not the homeserver's own, which bears its machine word. Such a one comes from a proxy
   * before it and says nothing of what was asked for, except that it was too large.
   */
  public boolean isPassing() {
    return isRateLimited()
        || status >= 500
        || status == 408
        || (!isOk() && code().isEmpty() && status != TOO_LARGE);
  }

  /** Whether the homeserver itself says that there is no such thing. */
  public boolean isNotFound() {
    return status == NOT_FOUND && !code().isEmpty();
  }

  /** The error's machine word (specification, Standard error response), or an empty text. */
  public String code() {
    String code = body.text("errcode");
    return code == null ? "" : code;
  }

  /** The error as the server words it, or the status. */
  public String message() {
    String error = body.words("error");
    return error == null ? "HTTP status " + status : error;
  }

  /** For how long the server asks us to wait. */
  public Duration retryAfter() {
    Long millis = body.number("retry_after_ms");
    Duration asked = millis == null ? retryHeader : Duration.ofMillis(millis);
    if (asked == null || asked.isNegative()) {
      return DEFAULT_WAIT;
    }
    return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
  }
}
