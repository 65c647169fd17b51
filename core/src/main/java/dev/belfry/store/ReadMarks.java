package dev.belfry.store;

import dev.belfry.network.NetworkEvent.ReadElsewhere.Source;
import org.jspecify.annotations.Nullable;

/** How far the user has read each chat. Counters are kept, never counted at reading. */
public final class ReadMarks {
  private static final int WANTS_RECEIPT = 1;
  private static final int WANTS_MARKER = 2;
  private static final int WANTS_OTHERS = 4;

  private final Sql sql;

  ReadMarks(Sql sql) {
    this.sql = sql;
  }

  /**
   * What is known of how far a chat is read.
   *
   * @param readUpTo a place: everything at or below it is read
   * @param seenReceipt the network's last word of each kind
   * @param seenMarker likewise
   * @param seenFlag likewise
   * @param wantsReceipt whether {@code seenReceipt} is to be followed once its event is stored
   * @param wantsMarker likewise
   * @param wantsOthers whether receipts of others wait for their events
   */
  public record Marks(
      long readUpTo,
      boolean markedUnread,
      @Nullable String seenReceipt,
      @Nullable String seenMarker,
      boolean seenFlag,
      boolean wantsReceipt,
      boolean wantsMarker,
      boolean wantsOthers) {}

  public Marks find(long chat) {
    return sql.first(
            "SELECT read_up_to, marked_unread, seen_receipt, seen_marker, seen_flag, wanted FROM chat WHERE id = ?",
            row ->
                new Marks(
                    row.getLong(1),
                    row.getBoolean(2),
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5),
                    (row.getInt(6) & WANTS_RECEIPT) != 0,
                    (row.getInt(6) & WANTS_MARKER) != 0,
                    (row.getInt(6) & WANTS_OTHERS) != 0),
            chat)
        .orElseThrow();
  }

  /** Moves the marker and counts anew what lies above it. */
  public void setReadUpTo(long chat, long place) {
    sql.update(
        """
        UPDATE chat SET read_up_to = ?1, (unread, unread_mentions) = (
          SELECT count(*), ifnull(sum(flags & 2 = 2), 0) FROM message
          WHERE chat = ?2 AND id > ?1 AND flags & 1 = 1)
        WHERE id = ?2
        """,
        place,
        chat);
  }

  /** Counts anew, after messages came, went or changed below the newest. */
  public void recount(long chat) {
    setReadUpTo(chat, find(chat).readUpTo());
  }

  /** One more message came. */
  public void count(long chat, boolean mentions) {
    sql.update(
        "UPDATE chat SET unread = unread + 1, unread_mentions = unread_mentions + ? WHERE id = ?",
        mentions,
        chat);
  }

  public void setMarkedUnread(long chat, boolean marked) {
    sql.update("UPDATE chat SET marked_unread = ? WHERE id = ?", marked, chat);
  }

  /** The network's last word of a kind; it is followed, or not: nothing is waited for any more. */
  public void setSeen(long chat, Source source, String key) {
    switch (source) {
      case RECEIPT ->
          sql.update(
              "UPDATE chat SET seen_receipt = ?, wanted = wanted & ~1 WHERE id = ?", key, chat);
      case MARKER ->
          sql.update(
              "UPDATE chat SET seen_marker = ?, wanted = wanted & ~2 WHERE id = ?", key, chat);
    }
  }

  public void setSeenFlag(long chat, boolean marked) {
    sql.update("UPDATE chat SET seen_flag = ? WHERE id = ?", marked, chat);
  }

  /** The network's last word of a kind is to be followed once its event is stored. */
  public void want(long chat, Source source) {
    int bit =
        switch (source) {
          case RECEIPT -> WANTS_RECEIPT;
          case MARKER -> WANTS_MARKER;
        };
    sql.update("UPDATE chat SET wanted = wanted | ? WHERE id = ?", bit, chat);
  }

  /** Whether receipts of others wait for their events. */
  public void wantOthers(long chat, boolean wanted) {
    sql.update(
        "UPDATE chat SET wanted = CASE WHEN ? THEN wanted | 4 ELSE wanted & ~4 END WHERE id = ?",
        wanted,
        chat);
  }

  /** Nothing that the network said so far of the owner's reading is to be followed any more. */
  public void wantNothing(long chat) {
    sql.update("UPDATE chat SET wanted = wanted & ~3 WHERE id = ?", chat);
  }
}
