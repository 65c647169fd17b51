package dev.belfry.core;

import dev.belfry.model.Delivery;
import dev.belfry.model.MessageId;
import dev.belfry.network.NetworkEvent;
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
import java.util.List;
import java.util.Optional;

/** Messages, edits, deletions and reactions from a network. */
final class IncomingMessages {
  private final Incoming incoming;
  private final Tx tx;
  private final MessageChanges changes;

  IncomingMessages(Incoming incoming) {
    this.incoming = incoming;
    this.tx = incoming.tx();
    this.changes = new MessageChanges(tx);
  }

  void received(MessageReceived event) {
    long chat = incoming.chat(event.chatKey());
    var waiting = event.fromMe() ? waiting(event, chat) : Optional.<OutboxTable.Entry>empty();
    var known = tx.messages().find(chat, event.key());
    if (known.isPresent()) {
      incoming.alreadyAt(known.get());
      waiting.ifPresent(entry -> Deliveries.adopt(tx, entry, known.get()));
      return;
    }
    if (event.fromMe() && event.transaction() != null && settleFailed(event, chat)) {
      return;
    }
    long sender = sender(event, event.fromMe());
    long place = incoming.placeFor(chat, event.timestamp());
    var pendingId = waiting.map(OutboxTable.Entry::pendingId).orElse(null);
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
                event.fromMe() ? sent(event, waiting) : null);
    waiting.ifPresent(entry -> tx.outbox().remove(entry));
    if (event.fromMe()) {
      Deliveries.catchUp(tx, chat, place, event.key());
    }
    if (!event.content().hidden()) {
      shown(event, chat, place, waiting, counts);
    }
    if (tx.messages().isAimedAt(chat, event.key())) {
      changes.catchUp(tx.messages().find(place).orElseThrow());
    }
    if (!event.content().hidden()) {
      incoming.touch(chat);
      var ids =
          pendingId == null
              ? List.of(Long.toString(place))
              : List.of(Long.toString(place), pendingId);
      incoming.announceMessage(chat, ids);
    }
  }

  private Delivery sent(MessageReceived event, Optional<OutboxTable.Entry> waiting) {
    return new Delivery.Sent(waiting.isPresent() ? tx.now() : event.timestamp());
  }

  private void shown(
      MessageReceived event,
      long chat,
      long place,
      Optional<OutboxTable.Entry> waiting,
      boolean counts) {
    tx.chats().writer().raise(chat, place);
    tx.search().add(place);
    var reads = new IncomingReads(incoming);
    if (event.fromMe()) {
      reads.ownSent(chat, place, waiting);
    } else if (counts) {
      reads.count(chat, place, event.content().mentionsMe());
      if (incoming.isLive() && !incoming.isHistory()) {
        tx.chats().writer().dismissReminder(chat);
      }
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
    Deliveries.catchUp(tx, chat, id, event.key());
    changes.catchUp(tx.messages().find(id).orElseThrow());
    incoming.touch(chat);
    incoming.announceMessage(chat, List.of(Long.toString(id), pendingId));
    return true;
  }

  void edited(MessageEdited event) {
    long chat = incoming.chat(event.chatKey());
    if (isKnown(chat, event)) {
      return;
    }
    long sender = sender(event, event.fromMe());
    long place = addHidden(chat, sender, event.fromMe(), event);
    if (isTakenBack(chat, event.key())) {
      tx.messages().delete(place);
      return;
    }
    if (tx.messages().isDeletionStored(chat, event.targetKey())) {
      tx.messages().deleteEdits(chat, event.targetKey());
      return;
    }
    var target = tx.messages().find(chat, event.targetKey());
    if (target.filter(message -> message.deleted() && !mayComeBack(message)).isPresent()) {
      tx.messages().deleteEdits(chat, event.targetKey());
      return;
    }
    if (target.isEmpty() || target.get().sender() != sender || !isChangeable(target.get())) {
      return;
    }
    var newest = tx.messages().newestEdit(chat, event.targetKey(), sender);
    boolean isNewest = newest.isPresent() && newest.getAsLong() == place;
    if (isNewest || event.fromMe()) {
      var transaction = event.transaction();
      var own = Optional.ofNullable(transaction).flatMap(tx.outbox()::findPending).orElse(null);
      MessageEdits.converge(tx, target.get(), own);
      announce(chat, target.get());
    }
  }

  /** Whether a deletion that was made here may still be refused. */
  private boolean mayComeBack(Entry message) {
    var kind = OutboxTable.Kind.DELETE_MESSAGE;
    return !tx.outbox().changes(message.chat(), kind, message.id()).isEmpty();
  }

  /** Only what people see says anything that can change. */
  private static boolean isChangeable(Entry message) {
    return !message.hidden() && !message.deleted();
  }

  /** Whether a deletion of this came before it, from a later stretch of history. */
  private boolean isTakenBack(long chat, String key) {
    var event = NetworkEvent.eventOf(key);
    return tx.messages().isDeletionStored(chat, event)
        || (!event.equals(key) && tx.messages().isDeletionStored(chat, key));
  }

  void deleted(MessageDeleted event) {
    long chat = incoming.chat(event.chatKey());
    if (isKnown(chat, event)) {
      return;
    }
    addHidden(chat, sender(event, false), false, event);
    var target = tx.messages().find(chat, event.targetKey());
    if (target.isEmpty() || target.get().deleted()) {
      tx.messages().deleteEdits(chat, event.targetKey());
    } else {
      takeBack(target.get());
    }
    tx.messages()
        .find(chat, NetworkEvent.apart(event.targetKey()))
        .filter(entry -> !entry.deleted())
        .ifPresent(this::takeBack);
  }

  private void takeBack(Entry target) {
    long chat = target.chat();
    var about = target.targetKey();
    var edited =
        target.isEdit() && about != null
            ? tx.messages()
                .find(chat, about)
                .filter(message -> MessageEdits.isShown(tx, target, message))
            : Optional.<Entry>empty();
    changes.remove(target);
    incoming.touch(chat);
    if (target.isReaction() && about != null) {
      tx.messages().find(chat, about).ifPresent(message -> announce(chat, message));
    } else if (!target.hidden() && incoming.isLive()) {
      tx.changes().messageDeleted(chat, Long.toString(target.id()));
    }
    edited.ifPresent(message -> {
      changes.editTakenBack(message);
      announce(chat, message);
    });
  }

  void reacted(Reacted event) {
    long chat = incoming.chat(event.chatKey());
    if (isKnown(chat, event) || isEchoOfReaction(chat, event)) {
      return;
    }
    long place = addHidden(chat, sender(event, event.fromMe()), event.fromMe(), event);
    if (isTakenBack(chat, event.key())) {
      tx.messages().delete(place);
      return;
    }
    tx.messages().find(chat, event.targetKey()).ifPresent(message -> announce(chat, message));
  }

  /** Whether this confirms a reaction that was put from here, which has its place already. */
  private boolean isEchoOfReaction(long chat, Reacted event) {
    var transaction = event.transaction();
    var pending =
        transaction == null
            ? Optional.<Entry>empty()
            : tx.messages()
                .findPending(transaction)
                .filter(e -> e.chat() == chat && e.networkKey() == null);
    pending.ifPresent(entry -> tx.messages().setNetworkKey(entry.id(), event.key()));
    return pending.isPresent();
  }

  void revealed(MessageRevealed event) {
    long chat = incoming.chat(event.chatKey());
    var target = tx.messages().find(chat, event.key());
    if (target.isEmpty() || !isChangeable(target.get())) {
      return;
    }
    long id = target.get().id();
    var content = event.content();
    tx.messages().reveal(id, content);
    if (content.hidden()) {
      hide(chat, id);
    } else {
      changes.revealed(target.get());
    }
    if (target.get().counts()) {
      tx.chats().marks().recount(chat);
    }
    if (!content.hidden()) {
      announce(chat, target.get());
    }
  }

  /** A placeholder turned out to stand for what is not shown. */
  private void hide(long chat, long message) {
    tx.search().remove(message);
    tx.chats().writer().setLastMessage(chat, tx.messages().newestShown(chat));
    incoming.touch(chat);
    if (incoming.isLive()) {
      tx.changes().messageDeleted(chat, Long.toString(message));
    }
  }

  void deliveryChanged(DeliveryChanged event) {
    long chat = incoming.chat(event.chatKey());
    var known = tx.messages().find(chat, event.key());
    if (known.isEmpty()) {
      tx.deliveries().want(chat, event.key(), event.delivery());
    }
    known
        .filter(Entry::own)
        .filter(message -> isFurther(message, event.delivery()))
        .filter(message -> tx.deliveries().follow(message.id(), event.delivery()))
        .ifPresent(message -> announce(chat, message));
  }

  /** What has reached people is not merely sent, whoever says so later. */
  private boolean isFurther(Entry message, Delivery delivery) {
    return !(delivery instanceof Delivery.Sent)
        || !(tx.messageReader().find(new MessageId(message.id())).orElseThrow().delivery()
            instanceof Delivery.Delivered);
  }

  private boolean isKnown(long chat, Timeline event) {
    var known = tx.messages().find(chat, event.key());
    known.ifPresent(incoming::alreadyAt);
    return known.isPresent();
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
    if (message.hidden()) {
      return;
    }
    incoming.touch(chat);
    incoming.announceMessage(chat, message.ids());
  }
}
