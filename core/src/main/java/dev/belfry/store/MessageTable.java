package dev.belfry.store;

import dev.belfry.model.Delivery;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.Timeline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes the timelines. What is shown of them is read by {@link MessageReader}. */
public final class MessageTable {
  private final Sql sql;

  MessageTable(Sql sql) {
    this.sql = sql;
  }

  /**
   * What stands at a place, as far as rules need to know.
   *
   * @param placedHere whether we put it there, without the word of the network's timeline
   */
  public record Entry(
      long id,
      long chat,
      long sender,
      String kind,
      boolean own,
      boolean hidden,
      boolean counts,
      boolean deleted,
      boolean placedHere,
      @Nullable String networkKey,
      @Nullable String targetKey,
      @Nullable String pendingId) {
    public boolean isEdit() {
      return kind.equals(MessageRow.EDIT);
    }

    public boolean isReaction() {
      return kind.equals(MessageType.REACTION.name());
    }

    /** All ids that clients may know it by: its own, and the one it had while it waited. */
    public List<String> ids() {
      var id = Long.toString(this.id);
      return pendingId == null ? List.of(id) : List.of(id, pendingId);
    }
  }

  private static final String SELECT =
      "SELECT id, chat, sender, kind, flags, network_key, target_key, pending_id FROM message ";

  public Optional<Entry> find(long chat, String networkKey) {
    return one("WHERE chat = ? AND network_key = ?", chat, networkKey);
  }

  public Optional<Entry> find(long id) {
    return one("WHERE id = ?", id);
  }

  public Optional<Entry> findPending(String pendingId) {
    return one("WHERE pending_id = ?", pendingId);
  }

  private Optional<Entry> one(String where, Object... values) {
    return sql.first(SELECT + where, MessageTable::entry, values);
  }

  private static Entry entry(ResultSet row) throws SQLException {
    int flags = row.getInt(5);
    return new Entry(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getString(4),
        (flags & MessageFlags.OWN) != 0,
        (flags & MessageFlags.HIDDEN) != 0,
        (flags & MessageFlags.COUNTS) != 0,
        (flags & MessageFlags.DELETED) != 0,
        (flags & MessageFlags.PLACED_HERE) != 0,
        row.getString(6),
        row.getString(7),
        row.getString(8));
  }

  /**
   * The owner's own shown messages after one place and up to another.
   *
   * @param limit how many shown messages are looked at, the newest first
   */
  public List<Entry> ownShown(long chat, long after, long upTo, int limit) {
    return sql.list(
        SELECT
            + """
            WHERE flags & 20 = 4 AND id IN (
              SELECT id FROM message WHERE chat = ? AND id > ? AND id <= ? AND flags & 8 = 0 ORDER BY id DESC LIMIT ?)
            ORDER BY id DESC
            """,
        MessageTable::entry,
        chat,
        after,
        upTo,
        limit);
  }

  /** The place of an event; 0 where it is not stored. */
  public long placeOf(long chat, @Nullable String networkKey) {
    return networkKey == null
        ? 0
        : sql.number(
            0, "SELECT id FROM message WHERE chat = ? AND network_key = ?", chat, networkKey);
  }

  /** The newest shown message. */
  public OptionalLong newestShown(long chat) {
    long id = sql.number(0, "SELECT max(id) FROM message WHERE chat = ? AND flags & 8 = 0", chat);
    return id == 0 ? OptionalLong.empty() : OptionalLong.of(id);
  }

  /**
   * The network's key of the last event at or below a place; of those that stand in their place, as
   * what was told apart stands for an earlier event.
   */
  public Optional<String> keyUpTo(long chat, long place) {
    return sql.first(
        "SELECT network_key FROM message WHERE chat = ? AND id <= ? AND network_key IS NOT NULL AND network_key NOT GLOB ? ORDER BY id DESC LIMIT 1",
        row -> row.getString(1),
        chat,
        place,
        "*" + NetworkEvent.APART);
  }

  /**
   * Adds a message of a person.
   *
   * @param pendingId the alias it was sent under from here
   * @return whether it counts as unread while above the marker
   */
  public boolean add(
      long place,
      long chat,
      long sender,
      boolean own,
      @Nullable String key,
      @Nullable String pendingId,
      Instant timestamp,
      MessageContent content,
      @Nullable Delivery delivery) {
    int flags = MessageFlags.of(own, content.hidden(), content.mentionsMe());
    new MessageRow(
            place,
            chat,
            sender,
            timestamp,
            content.type().name(),
            flags,
            key,
            content.replyToKey(),
            pendingId,
            delivery,
            content.body(),
            content.html(),
            MessageRow.extra(content))
        .insert(sql);
    return (flags & MessageFlags.COUNTS) != 0;
  }

  /** Adds what stands in the timeline without being a message. */
  public void addHidden(long place, long chat, long sender, boolean own, Timeline event) {
    MessageRow.hidden(place, chat, sender, own, event).insert(sql);
  }

  /**
   * The newest edit of a message that the timeline holds; it may have come before the message, from
   * history. Newest by the network's time: one that could be read only later has a place after it.
   */
  public OptionalLong newestEdit(long chat, String targetKey, long sender) {
    long id =
        sql.number(
            0,
            "SELECT id FROM message WHERE chat = ? AND target_key = ? AND kind = 'EDIT' AND sender = ? AND flags & 16 = 0 ORDER BY ts DESC, id DESC LIMIT 1",
            chat,
            targetKey,
            sender);
    return id == 0 ? OptionalLong.empty() : OptionalLong.of(id);
  }

  /** Whether the timeline holds anything that answers, edits, deletes or reacts to a message. */
  public boolean isAimedAt(long chat, String targetKey) {
    return sql.number(
            0, "SELECT 1 FROM message WHERE chat = ? AND target_key = ? LIMIT 1", chat, targetKey)
        == 1;
  }

  /** Whether the timeline holds a deletion of {@code targetKey}. */
  public boolean isDeletionStored(long chat, String targetKey) {
    return sql.number(
            0,
            "SELECT 1 FROM message WHERE chat = ? AND target_key = ? AND kind = 'DELETION' LIMIT 1",
            chat,
            targetKey)
        == 1;
  }

  /** Puts what can be read now into a placeholder's place. */
  public void reveal(long message, MessageContent content) {
    sql.update(
        """
        UPDATE message SET kind = ?, body = ?, html = ?, extra = ?, edited_ts = NULL, target_key = ifnull(?, target_key),
          flags = CASE WHEN ? THEN (flags | 8) & ~3 WHEN ? AND flags & 1 = 1 THEN flags | 2 ELSE flags END
        WHERE id = ?
        """,
        content.type().name(),
        content.body(),
        content.html(),
        MessageRow.extra(content),
        content.replyToKey(),
        content.hidden(),
        content.mentionsMe(),
        message);
  }

  /** Takes a message's content away and leaves its place. */
  public void delete(long message) {
    sql.update(
        """
        UPDATE message SET flags = (flags | 16) & ~3, body = '', html = NULL, extra = NULL WHERE id = ?
        """,
        message);
  }

  /** The text of a message, for the search. */
  public String bodyOf(long message) {
    return sql.first("SELECT body FROM message WHERE id = ?", row -> row.getString(1), message)
        .orElseThrow();
  }

  public void setDelivery(long message, Delivery delivery) {
    sql.update("UPDATE message SET delivery = ? WHERE id = ?", StoredJson.text(delivery), message);
  }

  /** Nobody but us knows that the place of this message is right. */
  public void markPlacedHere(long message) {
    sql.update("UPDATE message SET flags = flags | 32 WHERE id = ?", message);
  }

  /** The alias that a message was sent under from here. */
  public void setPendingId(long message, String pendingId) {
    sql.update("UPDATE message SET pending_id = ? WHERE id = ?", pendingId, message);
  }

  /** A message that had failed has come through after all. */
  public void setNetworkKey(long message, String key) {
    sql.update("UPDATE message SET network_key = ? WHERE id = ?", key, message);
  }

  /**
   * Deletes some messages of a chat for good; whether there were any. The chat's counters are not
   * kept: it is to go as well.
   */
  public boolean purge(long chat, int limit) {
    sql.update(
        "DELETE FROM search WHERE rowid IN (SELECT id FROM message WHERE chat = ? ORDER BY id LIMIT ?)",
        chat,
        limit);
    return sql.update(
            "DELETE FROM message WHERE id IN (SELECT id FROM message WHERE chat = ? ORDER BY id LIMIT ?)",
            chat,
            limit)
        > 0;
  }

  /** Takes the texts of a message's edits away, and what it said before them; their places stay. */
  public void deleteEdits(long chat, String targetKey) {
    sql.update(
        "DELETE FROM original WHERE message = (SELECT id FROM message WHERE chat = ? AND network_key = ?)",
        chat,
        targetKey);
    sql.update(
        "UPDATE message SET body = '', html = NULL, extra = NULL WHERE chat = ? AND target_key = ? AND kind = 'EDIT'",
        chat,
        targetKey);
  }

  /** Gives a message other content; {@code edited} null for never edited. */
  public void setContent(long message, MessageContent content, @Nullable Instant edited) {
    sql.update(
        "UPDATE message SET body = ?, html = ?, extra = ?, edited_ts = ? WHERE id = ?",
        content.body(),
        content.html(),
        MessageRow.extra(content),
        edited == null ? null : edited.toEpochMilli(),
        message);
  }

  /**
   * Takes a deletion back; the content is the caller's to restore.
   *
   * @param mentionsOwner whether it says so
   */
  public void undelete(long message, boolean mentionsOwner) {
    sql.update(
        "UPDATE message SET flags = (flags & ~16) | CASE WHEN flags & 12 = 0 THEN ? ELSE 0 END WHERE id = ?",
        MessageFlags.of(false, false, mentionsOwner),
        message);
  }

  /** Removes a row that never was on the network. */
  public void remove(long message) {
    sql.update("DELETE FROM message WHERE id = ?", message);
  }
}
