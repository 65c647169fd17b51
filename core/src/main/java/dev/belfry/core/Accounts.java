package dev.belfry.core;

import dev.belfry.model.Account;
import dev.belfry.model.AccountId;
import dev.belfry.model.AccountState;
import dev.belfry.model.AccountState.Status;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.network.Connector;
import dev.belfry.network.Login;
import dev.belfry.network.LoginStep;
import dev.belfry.store.AccountTable;
import dev.belfry.store.Database;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The logins on networks. Safe for use by any thread. */
public final class Accounts {
  private static final System.Logger LOG = System.getLogger(Accounts.class.getName());
  private static final int MESSAGES_A_SLICE = 500;
  private static final int CHATS_A_SLICE = 500;
  private static final AccountState REMOVED =
      new AccountState(Status.DISABLED, "Removed; its history is kept. Add it again to go on.");

  private final Database database;
  private final AccountFolders folders;
  private final Map<String, Connector> connectors;
  private final Links links;
  private final Tokens tokens;
  private final Set<AccountId> reserved = new HashSet<>();

  Accounts(
      Database database,
      AccountFolders folders,
      List<Connector> connectors,
      Links links,
      Tokens tokens) {
    this.database = database;
    this.folders = folders;
    this.connectors = connectors.stream().collect(Collectors.toMap(Connector::type, c -> c));
    this.links = links;
    this.tokens = tokens;
  }

  public List<Account> list(Grant grant) {
    return database.read(
        grant, tx -> tx.accounts().list().stream().map(AccountTable.Row::account).toList());
  }

  /** The account of an id that a client gave. */
  static AccountTable.Row require(Database database, Grant grant, String account) {
    return database
        .read(
            grant,
            tx ->
                tx.accounts().list().stream()
                    .filter(row -> row.account().id().value().equals(account))
                    .findFirst())
        .orElseThrow(() -> HubException.notFound("Account"));
  }

  /** Begins to add an account of a connector's type, such as {@code matrix}. */
  public LoginSession login(String connectorType) {
    var connector = connectors.get(connectorType);
    if (connector == null) {
      throw HubException.invalid(
          "Unknown network \"%s\"; there are: %s"
              .formatted(
                  connectorType,
                  connectors.keySet().stream().sorted().collect(Collectors.joining(", "))));
    }
    var id = reserve(connectorType);
    try {
      var folder = folders.make(id);
      return new Session(id, connector, folder, connector.login(id, folder));
    } catch (RuntimeException e) {
      release(id);
      throw e;
    }
  }

  private synchronized AccountId reserve(String type) {
    var taken =
        database.read(
            Grant.HUB,
            tx ->
                tx.accounts().list().stream()
                    .map(row -> row.account().id())
                    .collect(Collectors.toSet()));
    for (int number = 1; ; number++) {
      var id = new AccountId(number == 1 ? type : type + "-" + number);
      if (!taken.contains(id) && reserved.add(id)) {
        return id;
      }
    }
  }

  private synchronized void release(AccountId id) {
    reserved.remove(id);
  }

  /**
   * Logs an account out.
   *
   * @param forget also deletes its chats and messages; else they stay, and the account is listed as
   *     disabled
   */
  public void remove(AccountId account, boolean forget) {
    var row =
        database
            .read(Grant.HUB, tx -> tx.accounts().find(account))
            .orElseThrow(() -> HubException.notFound("Account"));
    links.stop(account);
    var connector = connectors.get(row.account().connector());
    if (connector != null && !row.removed()) {
      // Also those of earlier logins: one may have failed to be ended when another replaced it.
      folders.all(account).forEach(folder -> logout(connector, account, folder));
    }
    database.write(tx -> {
      tx.accounts().setRemoved(row.row());
      OutboxSteps.accountRemoved(tx, row.row());
      if (tx.accounts().setState(row.row(), REMOVED)) {
        tx.changes().accountChanged(account);
      }
      return true;
    });
    folders.delete(account);
    if (!forget) {
      announceChats(row.row());
    } else {
      forget(row.row());
      database.write(tx -> {
        tx.accounts().delete(row.row());
        tx.changes().accountChanged(account);
        // Its id may be given to another account one day.
        tx.tokens().forget(account, tx.changes().last());
        return true;
      });
      tokens.forgetKnown();
    }
  }

  /** All chats of an account can be written to no longer, or again. */
  private void announceChats(long account) {
    for (var last = ""; ; ) {
      var after = last;
      var slice =
          database.write(tx -> {
            var chats = tx.accounts().chats(account, after, CHATS_A_SLICE);
            chats.forEach(one -> tx.changes().chatUpserted(one.chat()));
            return chats;
          });
      if (slice.isEmpty()) {
        return;
      }
      last = slice.getLast().networkKey();
    }
  }

  /** Deletes the chats of an account, in slices, so that other work gets between. */
  private void forget(long account) {
    boolean left = true;
    while (left) {
      left =
          database.write(tx -> {
            var chat = tx.accounts().anyChat(account);
            chat.ifPresent(id -> {
              if (!tx.messages().purge(id, MESSAGES_A_SLICE)) {
                var writer = tx.chats().writer();
                tx.changes().chatDeleted(id, writer.canonicalId(id));
                writer.delete(id);
              }
            });
            return chat.isPresent();
          });
    }
  }

  private static void logout(Connector connector, AccountId account, Path folder) {
    try {
      connector.logout(account, folder);
    } catch (IOException e) {
      // It is done with here all the same; the network lists a device that nobody uses.
      LOG.log(Level.WARNING, () -> "account " + account + " could not be logged out there", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

  private final class Session implements LoginSession {
    private final AccountId id;
    private final Connector connector;
    private final Path folder;
    private final Login login;
    private @Nullable AccountId complete;

    Session(AccountId id, Connector connector, Path folder, Login login) {
      this.id = id;
      this.connector = connector;
      this.folder = folder;
      this.login = login;
    }

    @Override
    public LoginStep begin() throws IOException, InterruptedException {
      return noted(login.begin());
    }

    @Override
    public LoginStep submit(Map<String, String> values) throws IOException, InterruptedException {
      return noted(login.submit(values));
    }

    private LoginStep noted(LoginStep step) {
      if (step instanceof LoginStep.Complete done) {
        login.close();
        complete = store(done);
        links.start(complete);
      }
      return step;
    }

    /** A new account, or a known one renewed. */
    private AccountId store(LoginStep.Complete done) {
      var known =
          database.read(Grant.HUB, tx -> tx.accounts().list()).stream()
              .filter(row ->
                  row.account().connector().equals(connector.type())
                      && row.loginId().equals(done.loginId()))
              .findFirst();
      if (known.isPresent()) {
        var row = known.get();
        links.stop(row.account().id());
        takeAlong(row.account().id());
        var former = folders.replace(row.account().id(), folder);
        database.write(tx -> {
          tx.accounts().setLoggedIn(row.row());
          tx.people().save(row.row(), done.self().asSelf());
          tx.accounts().setState(row.row(), AccountState.CONNECTING);
          tx.changes().accountChanged(row.account().id());
          return true;
        });
        if (row.removed()) {
          announceChats(row.row());
        }
        former.ifPresent(old -> logout(connector, row.account().id(), old));
        return row.account().id();
      }
      return database.write(tx -> {
        long row = tx.accounts().add(id, connector.type(), connector.network(), done.loginId());
        tx.people().save(row, done.self().asSelf());
        tx.changes().accountChanged(id);
        return id;
      });
    }

    private void takeAlong(AccountId known) {
      var before = folders.of(known);
      try {
        if (Files.isDirectory(before)) {
          connector.renewed(before, folder);
        }
      } catch (IOException e) {
        LOG.log(Level.WARNING, () -> "account " + known + " begins anew without what was kept", e);
      }
    }

    @Override
    public Account account() {
      var account = complete;
      if (account == null) {
        throw new IllegalStateException("the login is not complete");
      }
      return database
          .read(Grant.HUB, tx -> tx.accounts().find(account))
          .orElseThrow(() -> HubException.notFound("Account"))
          .account();
    }

    @Override
    public void close() {
      login.close();
      if (!id.equals(complete)) {
        folders.delete(id);
      }
      release(id);
    }
  }
}
