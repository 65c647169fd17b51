package dev.belfry.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that registered itself to ask for access (contract, auth.md). What it says of itself is
 * not verified by anything.
 *
 * @param name for people; without control characters
 * @param uri its home page; null where it named none
 * @param redirectUris where its user's browser may be sent with an answer
 */
public record Client(
    String id, String name, @Nullable String uri, List<String> redirectUris, Instant createdAt) {
  public Client {
    redirectUris = List.copyOf(redirectUris);
  }
}
