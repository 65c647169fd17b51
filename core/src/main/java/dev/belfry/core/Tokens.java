package dev.belfry.core;

import dev.belfry.model.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens that clients show. Only a hash of each is kept. */
@SuppressWarnings("DoNotCallSuggester")
public final class Tokens {
  /** What may be known of a token later. */
  public record Token(
      String id,
      String name,
      Set<Grant.Scope> scopes,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt) {}

  /**
   * A token that was just made.
   *
   * @param secret shown this once
   */
  public record NewToken(Token token, String secret) {}

  public NewToken create(String name, Set<Grant.Scope> scopes, @Nullable Duration lifetime) {
    throw new UnsupportedOperationException();
  }

  public List<Token> list() {
    throw new UnsupportedOperationException();
  }

  /**
   * Ends a token.
   *
   * @param idOrName what {@link #list} shows; a name that two tokens bear is refused
   */
  public Token revoke(String idOrName) {
    throw new UnsupportedOperationException();
  }

  /** Empty for an unknown, revoked or expired one. Takes equally long for all. */
  public Optional<Grant> authenticate(String secret) {
    throw new UnsupportedOperationException();
  }
}
