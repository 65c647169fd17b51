package dev.belfry.core;

import dev.belfry.model.Account;
import dev.belfry.model.AccountId;
import dev.belfry.model.Grant;
import dev.belfry.network.LoginStep;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The logins on networks. */
@SuppressWarnings("DoNotCallSuggester")
public final class Accounts {
  public List<Account> list(Grant grant) {
    throw new UnsupportedOperationException();
  }

  /** Begins to add an account of a connector's type, such as {@code matrix}. */
  public LoginSession login(String connectorType) {
    throw new UnsupportedOperationException();
  }

  /**
   * Logs an account out.
   *
   * @param forget also deletes its chats and messages; else they stay, and the account is listed as
   *     disabled
   */
  public void remove(AccountId account, boolean forget) {
    throw new UnsupportedOperationException();
  }

  /**
   * A login under way. Once complete the account exists, and where the hub is running its link has
   * been started.
   */
  public interface LoginSession extends AutoCloseable {
    LoginStep begin() throws IOException, InterruptedException;

    LoginStep submit(Map<String, String> values) throws IOException, InterruptedException;

    /** The account; only after {@link LoginStep.Complete}. */
    Account account();

    @Override
    void close();
  }
}
