package dev.belfry.core;

import dev.belfry.network.NetworkEvent.MarkedUnreadElsewhere;
import dev.belfry.network.NetworkEvent.ReadByOther;
import dev.belfry.network.NetworkEvent.ReadElsewhere;
import dev.belfry.network.NetworkEvent.ReadElsewhere.Source;
import dev.belfry.store.OutboxTable;
import dev.belfry.store.ReadMarks;
import dev.belfry.store.ReadMarks.Marks;
import dev.belfry.store.Tx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Read state from a network (contract, Decided for Belfry: Unread). Only what differs from the
 * network's last word is a change: a marker that was moved back here stands when the same receipt
 * is told again. While our own change is still on its way there, what the network says is noted and
 * not followed.
 */
final class IncomingReads {
  private final Incoming incoming;
  private final Tx tx;
  private final ReadMarks marks;

  IncomingReads(Incoming incoming) {
    this.incoming = incoming;
    this.tx = incoming.tx();
    this.marks = tx.chats().marks();
  }

  void readElsewhere(ReadElsewhere event) {
    long chat = incoming.chat(event.chatKey());
    var before = marks.find(chat);
    var last = event.source() == Source.RECEIPT ? before.seenReceipt() : before.seenMarker();
    if (event.upToKey().equals(last)) {
      return;
    }
    marks.setSeen(chat, event.source(), event.upToKey());
    if (isOnItsWay(chat)) {
      return;
    }
    var target = tx.messages().find(chat, event.upToKey());
    if (target.isEmpty()) {
      marks.setWanted(chat, event.upToKey());
      return;
    }
    long place = target.get().id();
    boolean movedBack = event.source() == Source.MARKER && isBack(chat, last, place);
    if (movedBack || place > before.readUpTo()) {
      marks.setReadUpTo(chat, place);
      marks.setWanted(chat, null);
      incoming.touch(chat);
    }
  }

  /**
   * Whether a person moved the network's marker back: measured against where it was, as receipts
   * run ahead of it.
   */
  private boolean isBack(long chat, @Nullable String last, long place) {
    return last != null && place < placeOf(chat, last);
  }

  private long placeOf(long chat, @Nullable String key) {
    return key == null ? 0 : tx.messages().find(chat, key).map(entry -> entry.id()).orElse(0L);
  }

  void markedElsewhere(MarkedUnreadElsewhere event) {
    long chat = incoming.chat(event.chatKey());
    var before = marks.find(chat);
    if (event.markedUnread() == before.seenFlag()) {
      return;
    }
    marks.setSeenFlag(chat, event.markedUnread());
    if (isOnItsWay(chat)) {
      return;
    }
    marks.setMarkedUnread(chat, event.markedUnread());
    if (!event.markedUnread()) {
      restoreMarker(chat, before);
    }
    incoming.touch(chat);
  }

  /** Clearing the flag elsewhere means having read what was read there before. */
  private void restoreMarker(long chat, Marks before) {
    long last = Math.max(placeOf(chat, before.seenReceipt()), placeOf(chat, before.seenMarker()));
    if (last > before.readUpTo()) {
      marks.setReadUpTo(chat, last);
    }
  }

  void readByOther(ReadByOther event) {
    long chat = incoming.chat(event.chatKey());
    long place = placeOf(chat, event.upToKey());
    if (place > 0) {
      long person = tx.people().require(incoming.owner().row(), event.user(), false);
      tx.receipts().put(chat, person, place, event.at());
    }
  }

  /**
   * The event that the network's read position points at may have come with a stretch of history.
   */
  void resolveWanted(long chat) {
    var now = marks.find(chat);
    var wanted = now.wanted();
    long place = placeOf(chat, wanted);
    if (wanted != null && place > 0) {
      marks.setWanted(chat, null);
      if (place > now.readUpTo()) {
        marks.setReadUpTo(chat, place);
      }
    }
  }

  /** One more message of somebody else. */
  void count(long chat, long place, boolean mentions) {
    if (place > marks.find(chat).readUpTo()) {
      marks.count(chat, mentions);
    }
    if (!incoming.isHistory()) {
      resolveWanted(chat);
    }
  }

  /**
   * Who writes has read up to what they write. For a message from here that was said when it was
   * queued, so a marker that was moved back since then stands.
   *
   * @param queued the row of the outbox that this is the echo of
   */
  void ownSent(long chat, long place, Optional<OutboxTable.Entry> queued) {
    long readUpTo = marks.find(chat).readUpTo();
    boolean movedBack = queued.isPresent() && readUpTo < queued.get().queuedAfter();
    if (place > readUpTo && !movedBack) {
      marks.setReadUpTo(chat, place);
    }
  }

  private boolean isOnItsWay(long chat) {
    return tx.outbox().isQueued(chat, OutboxTable.Kind.READ_STATE);
  }
}
