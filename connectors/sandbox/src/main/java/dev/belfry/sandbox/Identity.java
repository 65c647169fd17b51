package dev.belfry.sandbox;

import dev.belfry.model.AccountId;
import dev.belfry.network.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Who logs in. As nothing is asked, it is the first of {@code sandbox}, {@code sandbox-2} and so on
 * that is not logged in now: so a login that was ended or removed is the one that is renewed, which
 * the hub sees by its login id.
 */
final class Identity {
  private static final String JOURNAL = "network.jsonl";
  private static final String LOGGED_OUT = "logged-out";

  private Identity() {}

  /**
   * @param account the id that the hub has in mind
   * @param folder its folder, beside those of other accounts
   */
  static AccountId of(String type, AccountId account, Path folder) {
    AccountId candidate = new AccountId(type);
    for (int number = 2; !candidate.equals(account) && isLoggedIn(folder, candidate); number++) {
      candidate = new AccountId(type + "-" + number);
    }
    return candidate;
  }

  private static boolean isLoggedIn(Path folder, AccountId other) {
    Path beside = folder.resolveSibling(other.value());
    return Files.exists(beside) && !Files.exists(loggedOut(beside));
  }

  /**
   * Prepares a folder for a new login: the network remembers what happened, the hub's side begins
   * anew.
   */
  static void renew(AccountId identity, Path folder) {
    Path earlier = journal(folder.resolveSibling(identity.value()));
    try {
      if (Files.exists(earlier) && !Files.exists(journal(folder))) {
        Files.copy(earlier, journal(folder), StandardCopyOption.REPLACE_EXISTING);
        PrivateFiles.file(journal(folder));
        SimulatedNetwork.media(folder.resolveSibling(identity.value()))
            .copySent(SimulatedNetwork.media(folder));
      }
      Files.deleteIfExists(loggedOut(folder));
      position(folder).forget();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path journal(Path folder) {
    return folder.resolve(JOURNAL);
  }

  static Path loggedOut(Path folder) {
    return folder.resolve(LOGGED_OUT);
  }

  static Position position(Path folder) {
    return new Position(folder.resolve("sync"));
  }
}
