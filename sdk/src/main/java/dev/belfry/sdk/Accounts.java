package dev.belfry.sdk;

import dev.belfry.api.Account;
import dev.belfry.api.ContactSearchResponse;
import dev.belfry.api.User;
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

  /** Known people of an account, by name. */
  public Page<User> contacts(String accountID) {
    return Page.at(
        new Page.Position(null, null),
        position ->
            http.get("v1", "accounts", accountID, "contacts", "list")
                .query("cursor", position.cursor())
                .query("direction", position.direction())
                .asPage(User.class));
  }

  /** People whom a text finds: known ones, and those whom the network finds. */
  public List<User> searchContacts(String accountID, String query) {
    return http.get("v1", "accounts", accountID, "contacts")
        .query("query", query)
        .as(ContactSearchResponse.class)
        .items();
  }
}
