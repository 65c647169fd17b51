package dev.belfry.core;

import dev.belfry.model.Delivery;
import dev.belfry.network.NetworkEvent.DeliveryChanged;
import dev.belfry.network.NetworkEvent.MessageDeleted;
import dev.belfry.network.NetworkEvent.MessageEdited;
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.NetworkEvent.MessageRevealed;
import dev.belfry.network.NetworkEvent.Reacted;
import dev.belfry.network.NetworkEvent.Timeline;
import dev.belfry.store.MessageTable.Entry;
import dev.belfry.store.OutboxTable;
import dev.belfry.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages, edits, deletions and reactions from a network. */
final class IncomingMessages {
  private final Incoming incoming;
  private final Tx tx;

  IncomingMessages(Incoming incoming) {
    this.incoming = incoming;
    this.tx = incoming.tx();
  }

  void received(MessageReceived event) {
    long chat = incoming.chat(event.chatKey());
    var waiting = event.fromMe() ? waiting(event, chat) : Optional.<OutboxTable.Entry>empty();
    if (tx.messages().find(chat, event.key()).isPresent()) {
      waiting.ifPresent(entry -> tx.outbox().remove(entry.id()));
      return;
    }
    if (event.fromMe() && event.transaction() != null && settleFailed(event, chat)) {
      return;
    }
    long sender = sender(event, event.fromMe());
    long place = incoming.placeFor(chat, event.timestamp());
    var pendingId = waiting.map(OutboxTable.Entry::pendingId).orElse(null);
    var delivery = event.fromMe() ? new Delivery.Sent(tx.now()) : null;
    boolean counts =
        tx.messages()
            .add(
                place,
                chat,
                sender,
                event.fromMe(),
                event.key(),
                pendingId,
                event.timestamp(),
                event.content(),
                delivery);
    waiting.ifPresent(entry -> tx.outbox().remove(entry.id()));
    if (!event.content().hidden()) {
      tx.chats().writer().raise(chat, place);
      tx.search()
          .add(
              place,
              chat,
              sender,
              incoming.owner().row(),
              event.content().type().name(),
              event.content().body());
    }
    var reads = new IncomingReads(incoming);
    if (event.fromMe()) {
      reads.ownSent(chat, place, waiting);
    } else if (counts) {
      reads.count(chat, place, event.content().mentionsMe());
    }
    catchUp(chat, place, event, sender);
    incoming.touch(chat);
    if (!event.content().hidden()) {
      incoming.announceMessage(
          chat,
          pendingId == null
              ? List.of(Long.toString(place))
              : List.of(Long.toString(place), pendingId));
    }
  }

  /** The row of the outbox that this is the echo of. */
  private Optional<OutboxTable.Entry> waiting(MessageReceived event, long chat) {
    var transaction = event.transaction();
    return Optional.ofNullable(transaction)
        .flatMap(tx.outbox()::findPending)
        .filter(entry -> entry.chat() == chat)
        .or(() -> tx.outbox().findSent(chat, event.key()));
  }

  /**
   * What was given up as failed has come through after all: it keeps its place. Whether that was
   * so.
   */
  private boolean settleFailed(MessageReceived event, long chat) {
    var pendingId = event.transaction();
    var failed = pendingId == null ? Optional.<Entry>empty() : tx.messages().findPending(pendingId);
    if (failed.isEmpty() || failed.get().chat() != chat || failed.get().networkKey() != null) {
      return false;
    }
    long id = failed.get().id();
    tx.messages().setNetworkKey(id, event.key());
    tx.messages().setDelivery(id, new Delivery.Sent(tx.now()));
    incoming.touch(chat);
    incoming.announceMessage(chat, List.of(Long.toString(id), pendingId));
    return true;
  }

  /**
   * What the timeline holds about this message already: history may bring an edit before its
   * message.
   */
  private void catchUp(long chat, long place, MessageReceived event, long sender) {
    if (!incoming.isHistory()) {
      return;
    }
    if (tx.messages().isDeletionStored(chat, event.key())) {
      remove(chat, tx.messages().find(place).orElseThrow());
      return;
    }
    tx.messages()
        .newestEdit(chat, event.key(), sender)
        .ifPresent(edit -> applyEdit(chat, place, sender, edit));
  }

  void edited(MessageEdited event) {
    long chat = incoming.chat(event.chatKey());
    if (isKnown(chat, event)) {
      return;
    }
    long sender = sender(event, event.fromMe());
    long place = addHidden(chat, sender, event.fromMe(), event);
    var target = tx.messages().find(chat, event.targetKey());
    if (target.isEmpty() || target.get().sender() != sender || target.get().deleted()) {
      return;
    }
    var newest = tx.messages().newestEdit(chat, event.targetKey(), sender);
    if (newest.isPresent() && newest.getAsLong() == place) {
      applyEdit(chat, target.get().id(), sender, place);
      announce(chat, target.get());
    }
  }

  private void applyEdit(long chat, long message, long sender, long edit) {
    tx.messages().applyEdit(message, edit);
    var entry = tx.messages().find(message).orElseThrow();
    tx.search()
        .put(
            message,
            chat,
            sender,
            incoming.owner().row(),
            entry.kind(),
            tx.messages().bodyOf(message));
  }

  void deleted(MessageDeleted event) {
    long chat = incoming.chat(event.chatKey());
    if (isKnown(chat, event)) {
      return;
    }
    addHidden(chat, sender(event, false), false, event);
    var target = tx.messages().find(chat, event.targetKey());
    if (target.isEmpty() || target.get().deleted()) {
      return;
    }
    remove(chat, target.get());
    var about = target.get().targetKey();
    if (target.get().isReaction() && about != null) {
      tx.messages().find(chat, about).ifPresent(message -> announce(chat, message));
    } else if (!target.get().hidden() && incoming.isLive()) {
      tx.changes().messageDeleted(chat, Long.toString(target.get().id()));
    }
  }

  private void remove(long chat, Entry target) {
    tx.messages().delete(target.id());
    tx.search().remove(target.id());
    var key = target.networkKey();
    if (key != null) {
      tx.messages().deleteEdits(chat, key);
    }
    if (target.counts()) {
      tx.chats().marks().recount(chat);
    }
    incoming.touch(chat);
  }

  void reacted(Reacted event) {
    long chat = incoming.chat(event.chatKey());
    if (isKnown(chat, event)) {
      return;
    }
    addHidden(chat, sender(event, event.fromMe()), event.fromMe(), event);
    tx.messages().find(chat, event.targetKey()).ifPresent(message -> announce(chat, message));
  }

  void revealed(MessageRevealed event) {
    long chat = incoming.chat(event.chatKey());
    var target = tx.messages().find(chat, event.key());
    if (target.isEmpty() || target.get().deleted()) {
      return;
    }
    long id = target.get().id();
    tx.messages().reveal(id, event.content());
    tx.search()
        .put(
            id,
            chat,
            target.get().sender(),
            incoming.owner().row(),
            event.content().type().name(),
            event.content().body());
    if (target.get().counts() && event.content().mentionsMe()) {
      tx.chats().marks().recount(chat);
    }
    announce(chat, target.get());
  }

  void deliveryChanged(DeliveryChanged event) {
    long chat = incoming.chat(event.chatKey());
    tx.messages()
        .find(chat, event.key())
        .filter(Entry::own)
        .ifPresent(message -> {
          tx.messages().setDelivery(message.id(), event.delivery());
          announce(chat, message);
        });
  }

  private boolean isKnown(long chat, Timeline event) {
    return tx.messages().find(chat, event.key()).isPresent();
  }

  private long sender(Timeline event, boolean fromMe) {
    return tx.people().require(incoming.owner().row(), event.sender(), fromMe);
  }

  private long addHidden(long chat, long sender, boolean own, Timeline event) {
    long place = incoming.placeFor(chat, event.timestamp());
    tx.messages().addHidden(place, chat, sender, own, event);
    return place;
  }

  private void announce(long chat, Entry message) {
    incoming.touch(chat);
    var ids = new ArrayList<String>();
    ids.add(Long.toString(message.id()));
    var pendingId = message.pendingId();
    if (pendingId != null) {
      ids.add(pendingId);
    }
    incoming.announceMessage(chat, ids);
  }
}
