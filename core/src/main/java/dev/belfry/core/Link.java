package dev.belfry.core;

import dev.belfry.model.AccountState;
import dev.belfry.model.AccountState.Status;
import dev.belfry.model.StoreFault;
import dev.belfry.network.Connector;
import dev.belfry.network.Events;
import dev.belfry.network.LoggedOutException;
import dev.belfry.network.NetworkClient;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.Threads;
import dev.belfry.store.Database;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Keeps one account connected: tries again with growing pauses, until closed or logged out. */
final class Link implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Link.class.getName());
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  /** One that breaks sooner has not shown that what broke it is over. */
  private static final Duration STEADY = Duration.ofMinutes(1);

  private final Owner owner;
  private final Connector connector;
  private final Path folder;
  private final Database database;
  private final Inbox inbox;
  private final Outbox outbox;
  private final Backfill backfill;
  private final Connections connections;
  private final Waits waits;
  private final Waits.Bell retry;
  private final Thread thread;
  private volatile boolean closing;

  /** Whether this run of the client has delivered what there was. */
  private volatile boolean connected;

  /** Since when that is so. */
  private volatile Instant connectedSince = Instant.EPOCH;

  /** The client's last word. */
  private volatile AccountState told = AccountState.CONNECTING;

  /** Whether the store has taken the account's state; said once where it did not. */
  private volatile boolean isStored = true;

  private volatile long gapsLeft;
  private volatile @Nullable NetworkClient current;

  Link(
      Owner owner,
      Connector connector,
      Path folder,
      Database database,
      Waits waits,
      Inbox inbox,
      Outbox outbox,
      Backfill backfill,
      Connections connections) {
    this.connections = connections;
    this.owner = owner;
    this.connector = connector;
    this.folder = folder;
    this.database = database;
    this.waits = waits;
    this.retry = waits.bell();
    this.inbox = inbox;
    this.outbox = outbox;
    this.backfill = backfill;
    this.thread = Thread.ofVirtual().name("link-" + owner.id()).unstarted(this::keepConnected);
  }

  void start() {
    thread.start();
  }

  private void keepConnected() {
    var inVain = FIRST_WAIT; // after a try that led to no connection
    var unsteady = FIRST_WAIT; // after a connection that did not last
    Set<Class<?>> logged = new HashSet<>();
    setState(AccountState.CONNECTING);
    try {
      while (!closing) {
        connected = false;
        told = AccountState.CONNECTING;
        try {
          runOnce();
          broke(null);
        } catch (LoggedOutException e) {
          LOG.log(Level.WARNING, "account {0} was logged out by its network", owner.id());
          setState(new AccountState(Status.RECONNECT_REQUIRED, String.valueOf(e.getMessage())));
          return;
        } catch (IOException | RuntimeException e) {
          if (wasSteady()) {
            logged.clear();
          }
          boolean isNews = logged.add(e.getClass());
          LOG.log(
              isNews && !closing ? Level.WARNING : Level.DEBUG,
              () -> "link of " + owner.id() + " broke",
              e);
          broke(e.getMessage());
        }
        Duration pause;
        if (connected) {
          inVain = FIRST_WAIT;
          pause = wasSteady() ? FIRST_WAIT : unsteady;
          unsteady = longer(pause);
        } else {
          pause = inVain;
          inVain = longer(pause);
        }
        var jitter = Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause.toMillis()));
        retry.await(waits.now().plus(pause).plus(jitter));
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "link of {0} closed", owner.id());
    }
  }

  private static Duration longer(Duration wait) {
    var twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
  }

  private boolean wasSteady() {
    return connected && !waits.now().isBefore(connectedSince.plus(STEADY));
  }

  private void broke(@Nullable String message) {
    if (!closing) {
      setState(new AccountState(Status.DISCONNECTED, reason(message)));
    }
  }

  private static String reason(@Nullable String message) {
    return message == null || message.isBlank()
        ? "The network cannot be reached; Belfry tries again by itself."
        : message + " Belfry tries again by itself.";
  }

  private void runOnce() throws IOException, LoggedOutException, InterruptedException {
    try (var client = connector.open(owner.id(), folder)) {
      current = client;
      connections.opened(owner.id(), client);
      if (closing) {
        return;
      }
      var sender = beside("send", client, () -> outbox.run(owner, client, () -> connected));
      var filler =
          beside(
              "backfill",
              client,
              () -> backfill.run(owner, client, () -> connected, this::historyLeft));
      try {
        client.run(new Received());
      } finally {
        Threads.end(sender, filler);
        connections.closed(owner.id(), client);
        current = null;
      }
    }
  }

  /** Work beside the reading: ends with it; if it fails, the link is made anew. */
  private Thread beside(String name, NetworkClient client, Beside work) {
    return Thread.ofVirtual()
        .name(name + "-" + owner.id())
        .start(() -> {
          try {
            work.run();
          } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "{0} of {1} ended", name, owner.id());
          } catch (RuntimeException e) {
            LOG.log(Level.WARNING, () -> name + " of " + owner.id() + " broke", e);
            client.close();
          }
        });
  }

  private interface Beside {
    void run() throws InterruptedException;
  }

  private void historyLeft(long gaps) {
    gapsLeft = gaps;
    if (told.status() == Status.CONNECTED) {
      show();
    }
  }

  /** What the client told, and how far the history is. */
  private synchronized void show() {
    setState(told.status() == Status.CONNECTED ? whenConnected() : told);
  }

  private AccountState whenConnected() {
    long gaps = gapsLeft;
    return gaps == 0
        ? AccountState.CONNECTED
        : new AccountState(
            Status.BACKFILLING,
            "Older history of %d chats is still being fetched.".formatted(gaps));
  }

  private void setState(AccountState state) {
    try {
      database.write(tx -> {
        if (tx.accounts().setState(owner.row(), state)) {
          tx.changes().accountChanged(owner.id());
        }
        return true;
      });
      isStored = true;
    } catch (StoreFault e) {
      // The link goes on, so that all is well again once the store is.
      LOG.log(
          isStored ? Level.WARNING : Level.DEBUG,
          () -> "state of " + owner.id() + " could not be stored",
          e);
      isStored = false;
    }
  }

  /** What the client hears from its network. */
  private final class Received implements Events {
    @Override
    public void accept(List<NetworkEvent> batch) {
      inbox.accept(owner, batch);
      if (batch.stream().anyMatch(NetworkEvent.TimelineGap.class::isInstance)) {
        backfill.wake(owner);
      }
    }

    @Override
    public void state(AccountState state) {
      told = state;
      if (state.status() == Status.CONNECTED) {
        if (!owner.isLive()) {
          database.write(tx -> {
            tx.accounts().setSynced(owner.row());
            return true;
          });
          owner.synced().set(true);
        }
        if (!connected) {
          connectedSince = waits.now();
          connected = true;
        }
      }
      show();
      outbox.wake(owner);
      backfill.wake(owner);
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    var client = current;
    if (client != null) {
      client.close(); // a read that heeds no interruption ends by this
    }
    Threads.end(thread);
  }
}
