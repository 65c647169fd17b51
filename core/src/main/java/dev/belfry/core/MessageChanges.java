package dev.belfry.core;

import dev.belfry.store.MessageTable.Entry;
import dev.belfry.store.Tx;

/**
 * What edits and deletions do to a message that is stored. They may have come before it: out of
 * order from history, or while we waited for its echo.
 */
final class MessageChanges {
  private final Tx tx;

  MessageChanges(Tx tx) {
    this.tx = tx;
  }

  /** Applies what the timeline holds about a message already. */
  void catchUp(Entry message) {
    var key = message.networkKey();
    if (key == null) {
      return;
    }
    if (tx.messages().isDeletionStored(message.chat(), key)) {
      remove(message);
    } else if (!message.hidden()) {
      applyNewestEdit(message);
    }
  }

  /** Gives a message the text of its newest edit, if there is one. */
  void applyNewestEdit(Entry message) {
    var key = message.networkKey();
    if (key != null) {
      tx.messages()
          .newestEdit(message.chat(), key, message.sender())
          .ifPresent(edit -> {
            tx.messages().applyEdit(message.id(), edit);
            tx.search().put(message.id());
          });
    }
  }

  /** Takes a message's text away, that of its edits too; its place stays. */
  void remove(Entry message) {
    tx.messages().delete(message.id());
    tx.search().remove(message.id());
    var key = message.networkKey();
    if (key != null) {
      tx.messages().deleteEdits(message.chat(), key);
    }
    if (message.counts()) {
      tx.chats().marks().recount(message.chat());
    }
  }
}
