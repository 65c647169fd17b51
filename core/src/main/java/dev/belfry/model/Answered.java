package dev.belfry.model;

import java.util.Map;
import java.util.Set;

/**
 * An answer as it is remembered for the same request sent again.
 *
 * @param status of HTTP
 * @param headers those of its own, by name
 * @param body empty for none
 */
public record Answered(int status, Map<String, String> headers, String body) {
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  public Answered {
    headers = Map.copyOf(headers);
  }

  /** Whether the same request has this answer for good (contract, Idempotency-Key). */
  public boolean isFinal() {
    return status >= 200 && status < 500 && !PASSING.contains(status);
  }
}
