package dev.belfry.http.oauth;

import dev.belfry.core.Tokens;
import dev.belfry.http.Call;
import dev.belfry.http.guard.RateLimits;
import java.util.Map;

/**
 * Ends a request that comes too early: what is shown to the sign-in's own endpoints counts as it
 * does in a header elsewhere, good tokens by the token and wrong ones by where they come from. Who
 * shows a good one is not asked what others at its address do.
 */
final class TooOften extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long nanos;

  private TooOften(String message, long nanos) {
    super(message, null, false, false);
    this.nanos = nanos;
  }

  /** Counts a token or code that is wrong. */
  static void countWrong(Call call) {
    check("Too many bad tokens from this address", call.countWrongToken());
  }

  /** Counts a request about a token. */
  static void countGood(Call call, Tokens.Token token) {
    check("Too many requests with this token", call.countToken(token.id()));
  }

  private static void check(String message, long early) {
    if (early > 0) {
      throw new TooOften(message, early);
    }
  }

  String message() {
    return String.valueOf(getMessage());
  }

  /** The headers that say when to come again. */
  Map<String, String> headers() {
    return Map.of("Retry-After", RateLimits.retryAfter(nanos));
  }
}
