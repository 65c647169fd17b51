package dev.belfry.core;

import dev.belfry.store.ChatWriter;
import dev.belfry.store.MessageTable;
import dev.belfry.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A batch of events on its way into the store: what its parts share. One {@code chat.upserted} a
 * chat goes to the change log, however many events touched it.
 */
final class Incoming {
  private final Tx tx;
  private final Owner owner;
  private final boolean live;
  private final Shared shared;
  private final @Nullable Long place;

  /** What all events of a batch see; an event that fails leaves nothing here. */
  private static final class Shared {
    private final Set<Long> touched = new LinkedHashSet<>();
    private final Set<Long> grown = new LinkedHashSet<>();
    private final Map<Long, String> gaps = new HashMap<>();
    private final List<Runnable> undo = new ArrayList<>();
  }

  Incoming(Tx tx, Owner owner, boolean live) {
    this(tx, owner, live, new Shared(), null);
  }

  private Incoming(Tx tx, Owner owner, boolean live, Shared shared, @Nullable Long place) {
    this.tx = tx;
    this.owner = owner;
    this.live = live;
    this.shared = shared;
    this.place = place;
  }

  /** The same batch, for an event whose place is known: one of history. */
  Incoming at(@Nullable Long known) {
    return new Incoming(tx, owner, live, shared, known);
  }

  /** The event that was being stored is. */
  void stored() {
    shared.undo.clear();
  }

  /** The event that was being stored is not: as if it had not been seen. */
  void failed() {
    shared.undo.reversed().forEach(Runnable::run);
    shared.undo.clear();
  }

  Tx tx() {
    return tx;
  }

  Owner owner() {
    return owner;
  }

  /** Whether readers of the change log are to hear of each message: not of old mail. */
  boolean isLive() {
    return live;
  }

  /** Whether this comes out of the past rather than at the end of its chat. */
  boolean isHistory() {
    return place != null;
  }

  /** The chat of a key, made if it is new. */
  long chat(String key) {
    if (key.isBlank()) {
      throw new IllegalArgumentException("an event of a chat that names none");
    }
    var writer = tx.chats().writer();
    var known = writer.find(owner.row(), key);
    if (known.isPresent()) {
      return known.getAsLong();
    }
    long chat =
        writer.add(owner.row(), ChatWriter.canonicalId(owner.id(), owner.connector(), key), key);
    touch(chat);
    return chat;
  }

  /** Notes that a chat is to be announced as changed. */
  void touch(long chat) {
    if (shared.touched.add(chat)) {
      shared.undo.add(() -> shared.touched.remove(chat));
    }
  }

  /** Notes that a chat is gone and not to be announced as changed. */
  void forget(long chat) {
    if (shared.touched.remove(chat)) {
      shared.undo.add(() -> shared.touched.add(chat));
    }
    if (shared.grown.remove(chat)) {
      shared.undo.add(() -> shared.grown.add(chat));
    }
    takeGap(chat);
  }

  /** What follows of this chat may come after things that are not stored. */
  void gapBefore(String chatKey, String token) {
    long chat = chat(chatKey);
    takeGap(chat);
    shared.gaps.put(chat, token);
    shared.undo.add(() -> shared.gaps.remove(chat));
  }

  private @Nullable String takeGap(long chat) {
    var token = shared.gaps.remove(chat);
    if (token != null) {
      shared.undo.add(() -> shared.gaps.put(chat, token));
    }
    return token;
  }

  /** Where an event belongs: its known place, or after everything in its chat. */
  long placeFor(long chat, Instant timestamp) {
    if (shared.grown.add(chat)) {
      shared.undo.add(() -> shared.grown.remove(chat));
    }
    if (place != null) {
      return place;
    }
    var token = takeGap(chat);
    if (token == null) {
      return tx.places().atEnd(chat, timestamp, tx.now());
    }
    long at = tx.places().afterGap(chat, timestamp, tx.now());
    tx.gaps().add(chat, at, token, live);
    return at;
  }

  /**
   * An event of the timeline is stored already. If it follows a gap, that one was noted with it or
   * lies before it all the same; if it has been filled since then, the first page of it will tell.
   * One that we placed ourselves may lie before what the network has before the gap: what follows
   * it in the timeline shows where that ends.
   */
  void alreadyAt(MessageTable.Entry known) {
    var token = isHistory() || known.placedHere() ? null : takeGap(known.chat());
    if (token != null) {
      tx.gaps().add(known.chat(), known.id(), token, live);
    }
  }

  /** Says that a message is new or has changed, if readers are to hear of each. */
  void announceMessage(long chat, List<String> ids) {
    if (live) {
      tx.changes().messageUpserted(chat, ids);
    }
  }

  /**
   * Closes the batch: a gap that nothing followed lies at the end of its chat, unless it was told
   * before and something has followed since; and all that was touched is announced.
   */
  void finish() {
    shared.gaps.forEach((chat, token) -> {
      if (!tx.gaps().has(chat, token)) {
        tx.gaps().add(chat, tx.places().endOfGap(chat, tx.now()), token, live);
      }
    });
    var reads = new IncomingReads(this);
    shared.grown.forEach(reads::resolveWanted);
    shared.touched.forEach(tx.changes()::chatUpserted);
  }
}
