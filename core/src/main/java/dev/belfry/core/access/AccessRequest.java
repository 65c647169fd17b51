package dev.belfry.core.access;

import dev.belfry.model.Grant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks a person for.
 *
 * @param clientId as the client gave it; of letters that can be shown
 * @param clientName what the client calls itself; null for one that is not registered
 * @param redirectUri where the answer goes; null where the client waits for it by itself
 * @param state given back with the answer
 * @param challenge of PKCE, S256
 * @param resource what the token is for, as a URL
 */
public record AccessRequest(
    String clientId,
    @Nullable String clientName,
    @Nullable String redirectUri,
    Set<Grant.Scope> scopes,
    @Nullable String state,
    String challenge,
    @Nullable String resource) {
  public AccessRequest {
    scopes = Set.copyOf(scopes);
  }
}
