package dev.belfry.core;

import dev.belfry.model.Grant;
import dev.belfry.network.NetworkClient;
import dev.belfry.network.Outcome;
import dev.belfry.network.Threads;
import dev.belfry.store.Database;
import dev.belfry.store.OutboxTable.Entry;
import dev.belfry.store.Tx;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Carries out what is queued, in order within a chat and several chats at once, so that a slow one
 * holds up no other. The queue is in the database: what was queued survives everything.
 */
final class Outbox {
  private static final System.Logger LOG = System.getLogger(Outbox.class.getName());
  private static final int AT_ONCE = 64;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(30);

  private final Database database;
  private final Waits waits;
  private final Map<Long, Waits.Bell> bells = new ConcurrentHashMap<>();

  /** Rows that a network is being asked to carry out. */
  private final Set<Long> trying = ConcurrentHashMap.newKeySet();

  Outbox(Database database, Waits waits) {
    this.database = database;
    this.waits = waits;
  }

  /** Tells the account's sender, once this transaction is committed, that there is work. */
  void wakeAfter(Tx tx, long account) {
    tx.afterCommit(() -> bell(account).ring());
  }

  /**
   * Whether a network is just being asked to carry this out. Of use within a transaction, as a try
   * begins and ends with one.
   */
  boolean isTrying(Entry entry) {
    return trying.contains(entry.id());
  }

  /** Tells the account's sender that it is connected. */
  void wake(Owner owner) {
    bell(owner.row()).ring();
  }

  /**
   * Sends for as long as {@code client} lives: until interrupted.
   *
   * @param connected whether the client has delivered what there was; {@link #wake} when that
   *     changes
   */
  void run(Owner owner, NetworkClient client, BooleanSupplier connected)
      throws InterruptedException {
    var lanes = new Lanes(owner, client);
    try {
      while (true) {
        // One look at the clock for all: what is not due by it is what is waited for.
        var now = waits.now();
        if (connected.getAsBoolean()) {
          // Not before: an echo may be among what the network has kept for us meanwhile.
          settleOverdue(owner, now);
        }
        lanes.startDue(now);
        bell(owner.row()).await(lanes.earliest(nextDue(owner, now)));
      }
    } finally {
      lanes.end();
    }
  }

  private void settleOverdue(Owner owner, Instant now) {
    var overdue = database.read(Grant.HUB, tx -> tx.outbox().overdue(owner.row(), now));
    if (!overdue.isEmpty()) {
      database.write(tx -> {
        overdue.forEach(entry -> OutboxSteps.overdue(tx, entry));
        return true;
      });
    }
  }

  private Instant nextDue(Owner owner, Instant now) {
    return database
        .read(Grant.HUB, tx -> tx.outbox().nextDue(owner.row(), now))
        .orElseGet(() -> now.plus(LONGEST_WAIT));
  }

  private Waits.Bell bell(long account) {
    return bells.computeIfAbsent(account, _ -> waits.bell());
  }

  /** One lane a chat, a few of them at work at once. */
  private final class Lanes {
    private final Owner owner;
    private final NetworkClient client;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();

    /** Chats that met a fault of ours, and until when they are left alone. */
    private final Map<Long, Instant> paused = new ConcurrentHashMap<>();

    Lanes(Owner owner, NetworkClient client) {
      this.owner = owner;
      this.client = client;
    }

    void startDue(Instant now) {
      threads.removeIf(thread -> !thread.isAlive());
      paused.values().removeIf(until -> !until.isAfter(now));
      for (var head : database.read(Grant.HUB, tx -> tx.outbox().heads(owner.row()))) {
        long chat = head.chat();
        boolean waits = busy.contains(chat) || paused.containsKey(chat);
        if (OutboxSteps.isDue(head, now) && !waits && free.tryAcquire()) {
          busy.add(chat);
          threads.add(
              Thread.ofVirtual().name("send-" + owner.id() + "-" + chat).start(() -> work(head)));
        }
      }
    }

    /** When to look again at the latest. */
    Instant earliest(Instant due) {
      return paused.values().stream().filter(due::isAfter).min(Instant::compareTo).orElse(due);
    }

    private void work(Entry head) {
      try {
        perform(head);
      } catch (InterruptedException e) {
        LOG.log(Level.DEBUG, "sending for {0} interrupted", owner.id());
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, () -> "sending for " + owner.id() + " failed", e);
        paused.put(head.chat(), waits.now().plus(AFTER_FAULT));
      } finally {
        busy.remove(head.chat());
        free.release();
        bell(owner.row()).ring();
      }
    }

    private void perform(Entry head) throws InterruptedException {
      try {
        var device = client.device();
        var attempt =
            database.write(tx -> {
              var begun = OutboxSteps.begin(tx, head, device);
              begun.ifPresent(_ -> trying.add(head.id()));
              return begun;
            });
        if (attempt.isEmpty()) {
          return;
        }
        Outcome outcome = client.perform(attempt.get().action());
        database.write(tx -> {
          OutboxSteps.finish(tx, attempt.get(), outcome);
          return trying.remove(head.id());
        });
      } finally {
        trying.remove(head.id());
      }
    }

    void end() {
      Threads.end(threads);
    }
  }
}
