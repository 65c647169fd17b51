package dev.belfry.sdk;

import dev.belfry.api.Account;
import java.util.List;

/** The logins on networks (contract: endpoints, Accounts and contacts). */
public final class Accounts {
  private final Http http;

  Accounts(Http http) {
    this.http = http;
  }

  /** All accounts. */
  public List<Account> list() {
    return http.get("v1", "accounts").asList(Account.class);
  }
}
