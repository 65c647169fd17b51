package dev.belfry.core;

import dev.belfry.model.Chat;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Permission;
import dev.belfry.model.Reminder;
import dev.belfry.network.Threads;
import dev.belfry.store.Database;
import dev.belfry.store.OutboxTable;
import dev.belfry.store.Tx;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;

/**
 * Reminders: a due one raises its chat, marks it unread and goes. One that came due while nobody
 * was running fires at the next start, once. Safe for use by any thread.
 */
public final class Reminders implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Reminders.class.getName());
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(10);

  private final Database database;
  private final Outbox outbox;
  private final Waits waits;
  private final Waits.Bell bell;
  private final Thread thread =
      Thread.ofVirtual().name("reminders").unstarted(this::fireUntilInterrupted);

  Reminders(Database database, Outbox outbox, Waits waits) {
    this.database = database;
    this.outbox = outbox;
    this.waits = waits;
    this.bell = waits.bell();
  }

  void start() {
    thread.start();
  }

  /** Sets a chat's reminder, in place of an earlier one. */
  public void set(Grant grant, String chat, Reminder reminder) {
    database.write(
        grant,
        tx -> {
          var of = Permissions.require(tx, Permission.REMIND, chat);
          tx.doOnce("remind", () -> set(tx, of.id().value(), reminder));
          return true;
        });
  }

  private void set(Tx tx, long chat, Reminder reminder) {
    if (!reminder.remindAt().isAfter(tx.now())) {
      throw HubException.invalid(
          "A reminder must lie in the future", "body", "reminder", "remindAt");
    }
    tx.chats().writer().setReminder(chat, reminder);
    tx.changes().chatUpserted(chat);
    tx.afterCommit(bell::ring);
  }

  /** Clears a chat's reminder, if it has one. */
  public void clear(Grant grant, String chat) {
    database.write(
        grant,
        tx -> {
          var of = Permissions.require(tx, Permission.REMIND, chat);
          tx.doOnce("unremind", () -> clear(tx, of));
          return true;
        });
  }

  private static void clear(Tx tx, Chat of) {
    if (of.reminder() != null) {
      tx.chats().writer().setReminder(of.id().value(), null);
      tx.changes().chatUpserted(of.id().value());
    }
  }

  private void fireUntilInterrupted() {
    try {
      while (true) {
        Instant next;
        try {
          fireDue();
          next = next();
        } catch (RuntimeException e) {
          // A full disk, say: what is due fires once the store works again.
          LOG.log(Level.WARNING, "reminders cannot be looked at; trying again later", e);
          next = waits.now().plus(AFTER_A_FAULT);
        }
        bell.await(next);
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "reminders ended");
    }
  }

  /** Fires what is due now. */
  void fireDue() {
    var now = waits.now();
    var due = database.read(Grant.HUB, tx -> tx.chats().writer().remindersDue(now));
    if (!due.isEmpty()) {
      database.write(tx -> {
        due.forEach(chat -> fire(tx, chat, now));
        return true;
      });
    }
  }

  private void fire(Tx tx, long chat, Instant now) {
    var writer = tx.chats().writer();
    if (!writer.remindersDue(now).contains(chat)) {
      return; // cleared or put off meanwhile
    }
    writer.setReminder(chat, null);
    writer.touch(chat);
    tx.chats().marks().setMarkedUnread(chat, true);
    long account = writer.accountOf(chat).orElseThrow();
    tx.outbox().addState(account, chat, OutboxTable.Kind.READ_STATE, "", tx.now());
    outbox.wakeAfter(tx, account);
    tx.changes().chatUpserted(chat);
  }

  /** When to look again at the latest. */
  private Instant next() {
    return database
        .read(Grant.HUB, tx -> tx.chats().writer().nextReminder())
        .orElse(waits.now().plus(LONGEST_WAIT));
  }

  @Override
  public void close() {
    Threads.end(thread);
  }
}
