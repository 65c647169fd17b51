package dev.belfry.server.serve;

import dev.belfry.core.Hub;
import dev.belfry.model.Account;
import dev.belfry.model.Grant;
import dev.belfry.network.LoginStep;
import java.io.IOException;

/** The two accounts of the sandbox network, made at a start that finds none. */
final class SandboxAccounts {
  private static final String CONNECTOR = "sandbox";
  private static final int HOW_MANY = 2;

  private SandboxAccounts() {}

  /**
   * An account that was removed is still listed, as disabled, and stays removed. Where both were
   * forgotten nothing says that there were any: who asks for the sandbox again gets it anew.
   */
  static void make(Hub hub) throws IOException, InterruptedException {
    long there =
        hub.accounts().list(Grant.HUB).stream()
            .map(Account::connector)
            .filter(CONNECTOR::equals)
            .count();
    if (there > 0) {
      return;
    }
    for (int i = 0; i < HOW_MANY; i++) {
      try (var session = hub.accounts().login(CONNECTOR)) {
        if (!(session.begin() instanceof LoginStep.Complete)) {
          throw new IllegalStateException("the sandbox asks nothing to log in");
        }
      }
    }
  }
}
