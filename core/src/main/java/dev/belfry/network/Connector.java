package dev.belfry.network;

import dev.belfry.model.AccountId;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One kind of network. This is where a new network plugs in. A connector holds no state of an
 * account; that is its clients' and, between runs, the account's private folder's.
 */
public interface Connector {
  /**
   * A file in an account's folder which says that the folder has come out of a backup, so that the
   * network may know of things that it does not: a key must not be used twice, say. Whoever opens
   * the folder next does what this asks for, and then deletes the file.
   */
  String RESTORED = "restored";

  /**
   * The kind, as the API's {@code bridge.type}: lower case, such as {@code matrix}. Account ids are
   * made from it.
   */
  String type();

  /** The readable name of the network, such as {@code Matrix}. */
  String network();

  /**
   * Begins to log an account in. What the network hands over for keeping goes into {@code folder},
   * where {@link #open} finds it.
   *
   * @param folder the account's private folder (mode 0700); exists; holds an earlier login's files
   *     on a new login
   */
  Login login(AccountId account, Path folder);

  /**
   * An account that was known has been logged in anew, and gets a new folder. What the old one
   * knows and the new login needs is taken along. Called once, while neither is in use.
   *
   * @throws IOException when it cannot be; the new login is used without it then
   */
  default void renewed(Path before, Path now) throws IOException {}

  /**
   * A client for an account that is logged in. It does nothing until {@link NetworkClient#run} is
   * called, and is used for one run only.
   *
   * @param folder as at {@link #login}
   */
  NetworkClient open(AccountId account, Path folder);

  /**
   * Ends the login on the network, where that can be done. Afterwards, whatever happens here, the
   * folder is deleted, or kept aside where another login has replaced it.
   *
   * @throws IOException when the network could not be told
   */
  void logout(AccountId account, Path folder) throws IOException, InterruptedException;
}
