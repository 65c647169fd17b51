package dev.belfry.core;

import dev.belfry.core.Messages.Cancelled;
import dev.belfry.core.Messages.Queued;
import dev.belfry.model.Chat;
import dev.belfry.model.Delivery;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Message;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageId;
import dev.belfry.model.Permission;
import dev.belfry.store.Database;
import dev.belfry.store.MessageTable;
import dev.belfry.store.OutboxTable;
import dev.belfry.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Messages that wait for their network or failed there: trying them again, giving them up, and
 * waiting for what becomes of them (contract, Decided for Belfry: Pending messages).
 */
final class PendingMessages {
  /** The reason of a failure that may be none. */
  static final String MAY_HAVE_BEEN_SENT = "may_have_been_sent";

  /** The reason of a failed message of which another was made. */
  private static final String SENT_AGAIN = "sent_again";

  private final Database database;
  private final Outbox outbox;
  private final Settlements settlements;

  PendingMessages(Database database, Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
    this.settlements = new Settlements(database);
  }

  /**
   * Queues a message and notes that the chat rises.
   *
   * @return its pending id
   */
  String queue(Tx tx, Chat chat, String pendingId, MessageContent content) {
    long id = chat.id().value();
    long account = tx.chats().writer().accountOf(id).orElseThrow();
    long last = tx.places().last(id);
    tx.outbox().addMessage(account, id, pendingId, content, last, tx.now());
    var marks = tx.chats().marks();
    if (last > marks.find(id).readUpTo()) {
      marks.setReadUpTo(id, last); // who writes has read what stands there
    }
    tx.chats().writer().touch(id);
    tx.changes().messageUpserted(id, List.of(pendingId));
    tx.changes().chatUpserted(id);
    outbox.wakeAfter(tx, account);
    return pendingId;
  }

  Queued retry(Grant grant, String chat, String message) {
    return database.write(
        grant,
        tx -> {
          var of = Permissions.require(tx, Permission.SEND_MESSAGE, chat);
          return new Queued(of.canonicalId(), tx.once("retry", () -> retry(tx, of, message)));
        });
  }

  private String retry(Tx tx, Chat of, String message) {
    var waiting = waiting(tx, of, message);
    if (waiting.isPresent()) {
      tx.outbox().postpone(waiting.get().id(), tx.now());
      outbox.wakeAfter(tx, waiting.get().account());
      return message;
    }
    var entry = Messages.require(tx, of.id().value(), message);
    var failed = tx.messageReader().find(new MessageId(entry.id())).orElseThrow();
    if (!(failed.delivery() instanceof Delivery.Failed(_, var reason, _, _))) {
      throw HubException.unprocessable(
          "NOT_FAILED", "Only a message that failed or waits can be tried again");
    }
    if (reason.equals(SENT_AGAIN)) {
      throw HubException.unprocessable("NOT_FAILED", "This message was sent again already");
    }
    Can.write(of);
    var pendingId = entry.pendingId();
    if (entry.networkKey() != null || pendingId == null) {
      return retryOnNetwork(tx, of, entry, failed);
    }
    takeAway(tx, entry);
    return queue(tx, of, pendingId, failed.content());
  }

  /**
   * The network has this message and could not deliver it. Under its own transaction id it would be
   * the same one again, so another is made.
   */
  private String retryOnNetwork(Tx tx, Chat of, MessageTable.Entry entry, Message failed) {
    var pendingId = queue(tx, of, PendingIds.next(), failed.content());
    var now =
        new Delivery.Failed(tx.now(), SENT_AGAIN, "This was sent again as " + pendingId, false);
    tx.messages().setDelivery(entry.id(), now);
    tx.changes().messageUpserted(entry.chat(), List.of(Long.toString(entry.id())));
    return pendingId;
  }

  Cancelled cancel(Grant grant, String chat, String message) {
    return database.write(
        grant,
        tx -> {
          var of = Permissions.require(tx, Permission.SEND_MESSAGE, chat);
          var maybeSent = tx.once("cancel", () -> Boolean.toString(cancel(tx, of, message)));
          return new Cancelled(of.canonicalId(), message, Boolean.parseBoolean(maybeSent));
        });
  }

  /** Whether it may have been sent all the same. */
  private boolean cancel(Tx tx, Chat of, String message) {
    var waiting = waiting(tx, of, message);
    if (waiting.isPresent()) {
      return cancelWaiting(tx, waiting.get());
    }
    var entry = Messages.require(tx, of.id().value(), message);
    var failed = tx.messageReader().find(new MessageId(entry.id())).orElseThrow();
    if (entry.networkKey() == null
        && failed.delivery() instanceof Delivery.Failed(_, var reason, _, _)) {
      takeAway(tx, entry);
      tx.changes().chatUpserted(entry.chat());
      return reason.equals(MAY_HAVE_BEEN_SENT);
    }
    throw HubException.unprocessable(
        "NOT_PENDING",
        "The network has this message: it could not be cancelled any more; delete it instead");
  }

  private boolean cancelWaiting(Tx tx, OutboxTable.Entry waiting) {
    if (outbox.isTrying(waiting)) {
      throw HubException.unprocessable(
          "BEING_SENT",
          "The network is just being asked to send this message: it could not be cancelled; look again in a moment");
    }
    if (waiting.deadline() != null) {
      throw HubException.unprocessable(
          "NOT_PENDING",
          "The network has taken this message: it could not be cancelled; delete it once it is confirmed");
    }
    tx.outbox().remove(waiting);
    tx.changes().messageDeleted(waiting.chat(), String.valueOf(waiting.pendingId()));
    tx.changes().chatUpserted(waiting.chat());
    outbox.wakeAfter(tx, waiting.account());
    return waiting.triedBy() != null;
  }

  private static Optional<OutboxTable.Entry> waiting(Tx tx, Chat of, String message) {
    return tx.outbox()
        .findPending(message)
        .filter(row -> row.chat() == of.id().value())
        .filter(row -> row.kind() == OutboxTable.Kind.SEND_MESSAGE);
  }

  /** Removes a failed message, which only we know of. */
  private static void takeAway(Tx tx, MessageTable.Entry failed) {
    tx.search().remove(failed.id());
    tx.messages().remove(failed.id());
    tx.chats().writer().setLastMessage(failed.chat(), tx.messages().newestShown(failed.chat()));
    tx.changes().messageDeleted(failed.chat(), Long.toString(failed.id()));
  }

  /**
   * Waits until the network has taken or refused a message.
   *
   * @return empty if that takes longer, or if it was cancelled
   */
  Optional<Message> await(Grant grant, Queued queued, Duration atMost) {
    var pendingId = queued.pendingId();
    boolean settled =
        settlements.await(
            pendingId,
            () -> database.read(grant, tx -> tx.outbox().findPending(pendingId).isEmpty()),
            atMost);
    return settled ? database.read(grant, tx -> find(tx, queued)) : Optional.empty();
  }

  private static Optional<Message> find(Tx tx, Queued queued) {
    return tx.chats()
        .ref(queued.chatId())
        .flatMap(_ -> tx.messages().findPending(queued.pendingId()))
        .flatMap(entry -> tx.messageReader().find(new MessageId(entry.id())));
  }
}
