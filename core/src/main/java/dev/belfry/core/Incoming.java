package dev.belfry.core;

import dev.belfry.store.ChatWriter;
import dev.belfry.store.Tx;
import java.time.Instant;
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
  private final Set<Long> touched;
  private final Map<Long, String> gaps;
  private final @Nullable Long place;

  Incoming(Tx tx, Owner owner, boolean live) {
    this(tx, owner, live, new LinkedHashSet<>(), new HashMap<>(), null);
  }

  private Incoming(
      Tx tx,
      Owner owner,
      boolean live,
      Set<Long> touched,
      Map<Long, String> gaps,
      @Nullable Long place) {
    this.tx = tx;
    this.owner = owner;
    this.live = live;
    this.touched = touched;
    this.gaps = gaps;
    this.place = place;
  }

  /** The same batch, for an event whose place is known: one of history. */
  Incoming at(@Nullable Long known) {
    return new Incoming(tx, owner, live, touched, gaps, known);
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
    touched.add(chat);
  }

  /** Notes that a chat is gone and not to be announced as changed. */
  void forget(long chat) {
    touched.remove(chat);
  }

  /** What follows of this chat may come after things that are not stored. */
  void gapBefore(String chatKey, String token) {
    gaps.put(chat(chatKey), token);
  }

  /** Where an event belongs: its known place, or after everything in its chat. */
  long placeFor(long chat, Instant timestamp) {
    if (place != null) {
      return place;
    }
    long at = tx.places().atEnd(chat, timestamp, tx.now());
    var token = gaps.remove(chat);
    if (token != null) {
      tx.gaps().add(chat, at, token, live);
    }
    return at;
  }

  void announceMessage(long chat, List<String> ids) {
    if (live) {
      tx.changes().messageUpserted(chat, ids);
    }
  }

  /**
   * Closes the batch: a gap that nothing followed lies at the end of its chat, and all that was
   * touched is announced.
   */
  void finish() {
    gaps.forEach((chat, token) -> tx.gaps().add(chat, tx.places().last(chat) + 1, token, live));
    touched.forEach(tx.changes()::chatUpserted);
  }
}
