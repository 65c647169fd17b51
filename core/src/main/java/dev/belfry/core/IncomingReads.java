package dev.belfry.core;

import dev.belfry.network.NetworkEvent.MarkedUnreadElsewhere;
import dev.belfry.network.NetworkEvent.ReadByOther;
import dev.belfry.network.NetworkEvent.ReadElsewhere;
import dev.belfry.network.NetworkEvent.ReadElsewhere.Source;
import dev.belfry.store.OutboxTable;
import dev.belfry.store.ReadMarks;
import dev.belfry.store.ReadMarks.Marks;
import dev.belfry.store.Tx;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Read state from a network (contract, Decided for Belfry: Unread). Only what differs from the
 * network's last word is a change: a marker that was moved back here stands when the same receipt
 * is told again. While our own change is still on its way there, what the network says is noted and
 * not followed.
 */
final class IncomingReads {
  /** Of a receipt over many messages, those of one's own among the newest so many are announced. */
  private static final int SEEN_AT_ONCE = 100;

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
    var key = event.upToKey();
    long place = placeOf(chat, key);
    boolean isNew =
        switch (event.source()) {
          // There may be several receipts, such as a public and a private one: the latest counts.
          case RECEIPT ->
              !key.equals(before.seenReceipt())
                  && (place == 0 || place > placeOf(chat, before.seenReceipt()));
          case MARKER -> !key.equals(before.seenMarker());
        };
    if (!isNew) {
      return;
    }
    marks.setSeen(chat, event.source(), key);
    boolean onItsWay = isOnItsWay(chat);
    if (onItsWay && before.markedUnread()) {
      return;
    }
    if (place == 0) {
      marks.want(chat, event.source());
      return;
    }
    boolean movedBack = !onItsWay && isBack(chat, event.source(), before.seenMarker(), place);
    if (place > before.readUpTo() || (movedBack && !standsAt(chat, before, key))) {
      move(chat, place);
    }
  }

  /**
   * Whether a person moved the network's marker back: measured against where it was, as receipts
   * run ahead of it.
   */
  private boolean isBack(long chat, Source source, @Nullable String last, long place) {
    return source == Source.MARKER && last != null && place < placeOf(chat, last);
  }

  /** Whether ours is there already: a marker that we moved back is told to us as well. */
  private boolean standsAt(long chat, Marks before, String key) {
    return tx.messages().keyUpTo(chat, before.readUpTo()).filter(key::equals).isPresent();
  }

  private void move(long chat, long place) {
    marks.setReadUpTo(chat, place);
    incoming.touch(chat);
  }

  private long placeOf(long chat, @Nullable String key) {
    return tx.messages().placeOf(chat, key);
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
    long person = tx.people().require(incoming.owner().row(), event.user(), false);
    if (place > 0) {
      tx.receipts().wantNothing(chat, person, event.at());
      seenBy(chat, person, place, event.at());
    } else {
      tx.receipts().want(chat, person, event.upToKey(), event.at());
      marks.wantOthers(chat, true);
    }
  }

  private void seenBy(long chat, long person, long place, Instant at) {
    long before = tx.receipts().upTo(chat, person);
    if (tx.receipts().put(chat, person, place, at) && incoming.isLive()) {
      announceSeen(chat, before, place);
    }
  }

  /** What is seen now that was not: each step of a message's way is told. */
  private void announceSeen(long chat, long after, long upTo) {
    for (var message : tx.messages().ownShown(chat, after, upTo, SEEN_AT_ONCE)) {
      incoming.announceMessage(chat, message.ids());
    }
  }

  /** The events that the network's read positions point at may have come. */
  void resolveWanted(long chat) {
    var before = marks.find(chat);
    if (before.wantsReceipt()) {
      resolve(chat, Source.RECEIPT, before.seenReceipt());
    }
    if (before.wantsMarker()) {
      resolve(chat, Source.MARKER, before.seenMarker());
    }
    if (before.wantsOthers()) {
      resolveOthers(chat);
    }
  }

  private void resolve(long chat, Source source, @Nullable String key) {
    long place = placeOf(chat, key);
    if (key != null && place > 0) {
      marks.setSeen(chat, source, key);
      if (place > marks.find(chat).readUpTo()) {
        move(chat, place);
      }
    }
  }

  private void resolveOthers(long chat) {
    var found = tx.receipts().found(chat);
    for (var receipt : found) {
      tx.receipts().wantNothing(chat, receipt.person(), receipt.at());
      seenBy(chat, receipt.person(), receipt.upTo(), receipt.at());
    }
    if (!found.isEmpty() && !tx.receipts().wantsAny(chat)) {
      marks.wantOthers(chat, false);
    }
  }

  /** One more message of somebody else. */
  void count(long chat, long place, boolean mentions) {
    if (place > marks.find(chat).readUpTo()) {
      marks.count(chat, mentions);
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
