package dev.belfry.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf something is done, what they may see and what they may do. Every read of the
 * store takes one, and shows nothing outside it.
 *
 * <p>Limits narrow each other: with both, the chats that are named and lie in a named account. An
 * empty set is a limit too, and lets nothing be seen.
 *
 * @param subject the id of the token, or {@code hub} for the hub itself; for logs, never secret
 * @param scopes what may be done
 * @param accounts the accounts that may be seen; null for all
 * @param chats the chats that may be seen, and of their accounts no more than what the chats show;
 *     null for all
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
    accounts = accounts == null ? null : Set.copyOf(accounts);
    chats = chats == null ? null : Set.copyOf(chats);
  }

  /** {@code write} implies {@code read}. */
  public boolean allows(Scope scope) {
    return scopes.contains(scope) || scopes.contains(Scope.WRITE);
  }

  /** Whether this may be done, where it may be seen. */
  public boolean allows(Permission permission) {
    return allows(permission.scope());
  }

  /** Whether everything may be seen. */
  public boolean isUnlimited() {
    return accounts == null && chats == null;
  }

  /** Whether a chat of an account may be seen, and with it its messages, people and files. */
  public boolean sees(AccountId account, ChatId chat) {
    return (accounts == null || accounts.contains(account))
        && (chats == null || chats.contains(chat));
  }
}
