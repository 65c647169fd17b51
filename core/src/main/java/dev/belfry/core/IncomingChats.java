package dev.belfry.core;

import dev.belfry.model.User;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent.ChatChanged;
import dev.belfry.network.NetworkEvent.ChatGone;
import dev.belfry.network.NetworkEvent.ChatsListed;
import dev.belfry.network.NetworkEvent.MembersChanged;
import dev.belfry.network.NetworkEvent.PeopleChanged;
import dev.belfry.network.NetworkEvent.SelfChanged;
import dev.belfry.store.OutboxTable.Kind;
import dev.belfry.store.Tx;

/** Chats, their members, and people, from a network. */
final class IncomingChats {
  private final Incoming incoming;
  private final Tx tx;

  IncomingChats(Incoming incoming) {
    this.incoming = incoming;
    this.tx = incoming.tx();
  }

  void changed(ChatChanged event) {
    long chat = incoming.chat(event.chatKey());
    tx.chats().writer().apply(chat, withoutOwnOrders(chat, event.update()));
    Titles.refresh(tx, chat);
    incoming.touch(chat);
  }

  /** What the network has not heard yet of our own is not undone by what it says meanwhile. */
  private ChatUpdate withoutOwnOrders(long chat, ChatUpdate update) {
    boolean flags =
        update.muted() != null
            || update.pinned() != null
            || update.lowPriority() != null
            || update.archived() != null;
    return !flags
        ? update
        : update.withFlags(
            isQueued(chat, Kind.ARCHIVED) ? null : update.archived(),
            isQueued(chat, Kind.LOW_PRIORITY) ? null : update.lowPriority(),
            isQueued(chat, Kind.MUTED) ? null : update.muted(),
            isQueued(chat, Kind.PINNED) ? null : update.pinned());
  }

  private boolean isQueued(long chat, Kind kind) {
    return tx.outbox().isQueued(chat, kind);
  }

  void membersChanged(MembersChanged event) {
    long chat = incoming.chat(event.chatKey());
    if (event.complete()) {
      tx.members().removeAll(chat);
    }
    for (var member : event.members()) {
      tx.members().put(chat, save(member.user()), member);
    }
    for (var user : event.left()) {
      tx.people()
          .find(incoming.owner().row(), user)
          .ifPresent(person -> tx.members().remove(chat, person));
    }
    tx.members().setTotal(chat, event.total());
    Titles.refresh(tx, chat);
    incoming.touch(chat);
  }

  void peopleChanged(PeopleChanged event) {
    event.people().forEach(this::save);
  }

  void selfChanged(SelfChanged event) {
    save(event.self().asSelf());
    tx.changes().accountChanged(incoming.owner().id());
  }

  void gone(ChatGone event) {
    var writer = tx.chats().writer();
    writer
        .find(incoming.owner().row(), event.chatKey())
        .ifPresent(chat -> {
          tx.changes().chatDeleted(chat, writer.canonicalId(chat));
          writer.delete(chat);
          incoming.forget(chat);
        });
  }

  void listed(ChatsListed event) {
    var refusal = event.others().sendRefusal().orNull();
    for (var chat : tx.chats().writer().unlessRefusing(incoming.owner().row(), refusal)) {
      if (!event.chatKeys().contains(chat.networkKey())) {
        tx.chats().writer().apply(chat.row(), event.others());
        incoming.touch(chat.row());
      }
    }
  }

  private long save(User user) {
    var saved = tx.people().save(incoming.owner().row(), user);
    if (saved.renamed()) {
      for (long chat : tx.people().unnamedChatsOf(saved.row())) {
        Titles.refresh(tx, chat);
        incoming.touch(chat);
      }
    }
    return saved.row();
  }
}
