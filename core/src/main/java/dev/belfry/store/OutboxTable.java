package dev.belfry.store;

import dev.belfry.api.codec.Codec;
import dev.belfry.model.MessageContent;
import io.avaje.jsonb.Json;
import io.avaje.jsonb.JsonType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is still to be done on the networks, in order, in one lane a chat. */
public final class OutboxTable {
  private static final JsonType<MessageContent> CONTENT = Codec.jsonb().type(MessageContent.class);
  private static final JsonType<MessageChange> CHANGE = Codec.jsonb().type(MessageChange.class);
  private static final JsonType<StateChange> STATE = Codec.jsonb().type(StateChange.class);
  private static final String SELECT =
      """
      SELECT o.id, o.account, o.chat, c.network_key, o.kind, o.pending_id, o.payload, o.queued_after, o.created, o.attempts, o.tried_by,
        o.not_before, o.sent_key, o.deadline
      FROM outbox o JOIN chat c ON c.id = o.chat
      """;

  /**
   * Clients see the number of a waiting message as its sort key, so that it comes from the time
   * and, within a millisecond, from chance: one more than the last would tell how much else is done
   * here.
   */
  private static final String ADD_MESSAGE =
      """
      INSERT INTO outbox (account, chat, kind, pending_id, payload, queued_after, created, id)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, max(?8, 1 + ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0)))
      """;

  /** What is to be done. */
  public enum Kind {
    SEND_MESSAGE,
    EDIT_MESSAGE,
    DELETE_MESSAGE,
    REACT,
    UNREACT,
    /** Tell the network the read state as it is then: one row a chat, however often it changed. */
    READ_STATE,
    ARCHIVED,
    LOW_PRIORITY,
    MUTED,
    PINNED,
    TITLE,
    DESCRIPTION,
    AVATAR,
    MESSAGE_EXPIRY
  }

  /**
   * A change of a message that was made here at once, with what it takes to undo it.
   *
   * @param message the place of the message or reaction that was changed
   * @param content what it says now
   * @param before what it said before
   * @param editedBefore when it had been edited before, Unix milliseconds; 0 for never
   * @param forEveryone of a deletion
   * @param reaction of a reaction: the key of its target and the reaction, a line each
   */
  @Json
  public record MessageChange(
      long message,
      MessageContent content,
      MessageContent before,
      long editedBefore,
      boolean forEveryone,
      @Nullable String reaction) {
    /** The same after another change that was not made in the end. */
    public MessageChange without(MessageChange undone) {
      return new MessageChange(
          message, content, undone.before, undone.editedBefore, forEveryone, reaction);
    }
  }

  /**
   * A state of a chat that was set here at once.
   *
   * @param value as text; null for none
   * @param before what it was, as far as the network knows
   */
  @Json
  public record StateChange(@Nullable String value, @Nullable String before) {}

  private final Sql sql;
  private final Tx tx;

  OutboxTable(Sql sql, Tx tx) {
    this.sql = sql;
    this.tx = tx;
  }

  /**
   * Something that is still to be done.
   *
   * @param pendingId of a message
   * @param payload a message's content, or a state's value
   * @param triedBy whom the network would know a repeat of the last try from, empty if it cannot;
   *     null where no try may have got through
   * @param sentKey the network's answer, while its echo is awaited
   * @param deadline when to stop waiting for the echo; null while the network has not got it
   */
  public record Entry(
      long id,
      long account,
      long chat,
      String chatKey,
      Kind kind,
      @Nullable String pendingId,
      String payload,
      long queuedAfter,
      Instant created,
      int attempts,
      @Nullable String triedBy,
      Instant notBefore,
      @Nullable String sentKey,
      @Nullable Instant deadline) {
    /** Of a message to be sent. */
    public MessageContent content() {
      return CONTENT.fromJson(Codec.reader(payload));
    }

    /** Of an edit, a deletion or a reaction. */
    public MessageChange change() {
      return CHANGE.fromJson(Codec.reader(payload));
    }

    /** Of a state of the chat. */
    public StateChange state() {
      return STATE.fromJson(Codec.reader(payload));
    }
  }

  /**
   * Queues a message.
   *
   * @param queuedAfter the place of what was last in the chat
   */
  public void addMessage(
      long account,
      long chat,
      String pendingId,
      MessageContent content,
      long queuedAfter,
      Instant now) {
    sql.update(
        ADD_MESSAGE,
        account,
        chat,
        Kind.SEND_MESSAGE.name(),
        pendingId,
        CONTENT.toJson(content),
        queuedAfter,
        now.toEpochMilli(),
        Places.slotted(now.toEpochMilli()));
  }

  /** Queues a change of a message. */
  public void addChange(
      long account, long chat, Kind kind, String pendingId, MessageChange change, Instant now) {
    sql.update(
        "INSERT INTO outbox (account, chat, kind, pending_id, payload, created) VALUES (?, ?, ?, ?, ?, ?)",
        account,
        chat,
        kind.name(),
        pendingId,
        CHANGE.toJson(change),
        now.toEpochMilli());
  }

  /**
   * Queues a state of a chat, in place of one of the same kind that waits; what was before that one
   * is what is before this.
   */
  public void addState(long account, long chat, Kind kind, StateChange change, Instant now) {
    var waiting =
        sql.first(
            "SELECT payload FROM outbox WHERE chat = ? AND kind = ? ORDER BY id LIMIT 1",
            row -> STATE.fromJson(Codec.reader(row.getString(1))),
            chat,
            kind.name());
    var before = waiting.map(StateChange::before).orElse(change.before());
    addState(account, chat, kind, STATE.toJson(new StateChange(change.value(), before)), now);
  }

  /** Queues the telling of a state, in place of what was queued of the same kind before. */
  public void addState(long account, long chat, Kind kind, String payload, Instant now) {
    sql.update("DELETE FROM outbox WHERE chat = ? AND kind = ?", chat, kind.name());
    sql.update(
        "INSERT INTO outbox (account, chat, kind, payload, created) VALUES (?, ?, ?, ?, ?)",
        account,
        chat,
        kind.name(),
        payload,
        now.toEpochMilli());
  }

  /** The telling of a state that still waits. */
  public Optional<Entry> find(long chat, Kind kind) {
    return sql.first(
        SELECT + "WHERE o.chat = ? AND o.kind = ?", OutboxTable::read, chat, kind.name());
  }

  /** Whether the telling of a state still waits. */
  public boolean isQueued(long chat, Kind kind) {
    return sql.number(
            0, "SELECT 1 FROM outbox WHERE chat = ? AND kind = ? LIMIT 1", chat, kind.name())
        == 1;
  }

  public Optional<Entry> find(long id) {
    return sql.first(SELECT + "WHERE o.id = ?", OutboxTable::read, id);
  }

  public Optional<Entry> findPending(String pendingId) {
    return sql.first(SELECT + "WHERE o.pending_id = ?", OutboxTable::read, pendingId);
  }

  public Optional<Entry> findSent(long chat, String sentKey) {
    return sql.first(
        SELECT + "WHERE o.chat = ? AND o.sent_key = ?", OutboxTable::read, chat, sentKey);
  }

  /** The changes of a kind that wait for one message or reaction, oldest first. */
  public List<Entry> changes(long chat, Kind kind, long message) {
    return sql.list(
        SELECT + "WHERE o.chat = ? AND o.kind = ? AND o.payload ->> '$.message' = ? ORDER BY o.id",
        OutboxTable::read,
        chat,
        kind.name(),
        message);
  }

  /** Notes something else of a change that waits. */
  public void setChange(long id, MessageChange change) {
    sql.update("UPDATE outbox SET payload = ? WHERE id = ?", CHANGE.toJson(change), id);
  }

  /** Messages of a chat that have no place yet, queued before {@code id}, newest first. */
  public List<Entry> pendingBefore(long chat, long id, int limit) {
    return sql.list(
        SELECT
            + "WHERE o.chat = ? AND o.kind = 'SEND_MESSAGE' AND o.id < ? ORDER BY o.id DESC LIMIT ?",
        OutboxTable::read,
        chat,
        id,
        limit);
  }

  /** Likewise those queued after {@code id}, oldest first. */
  public List<Entry> pendingAfter(long chat, long id, int limit) {
    return sql.list(
        SELECT + "WHERE o.chat = ? AND o.kind = 'SEND_MESSAGE' AND o.id > ? ORDER BY o.id LIMIT ?",
        OutboxTable::read,
        chat,
        id,
        limit);
  }

  /**
   * What may be done next: the first message and the first state of each chat that the network has
   * not got. Messages keep their order; a state that the network does not take now holds them not
   * up.
   */
  public List<Entry> heads(long account) {
    return sql.list(
        SELECT
            + """
            WHERE o.id IN (
              SELECT min(id) FROM outbox WHERE account = ? AND deadline IS NULL GROUP BY chat, kind) ORDER BY o.id
            """,
        OutboxTable::read,
        account);
  }

  /** Everything of an account, oldest first. */
  public List<Entry> all(long account) {
    return sql.list(SELECT + "WHERE o.account = ? ORDER BY o.id", OutboxTable::read, account);
  }

  /** Those whose echo did not come in time. */
  public List<Entry> overdue(long account, Instant now) {
    return sql.list(
        SELECT + "WHERE o.account = ? AND o.deadline <= ? ORDER BY o.id",
        OutboxTable::read,
        account,
        now.toEpochMilli());
  }

  /** When something that is not due yet will be. */
  public Optional<Instant> nextDue(long account, Instant now) {
    long at =
        sql.number(
            0,
            "SELECT min(ifnull(deadline, not_before)) FROM outbox WHERE account = ?1 AND ifnull(deadline, not_before) > ?2",
            account,
            now.toEpochMilli());
    return at == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
  }

  public void attempted(long id, String device) {
    sql.update("UPDATE outbox SET attempts = attempts + 1, tried_by = ? WHERE id = ?", device, id);
  }

  /** Nothing of the last try can have got through. */
  public void notTried(long id) {
    sql.update("UPDATE outbox SET tried_by = NULL WHERE id = ?", id);
  }

  public void postpone(long id, Instant until) {
    sql.update("UPDATE outbox SET not_before = ? WHERE id = ?", until.toEpochMilli(), id);
  }

  /**
   * The network has got it.
   *
   * @param sentKey null where only the echo will tell
   */
  public void handedOver(long id, @Nullable String sentKey, Instant deadline) {
    sql.update(
        "UPDATE outbox SET sent_key = ?, deadline = ? WHERE id = ?",
        sentKey,
        deadline.toEpochMilli(),
        id);
  }

  /** It is done, refused or given up; who waits for that hears of it after the commit. */
  public void remove(Entry entry) {
    sql.update("DELETE FROM outbox WHERE id = ?", entry.id());
    var pendingId = entry.pendingId();
    if (pendingId != null) {
      tx.left(pendingId);
    }
  }

  private static Entry read(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getString(4),
        Kind.valueOf(row.getString(5)),
        row.getString(6),
        row.getString(7),
        row.getLong(8),
        Instant.ofEpochMilli(row.getLong(9)),
        row.getInt(10),
        row.getString(11),
        Instant.ofEpochMilli(row.getLong(12)),
        row.getString(13),
        TokenTable.instant(row, 14));
  }
}
