package dev.belfry.http;

import dev.belfry.api.AppState;
import dev.belfry.core.Accounts;
import dev.belfry.model.Account;
import dev.belfry.model.AccountState.Status;
import dev.belfry.model.Grant;
import java.util.List;

/**
 * Whether the installation is set up (contract, App setup). The official CLI takes everything but
 * an answer of {@code ready} for a server that cannot be used.
 */
final class SetupRoutes {
  private static final AppState.Secrets NO_SECRETS =
      new AppState.Secrets(false, false, false, false, false);

  private final Accounts accounts;

  SetupRoutes(Accounts accounts) {
    this.accounts = accounts;
  }

  List<Route> routes() {
    return List.of(Route.open("GET", "/v1/app/setup", this::state));
  }

  /** Public only as long as there is nothing to know. */
  private Answer state(Call call) {
    if (accounts.list(Grant.HUB).isEmpty()) {
      return json(new AppState(AppState.State.NEEDS_LOGIN, encryption(false, false), null, null));
    }
    List<Account> logins = accounts.list(call.requireGrant(Grant.Scope.READ));
    boolean synced =
        logins.stream().anyMatch(account -> account.state().status() != Status.CONNECTING);
    return json(
        new AppState(
            AppState.State.READY,
            encryption(true, synced),
            logins.isEmpty() ? null : session(logins.getFirst()),
            null));
  }

  private static Answer json(AppState state) {
    return new Answer.Json(state);
  }

  /** Verification, key backup and cross-signing are not offered yet, which is what this says. */
  private static AppState.Encryption encryption(boolean initialized, boolean synced) {
    return new AppState.Encryption(
        false, synced, false, initialized, false, NO_SECRETS, false, false, null);
  }

  /**
   * Who is signed in. Clients want it filled on any network; the device is the connector's own
   * affair.
   */
  private static AppState.Session session(Account account) {
    String user = account.self().id().value();
    return new AppState.Session("", user.substring(user.indexOf(':') + 1), user);
  }
}
