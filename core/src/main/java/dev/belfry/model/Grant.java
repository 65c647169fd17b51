package dev.belfry.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf something is done, and what they may see. Every read of the store takes one.
 *
 * @param subject the id of the token, or {@code hub} for the hub itself; for logs, never secret
 * @param scopes what may be done
 * @param accounts the accounts that may be seen; null for all
 * @param chats the chats that may be seen; null for all
 */
public record Grant(
    String subject,
    Set<Scope> scopes,
    @Nullable Set<AccountId> accounts,
    @Nullable Set<ChatId> chats) {
  /** What a token may do (contract, auth.md, Scopes). */
  public enum Scope {
    READ,
    WRITE
  }

  /** The hub's own work. */
  public static final Grant HUB = new Grant("hub", Set.of(Scope.READ, Scope.WRITE), null, null);

  public Grant {
    scopes = Set.copyOf(scopes);
  }

  /** {@code write} implies {@code read}. */
  public boolean allows(Scope scope) {
    return scopes.contains(scope) || scopes.contains(Scope.WRITE);
  }

  /** Whether everything may be seen. */
  public boolean isUnlimited() {
    return accounts == null && chats == null;
  }
}
