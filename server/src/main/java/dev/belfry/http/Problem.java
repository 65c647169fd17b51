package dev.belfry.http;

import dev.belfry.api.ApiError;
import java.util.Map;

/**
 * What is answered when a request fails.
 *
 * @param status 4xx or 5xx
 * @param error the envelope
 * @param headers beyond the usual ones
 * @param repeatable false where the same request would fail again or must not be sent twice,
 *     whatever its method
 */
record Problem(int status, ApiError error, Map<String, String> headers, boolean repeatable) {
  static Problem of(int status, String code, String message) {
    return new Problem(status, ApiError.of(code, message), Map.of(), true);
  }

  Problem with(String header, String value) {
    return new Problem(status, error, Map.of(header, value), repeatable);
  }

  Problem unrepeatable() {
    return new Problem(status, error, headers, false);
  }
}
