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

  /** One account. Not in Beeper Desktop 5.0.0, where it is a 404. */
  public Account retrieve(String accountID) {
    return http.get("v1", "accounts", accountID).as(Account.class);
  }

  /** Known people of an account, by name. */
  public Page<User> contacts(String accountID) {
    return contacts(accountID, ContactListParams.ALL);
  }

  /** Some known people of an account, by name. */
  public Page<User> contacts(String accountID, ContactListParams params) {
    return Page.at(
        new Page.Position(params.cursor(), params.direction()),
        position ->
            http.get("v1", "accounts", accountID, "contacts", "list")
                .query("query", params.query())
                .query("cursor", position.cursor())
                .query("direction", position.direction())
                .query("limit", params.limit())
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
