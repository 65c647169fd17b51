package dev.belfry.http.json;

import dev.belfry.api.Account;
import dev.belfry.model.AccountState;

/** Accounts (contract, models.md, Account and next.Account). */
public final class AccountJson {
  private AccountJson() {}

  public static Account from(dev.belfry.model.Account account) {
    return new Account(
        account.id().value(),
        new Account.Bridge(account.connector(), Account.Provider.LOCAL, account.connector()),
        UserJson.from(account.self()),
        account.network(),
        status(account.state().status()),
        Sparse.text(account.state().reason()),
        account.self().id().value(),
        null);
  }

  private static Account.Status status(AccountState.Status status) {
    return switch (status) {
      case CONNECTED -> Account.Status.CONNECTED;
      case CONNECTING -> Account.Status.CONNECTING;
      case BACKFILLING -> Account.Status.BACKFILLING;
      case RECONNECT_REQUIRED -> Account.Status.RECONNECT_REQUIRED;
      case ATTENTION_REQUIRED -> Account.Status.ATTENTION_REQUIRED;
      case DISCONNECTED -> Account.Status.DISCONNECTED;
      case DISABLED -> Account.Status.DISABLED;
    };
  }
}
