package dev.belfry.core;

import dev.belfry.store.MessageTable.Entry;
import dev.belfry.store.Tx;
import java.util.OptionalLong;

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
      boolean _ = applyNewestEdit(message);
    }
  }

  /** Gives a message the text of its newest edit; whether there is one. */
  boolean applyNewestEdit(Entry message) {
    var key = message.networkKey();
    var edit =
        key == null
            ? OptionalLong.empty()
            : tx.messages().newestEdit(message.chat(), key, message.sender());
    if (edit.isPresent()) {
      tx.originals().applyEdit(message.id(), edit.getAsLong());
      tx.search().put(message.id());
    }
    return edit.isPresent();
  }

  /** What a placeholder stood for has taken its place, and may have been edited already. */
  void revealed(Entry message) {
    tx.originals().forget(message.id());
    tx.search().put(message.id());
    boolean _ = applyNewestEdit(message);
  }

  /**
   * The edit that a message shows was taken back: it says what the newest of the others made of it,
   * else what it said at first, and if that is not known nothing.
   */
  void editTakenBack(Entry message) {
    if (!applyNewestEdit(message)) {
      if (!tx.originals().restore(message.id())) {
        tx.originals().blank(message.id());
      }
      tx.search().put(message.id());
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
