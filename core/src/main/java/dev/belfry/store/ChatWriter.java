package dev.belfry.store;

import dev.belfry.api.Field;
import dev.belfry.model.AccountId;
import dev.belfry.model.ChatType;
import dev.belfry.model.Draft;
import dev.belfry.model.MessageId;
import dev.belfry.model.Reminder;
import dev.belfry.model.Snooze;
import dev.belfry.network.ChatUpdate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes chats and changes them, apart from their read state. */
public final class ChatWriter {
  private final Sql sql;
  private final CapabilityTable capabilities;
  private final Tx tx;

  ChatWriter(Sql sql, CapabilityTable capabilities, Tx tx) {
    this.sql = sql;
    this.capabilities = capabilities;
    this.tx = tx;
  }

  public OptionalLong find(long account, String networkKey) {
    return tx.known()
        .chat(
            account,
            networkKey,
            () ->
                sql.number(
                    0,
                    "SELECT id FROM chat WHERE account = ? AND network_key = ?",
                    account,
                    networkKey));
  }

  /** A chat as its network calls it. */
  public record Keyed(long row, String networkKey) {}

  /** The account's chats that do not refuse messages in these words. */
  public List<Keyed> unlessRefusing(long account, @Nullable String refusal) {
    return sql.list(
        "SELECT id, network_key FROM chat WHERE account = ? AND send_refusal IS NOT ?",
        row -> new Keyed(row.getLong(1), row.getString(2)),
        account,
        refusal);
  }

  /**
   * Makes a chat.
   *
   * @param canonicalId unique over all accounts
   */
  public long add(long account, String canonicalId, String networkKey) {
    long number = new ChatNumbers(sql).next();
    sql.update(
        "INSERT INTO chat (id, account, canonical_id, network_key, title, activity) VALUES (?, ?, ?, ?, ?, ?)",
        number,
        account,
        canonicalId,
        networkKey,
        networkKey,
        MessageId.firstPlaceOf(tx.now().toEpochMilli()));
    return number;
  }

  /** The network's words about a chat; what they leave out stays. */
  public void apply(long chat, ChatUpdate update) {
    setType(chat, update.type());
    set(chat, "network", update.network());
    set(chat, "archived", update.archived());
    set(chat, "low_priority", update.lowPriority());
    set(chat, "muted", update.muted());
    set(chat, "pinned", update.pinned());
    set(chat, "read_only", update.readOnly());
    put(chat, "network_title", update.title());
    put(chat, "description", update.description());
    put(chat, "img_url", update.imgURL());
    put(chat, "send_refusal", update.sendRefusal());
    put(chat, "message_expiry", update.messageExpirySeconds());
    switch (update.draft()) {
      case Field.Absent<Draft> _ -> {}
      case Field.Nothing<Draft> _ -> setDraft(chat, null);
      case Field.Value<Draft>(var draft) -> setDraft(chat, draft);
    }
    switch (update.reminder()) {
      case Field.Absent<Reminder> _ -> {}
      case Field.Nothing<Reminder> _ -> setReminder(chat, null);
      case Field.Value<Reminder>(var reminder) -> setReminder(chat, reminder);
    }
    switch (update.snooze()) {
      case Field.Absent<Snooze> _ -> {}
      case Field.Nothing<Snooze> _ -> setSnooze(chat, null);
      case Field.Value<Snooze>(var snooze) -> setSnooze(chat, snooze);
    }
    var can = update.capabilities();
    set(chat, "capability_set", can == null ? null : capabilities.idOf(can));
    var created = update.createdAt();
    if (created != null) {
      sql.update(
          "UPDATE chat SET activity = ? WHERE id = ? AND last_message IS NULL",
          MessageId.firstPlaceOf(created.toEpochMilli()),
          chat);
    }
  }

  /**
   * What is indexed already keeps the tag of the type before, which {@link MessageSearch} minds.
   */
  private void setType(long chat, @Nullable ChatType type) {
    if (type != null) {
      sql.update(
          """
          UPDATE chat SET type = ?1, retyped = max(retyped, last_message IS NOT NULL)
          WHERE id = ?2 AND type <> ?1
          """,
          type.name(),
          chat);
    }
  }

  /** Column names come from this class alone, never from outside. */
  private void set(long chat, String column, @Nullable Object value) {
    if (value != null) {
      sql.update("UPDATE chat SET " + column + " = ? WHERE id = ?", value, chat);
    }
  }

  private <T> void put(long chat, String column, Field<T> field) {
    switch (field) {
      case Field.Absent<T> _ -> {}
      case Field.Nothing<T> _ ->
          sql.update("UPDATE chat SET " + column + " = NULL WHERE id = ?", chat);
      case Field.Value<T>(var value) -> set(chat, column, value);
    }
  }

  public void setDraft(long chat, @Nullable Draft draft) {
    sql.update("UPDATE chat SET draft = ? WHERE id = ?", StoredJson.text(draft), chat);
  }

  public void setReminder(long chat, @Nullable Reminder reminder) {
    sql.update(
        "UPDATE chat SET remind_at = ?, remind_dismiss = ? WHERE id = ?",
        reminder == null ? null : reminder.remindAt().toEpochMilli(),
        reminder != null && reminder.dismissOnIncomingMessage(),
        chat);
  }

  public void setSnooze(long chat, @Nullable Snooze snooze) {
    sql.update(
        "UPDATE chat SET snooze_until = ?, snoozed_at = ? WHERE id = ?",
        snooze == null ? null : snooze.snoozeUntil().toEpochMilli(),
        snooze == null ? null : snooze.userSnoozedAt().toEpochMilli(),
        chat);
  }

  /** Whether that was a change. */
  public boolean setArchived(long chat, boolean archived) {
    return sql.update(
            "UPDATE chat SET archived = ?1 WHERE id = ?2 AND archived <> ?1", archived, chat)
        > 0;
  }

  /**
   * How a chat is called.
   *
   * @param network the network's title; where there is none, the one shown is the caller's to make
   */
  public record Naming(ChatType type, @Nullable String network) {}

  public Naming naming(long chat) {
    return sql.first(
            "SELECT type, network_title FROM chat WHERE id = ?",
            row -> new Naming(ChatType.valueOf(row.getString(1)), row.getString(2)),
            chat)
        .orElseThrow();
  }

  public void setTitle(long chat, String shown) {
    var network =
        sql.first(
                "SELECT coalesce(nullif(c.network, ''), a.network) FROM chat c JOIN account a ON a.id = c.account WHERE c.id = ?",
                row -> row.getString(1),
                chat)
            .orElse("");
    sql.update(
        "UPDATE chat SET title = ?, search_title = ? WHERE id = ?",
        shown,
        " " + String.join(" ", SearchWords.of(shown + " " + network)),
        chat);
  }

  /**
   * A shown message has come: the chat rises in the list and shows it, if nothing newer is there.
   */
  public void raise(long chat, long place) {
    sql.update(
        """
        UPDATE chat SET activity = CASE WHEN last_message IS NULL THEN ?1 ELSE max(activity, ?1) END,
          last_message = max(ifnull(last_message, 0), ?1)
        WHERE id = ?2
        """,
        place,
        chat);
  }

  /** The message that a chat shows in the list is no longer the one that came last. */
  public void setLastMessage(long chat, OptionalLong place) {
    sql.update(
        "UPDATE chat SET last_message = ? WHERE id = ?",
        place.isPresent() ? (Object) place.getAsLong() : null,
        chat);
  }

  /** Something was queued here: the chat rises in the list. */
  public void touch(long chat) {
    sql.update(
        "UPDATE chat SET activity = max(activity, ?) WHERE id = ?",
        MessageId.firstPlaceOf(tx.now().toEpochMilli()),
        chat);
  }

  public String networkKey(long chat) {
    return sql.first("SELECT network_key FROM chat WHERE id = ?", row -> row.getString(1), chat)
        .orElseThrow();
  }

  public String canonicalId(long chat) {
    return sql.first("SELECT canonical_id FROM chat WHERE id = ?", row -> row.getString(1), chat)
        .orElseThrow();
  }

  /** Deletes a chat with everything in it. */
  public void delete(long chat) {
    tx.search().flush(); // what waits to be written may be of this chat
    sql.update("DELETE FROM search WHERE rowid IN (SELECT id FROM message WHERE chat = ?)", chat);
    sql.update("DELETE FROM chat WHERE id = ?", chat);
    tx.known().clear();
  }

  /** For the canonical id of a new chat. */
  public static String canonicalId(AccountId account, String connector, String networkKey) {
    // The first account of a network bears its connector's name.
    return account.value().equals(connector) ? networkKey : networkKey + "." + account;
  }

  /** The account that a chat belongs to. */
  public Optional<Long> accountOf(long chat) {
    return sql.first("SELECT account FROM chat WHERE id = ?", row -> row.getLong(1), chat);
  }

  /** Chats whose reminder is due. */
  public List<Long> remindersDue(Instant now) {
    return sql.list(
        "SELECT id FROM chat WHERE remind_at IS NOT NULL AND remind_at <= ? ORDER BY remind_at",
        row -> row.getLong(1),
        now.toEpochMilli());
  }

  /** When the next reminder is due. */
  public Optional<Instant> nextReminder() {
    return sql.first(
        "SELECT remind_at FROM chat WHERE remind_at IS NOT NULL ORDER BY remind_at LIMIT 1",
        row -> Instant.ofEpochMilli(row.getLong(1)));
  }

  /** Somebody wrote: a reminder that waits for that goes. */
  public void dismissReminder(long chat) {
    sql.update(
        "UPDATE chat SET remind_at = NULL, remind_dismiss = 0 WHERE id = ? AND remind_dismiss = 1",
        chat);
  }
}
