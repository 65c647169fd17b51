package dev.belfry.core;

import dev.belfry.model.AccountId;
import dev.belfry.model.AccountState;
import dev.belfry.model.AccountState.Status;
import dev.belfry.model.Grant;
import dev.belfry.network.Connector;
import dev.belfry.store.AccountTable;
import dev.belfry.store.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The links of all accounts. Safe for use by any thread. */
final class Links implements AutoCloseable {
  private final Database database;
  private final Map<String, Connector> connectors;
  private final AccountFolders folders;
  private final Waits waits;
  private final Inbox inbox;
  private final Outbox outbox;
  private final Backfill backfill;
  private final Connections connections;
  private final Map<AccountId, Link> links = new HashMap<>();
  private boolean running;

  Links(
      Database database,
      List<Connector> connectors,
      AccountFolders folders,
      Waits waits,
      Inbox inbox,
      Outbox outbox,
      Backfill backfill,
      Connections connections) {
    this.connections = connections;
    this.database = database;
    this.connectors = connectors.stream().collect(Collectors.toMap(Connector::type, c -> c));
    this.folders = folders;
    this.waits = waits;
    this.inbox = inbox;
    this.outbox = outbox;
    this.backfill = backfill;
  }

  /** Connects all accounts, and from now on each one that is added. */
  synchronized void startAll() {
    running = true;
    database.read(Grant.HUB, tx -> tx.accounts().list()).forEach(this::start);
  }

  /** Connects an account, if the hub is running. */
  synchronized void start(AccountId account) {
    if (running) {
      database.read(Grant.HUB, tx -> tx.accounts().find(account)).ifPresent(this::start);
    }
  }

  private void start(AccountTable.Row row) {
    if (row.removed()) {
      failWaiting(row.row());
      return;
    }
    var id = row.account().id();
    var connector = connectors.get(row.account().connector());
    if (connector == null) {
      database.write(tx ->
          tx.accounts()
              .setState(
                  row.row(),
                  new AccountState(
                      Status.DISABLED,
                      "This Belfry runs without the network \"%s\"."
                          .formatted(row.account().connector()))));
      return;
    }
    var link =
        new Link(
            Owner.of(row),
            connector,
            folders.of(id),
            database,
            waits,
            inbox,
            outbox,
            backfill,
            connections);
    links.put(id, link);
    link.start();
  }

  /** What waits of an account that is removed was left by an older hub. */
  private void failWaiting(long account) {
    if (!database.read(Grant.HUB, tx -> tx.outbox().all(account)).isEmpty()) {
      database.write(tx -> {
        OutboxSteps.accountRemoved(tx, account);
        return true;
      });
    }
  }

  synchronized void stop(AccountId account) {
    var link = links.remove(account);
    if (link != null) {
      link.close();
    }
  }

  @Override
  public synchronized void close() {
    running = false;
    // All are told at once, so that they end side by side.
    links.values().parallelStream().forEach(Link::close);
    links.clear();
  }
}
