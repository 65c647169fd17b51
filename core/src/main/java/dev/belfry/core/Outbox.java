package dev.belfry.core;

import dev.belfry.model.Grant;
import dev.belfry.network.NetworkClient;
import dev.belfry.network.Outcome;
import dev.belfry.store.Database;
import dev.belfry.store.OutboxTable.Entry;
import dev.belfry.store.Tx;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Carries out what is queued, in order within a chat and several chats at once, so that a slow one
 * holds up no other. The queue is in the database: what was queued survives everything.
 */
final class Outbox {
  private static final System.Logger LOG = System.getLogger(Outbox.class.getName());
  private static final int AT_ONCE = 8;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(30);

  private final Database database;
  private final InstantSource clock;
  private final Map<Long, Semaphore> bells = new ConcurrentHashMap<>();

  Outbox(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Tells the account's sender, once this transaction is committed, that there is work. */
  void wakeAfter(Tx tx, long account) {
    tx.afterCommit(() -> bell(account).release());
  }

  /** Sends for as long as {@code client} is connected: until interrupted. */
  void run(Owner owner, NetworkClient client) throws InterruptedException {
    var lane = new Lanes(owner, client);
    try {
      while (true) {
        lane.startDue();
        var wait = waitFor(owner.row());
        var _ = bell(owner.row()).tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
        bell(owner.row()).drainPermits();
      }
    } finally {
      lane.end();
    }
  }

  private Duration waitFor(long account) {
    var now = clock.instant();
    return database
        .read(Grant.HUB, tx -> tx.outbox().nextDue(account, now))
        .map(due -> Duration.between(now, due))
        .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait)
        .orElse(LONGEST_WAIT);
  }

  private Semaphore bell(long account) {
    return bells.computeIfAbsent(account, _ -> new Semaphore(0));
  }

  /** One lane a chat, a few of them at work at once. */
  private final class Lanes {
    private final Owner owner;
    private final NetworkClient client;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();

    Lanes(Owner owner, NetworkClient client) {
      this.owner = owner;
      this.client = client;
    }

    void startDue() throws InterruptedException {
      threads.removeIf(thread -> !thread.isAlive());
      var now = clock.instant();
      settleOverdue(now);
      for (var head : database.read(Grant.HUB, tx -> tx.outbox().heads(owner.row()))) {
        if (OutboxSteps.isDue(head, now) && busy.add(head.chat())) {
          free.acquire();
          threads.add(
              Thread.ofVirtual()
                  .name("send-" + owner.id() + "-" + head.chat())
                  .start(() -> work(head)));
        }
      }
    }

    private void settleOverdue(Instant now) {
      var overdue = database.read(Grant.HUB, tx -> tx.outbox().overdue(owner.row(), now));
      if (!overdue.isEmpty()) {
        database.write(tx -> {
          overdue.forEach(entry -> OutboxSteps.overdue(tx, entry));
          return true;
        });
      }
    }

    private void work(Entry head) {
      try {
        perform(head);
      } catch (InterruptedException e) {
        LOG.log(Level.DEBUG, "sending for {0} interrupted", owner.id());
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, () -> "sending for " + owner.id() + " failed", e);
        postpone(head);
      } finally {
        busy.remove(head.chat());
        free.release();
        bell(owner.row()).release();
      }
    }

    private void perform(Entry head) throws InterruptedException {
      var device = client.device();
      var action = database.write(tx -> OutboxSteps.begin(tx, head, device));
      if (action.isEmpty()) {
        return;
      }
      Outcome outcome = client.perform(action.get());
      database.write(tx -> {
        OutboxSteps.finish(tx, head, action.get(), outcome);
        return true;
      });
    }

    private void postpone(Entry head) {
      database.writeLater(tx -> tx.outbox().postpone(head.id(), tx.now().plus(AFTER_FAULT)));
    }

    void end() {
      threads.forEach(Thread::interrupt);
      boolean interrupted = false;
      for (var thread : threads) {
        while (thread.isAlive()) {
          try {
            thread.join();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
