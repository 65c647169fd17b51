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
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  public boolean isOk() {
    return status >= 200 && status < 300;
  }

  public boolean isRateLimited() {
    return status == 429;
  }

  /**
   * Whether asking again later may help: too many requests, a fault of the server or of a proxy
   * before it.
   */
  public boolean isPassing() {
    return isRateLimited() || status >= 500 || status == 408;
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
