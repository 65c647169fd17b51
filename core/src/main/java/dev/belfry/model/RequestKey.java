package dev.belfry.model;

import java.util.Objects;

/**
 * What a write that may be sent again is known by (contract, Decided for Belfry: Idempotency-Key).
 *
 * @param subject the token
 * @param method such as {@code POST}
 * @param path as it was sent, without the query
 * @param key the client's
 */
public record RequestKey(String subject, String method, String path, String key) {
  /** The longest key that is taken, in characters. */
  public static final int LONGEST = 255;

  public RequestKey {
    Objects.requireNonNull(subject);
    if (key.isEmpty() || key.length() > LONGEST || key.chars().anyMatch(Character::isISOControl)) {
      throw HubException.invalid(
          "An Idempotency-Key has 1 to "
              + LONGEST
              + " characters, no control characters; a UUID is one",
          "headers",
          "Idempotency-Key");
    }
  }
}
