package dev.belfry.core;

import dev.belfry.model.Grant;
import dev.belfry.network.NetworkClient;
import dev.belfry.store.Database;
import dev.belfry.store.GapTable.Gap;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Fills the gaps of timelines: in the background while an account is connected, and at once where
 * somebody pages into one.
 */
final class Backfill {
  private static final System.Logger LOG = System.getLogger(Backfill.class.getName());
  private static final int EVENTS_A_PAGE = 100;
  private static final int GAPS_AT_A_TIME = 4;
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration LONGEST_RETRY = Duration.ofHours(1);

  private final Database database;
  private final Inbox inbox;
  private final Waits waits;
  private final Map<Long, Worker> workers = new ConcurrentHashMap<>();

  Backfill(Database database, Inbox inbox, Waits waits) {
    this.database = database;
    this.inbox = inbox;
    this.waits = waits;
  }

  /**
   * Fills the account's gaps until interrupted.
   *
   * @param connected whether the client can be asked already; {@link #wake} when that changes
   * @param progress told how many are left, whenever that changes
   */
  void run(Owner owner, NetworkClient client, BooleanSupplier connected, LongConsumer progress)
      throws InterruptedException {
    var worker = new Worker(owner, client, connected);
    workers.put(owner.row(), worker);
    try {
      worker.work(progress);
    } finally {
      workers.remove(owner.row(), worker);
    }
  }

  /** There may be new gaps, or a connection. */
  void wake(Owner owner) {
    var worker = workers.get(owner.row());
    if (worker != null) {
      worker.bell.ring();
    }
  }

  /** Fills a part of a gap now, if its account is connected; whether that was possible. */
  boolean fillNow(long account, Gap gap) throws InterruptedException {
    var worker = workers.get(account);
    if (worker == null || !worker.connected.getAsBoolean()) {
      return false;
    }
    try {
      worker.fill(gap.id());
      return true;
    } catch (IOException | RuntimeException e) {
      // Who asked for a page gets what is stored.

      LOG.log(Level.INFO, () -> "history of " + worker.owner.id() + " cannot be had now", e);
      return false;
    }
  }

  /** One connected account. */
  private final class Worker {
    private final Owner owner;
    private final NetworkClient client;
    private final BooleanSupplier connected;
    private final Waits.Bell bell = waits.bell();
    private final Map<Long, ReentrantLock> chats = new ConcurrentHashMap<>();

    Worker(Owner owner, NetworkClient client, BooleanSupplier connected) {
      this.owner = owner;
      this.client = client;
      this.connected = connected;
    }

    void work(LongConsumer progress) throws InterruptedException {
      long told = -1;
      while (true) {
        var now = waits.now();
        // Without a connection nothing can be had, and a gap that was tried in vain waits longer.
        var due = connected.getAsBoolean() ? due(now) : List.<Gap>of();
        long left = database.read(Grant.HUB, tx -> tx.gaps().count(owner.row()));
        if (left != told) {
          progress.accept(left);
          told = left;
        }
        for (var gap : due) {
          tryToFill(gap);
          Thread.sleep(PAUSE);
        }
        if (due.isEmpty()) {
          bell.await(now.plus(IDLE));
        }
      }
    }

    private List<Gap> due(Instant now) {
      return database.read(Grant.HUB, tx -> tx.gaps().due(owner.row(), now, GAPS_AT_A_TIME));
    }

    private void tryToFill(Gap gap) throws InterruptedException {
      try {
        fill(gap.id());
      } catch (IOException | RuntimeException e) {
        LOG.log(
            Level.INFO, () -> "history of " + owner.id() + " chat " + gap.chat() + " failed", e);
        long seconds = Math.min(1L << Math.min(gap.attempts(), 20), LONGEST_RETRY.toSeconds());
        database.write(tx -> {
          tx.gaps().postpone(gap.id(), tx.now().plusSeconds(seconds));
          return true;
        });
      }
    }

    /** One page of one gap; a chat's pages one after the other. */
    void fill(long gapId) throws IOException, InterruptedException {
      var chat = gap(gapId).map(Gap::chat);
      if (chat.isEmpty()) {
        return;
      }
      var lock = chats.computeIfAbsent(chat.get(), _ -> new ReentrantLock());
      lock.lockInterruptibly();
      try {
        var gap = gap(gapId);
        if (gap.isPresent()) {
          var page = client.history(gap.get().chatKey(), gap.get().token(), EVENTS_A_PAGE);
          inbox.fill(owner, gap.get(), page);
        }
      } finally {
        lock.unlock();
      }
    }

    private Optional<Gap> gap(long id) {
      return database.read(Grant.HUB, tx -> tx.gaps().find(id));
    }
  }
}
