package dev.belfry.http;

import dev.belfry.core.Accounts;
import dev.belfry.http.json.AccountJson;
import dev.belfry.model.HubException;
import java.util.List;

/** The logins on networks (contract, Accounts and contacts). */
final class AccountRoutes {
  private final Accounts accounts;

  AccountRoutes(Accounts accounts) {
    this.accounts = accounts;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/v1/accounts", this::list),
        Route.reading("GET", "/v1/accounts/{accountID}", this::get));
  }

  private Answer list(Call call) {
    return new Answer.Json(accounts.list(call.grant()).stream().map(AccountJson::from).toList());
  }

  private Answer get(Call call) {
    String id = call.path("accountID");
    return accounts.list(call.grant()).stream()
        .filter(account -> account.id().value().equals(id))
        .findFirst()
        .map(account -> new Answer.Json(AccountJson.from(account)))
        .orElseThrow(() -> HubException.notFound("Account"));
  }
}
