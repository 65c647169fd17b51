package dev.belfry.core;

import dev.belfry.model.Delivery;
import dev.belfry.store.MessageTable;
import dev.belfry.store.OutboxTable.Entry;
import dev.belfry.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a message of ours its final place when no echo does: it failed, or the network took it and
 * sent no echo in time.
 */
final class Deliveries {
  private Deliveries() {}

  static void sent(Tx tx, Entry entry, String key) {
    var known = tx.messages().find(entry.chat(), key);
    if (known.isPresent()) {
      adopt(tx, entry, known.get());
    } else {
      settle(tx, entry, key, new Delivery.Sent(tx.now()));
    }
  }

  /**
   * The message has come already, without a word that it is ours: from now on it bears the pending
   * id as an alias.
   */
  static void adopt(Tx tx, Entry entry, MessageTable.Entry message) {
    tx.outbox().remove(entry);
    var pendingId = entry.pendingId();
    if (pendingId != null && message.pendingId() == null) {
      tx.messages().setPendingId(message.id(), pendingId);
      announce(tx, entry.chat(), message.id(), pendingId);
    }
  }

  /**
   * Gives a message up.
   *
   * @param reason a machine's word
   * @param message for people
   */
  static void failed(Tx tx, Entry entry, String reason, String message, boolean retryable) {
    settle(tx, entry, null, new Delivery.Failed(tx.now(), reason, message, retryable));
  }

  /** A message of ours has come by its key: what was said of it before counts. */
  static void catchUp(Tx tx, long chat, long message, String key) {
    tx.deliveries().take(chat, key).ifPresent(word -> tx.deliveries().follow(message, word));
  }

  private static void settle(Tx tx, Entry entry, @Nullable String key, Delivery delivery) {
    var pendingId = entry.pendingId();
    if (pendingId == null || tx.outbox().find(entry.id()).isEmpty()) {
      return;
    }
    long chat = entry.chat();
    var content = entry.content();
    // The network may have told others of what came before it, and not us yet.
    long place = tx.places().afterGap(chat, entry.created(), tx.now());
    long self = tx.people().self(entry.account());
    tx.messages().add(place, chat, self, true, key, pendingId, entry.created(), content, delivery);
    tx.messages().markPlacedHere(place);
    tx.search().add(place);
    new MessageChanges(tx).catchUp(tx.messages().find(place).orElseThrow());
    if (key != null) {
      catchUp(tx, chat, place, key);
    }
    tx.chats().writer().raise(chat, place);
    tx.outbox().remove(entry);
    announce(tx, chat, place, pendingId);
  }

  private static void announce(Tx tx, long chat, long place, String pendingId) {
    tx.changes().messageUpserted(chat, List.of(Long.toString(place), pendingId));
    tx.changes().chatUpserted(chat);
  }
}
