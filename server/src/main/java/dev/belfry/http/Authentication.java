package dev.belfry.http;

import dev.belfry.model.Grant;
import java.util.Optional;

/** Tells what a token is good for. */
@FunctionalInterface
public interface Authentication {
  /** Empty for a token that is unknown, expired or revoked. */
  Optional<Grant> authenticate(String token);
}
