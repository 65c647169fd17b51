package dev.belfry.store;

import dev.belfry.model.ChatId;
import dev.belfry.model.Grant;
import dev.belfry.model.Message;
import dev.belfry.model.MessageId;
import dev.belfry.model.Reaction;
import dev.belfry.model.Seen;
import dev.belfry.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages as they are shown: with the sender's name, reactions, the message they answer, and
 * who has seen them. Those of chats that the transaction's grant does not see are not found.
 */
public final class MessageReader {
  private final Sql sql;
  private final Grant grant;
  private final SharedRows shared;

  MessageReader(Sql sql, Grant grant, SharedRows shared) {
    this.sql = sql;
    this.grant = grant;
    this.shared = shared;
  }

  public Optional<Message> find(MessageId id) {
    return any(MessageRows.OF_ANY + "WHERE m.id = ?", id.value()).stream().findFirst();
  }

  /** Those of a chat shown before a place, newest first. */
  public List<Message> before(ChatRef chat, long place, long lowest, int limit) {
    return of(
        chat,
        "WHERE m.chat = ? AND m.id < ? AND m.id >= ? AND m.flags & 8 = 0 ORDER BY m.id DESC LIMIT ?",
        place,
        lowest,
        limit);
  }

  /** Those of a chat shown right after a place and before another, newest first. */
  public List<Message> after(ChatRef chat, long place, long end, int limit) {
    return of(
            chat,
            "WHERE m.chat = ? AND m.id > ? AND m.id < ? AND m.flags & 8 = 0 ORDER BY m.id LIMIT ?",
            place,
            end,
            limit)
        .reversed();
  }

  /** By id, in no particular order; those that are gone are left out. */
  public List<Message> all(List<Long> ids) {
    return any(MessageRows.OF_IDS, StoredJson.numbers(ids));
  }

  private List<Message> of(ChatRef chat, String where, long from, long to, int limit) {
    if (!grant.sees(chat.account(), chat.id())) {
      return List.of();
    }
    var rows = new MessageRows(sql, shared, chat);
    return finish(
        sql.list(MessageRows.OF_CHAT + where, rows::read, chat.id().value(), from, to, limit),
        rows.reacted());
  }

  private List<Message> any(String select, Object... values) {
    var rows = new MessageRows(sql, shared);
    var all = sql.list(select, rows::read, values);
    return finish(
        grant.isUnlimited()
            ? all
            : all.stream()
                .filter(message -> grant.sees(message.account(), message.chat()))
                .toList(),
        rows.reacted());
  }

  /**
   * Adds what lies in other rows.
   *
   * @param reacted ids of those that may have reactions
   */
  private List<Message> finish(List<Message> messages, List<Long> reacted) {
    if (messages.isEmpty()) {
      return messages;
    }
    var reactions = reactions(reacted);
    var receipts = receipts(messages);
    if (reactions.isEmpty() && receipts.isEmpty()) {
      return messages;
    }
    var result = new ArrayList<Message>(messages.size());
    for (var message : messages) {
      var of = reactions.get(message.id().value());
      var seen = seen(message, receipts.get(message.chat()));
      result.add(
          of == null && seen == null ? message : with(message, of == null ? List.of() : of, seen));
    }
    return result;
  }

  private Map<Long, List<Reaction>> reactions(List<Long> messages) {
    if (messages.isEmpty()) {
      return Map.of();
    }
    var result = new HashMap<Long, List<Reaction>>();
    var rows =
        sql.list(
            """
            SELECT t.id, p.user_id, r.body, r.extra
            FROM json_each(?) j
            JOIN message t ON t.id = j.value
            JOIN message r ON r.chat = t.chat AND r.target_key = t.network_key
            JOIN person p ON p.id = r.sender
            WHERE r.kind = 'REACTION' AND r.flags & 16 = 0 ORDER BY r.id
            """,
            row -> {
              var json = row.getString(4);
              var extra = json == null ? null : StoredJson.extra(json);
              return Map.entry(
                  row.getLong(1),
                  new Reaction(
                      new UserId(row.getString(2)),
                      row.getString(3),
                      extra != null && extra.emoji(),
                      extra == null ? null : extra.imgURL()));
            },
            StoredJson.numbers(messages));
    for (var row : rows) {
      var list = result.computeIfAbsent(row.getKey(), _ -> new ArrayList<>());
      var one = row.getValue();
      if (list.stream().noneMatch(other -> isSame(one, other))) {
        list.add(one);
      }
    }
    return result;
  }

  private static boolean isSame(Reaction one, Reaction other) {
    return one.participant().equals(other.participant()) && one.key().equals(other.key());
  }

  /** Receipts of the chats in which one of {@code messages} is our own. */
  private Map<ChatId, List<ReceiptTable.Receipt>> receipts(List<Message> messages) {
    var result = new HashMap<ChatId, List<ReceiptTable.Receipt>>();
    var asked = new HashSet<ChatId>();
    for (var message : messages) {
      if (message.isSender() && asked.add(message.chat())) {
        var list = new ReceiptTable(sql).list(message.chat().value());
        if (!list.isEmpty()) {
          result.put(message.chat(), list);
        }
      }
    }
    return result;
  }

  private static @Nullable Seen seen(
      Message message, @Nullable List<ReceiptTable.Receipt> receipts) {
    if (receipts == null || !message.isSender()) {
      return null;
    }
    var by = new LinkedHashMap<UserId, Instant>();
    for (var receipt : receipts) {
      if (receipt.upTo() >= message.id().value()) {
        by.put(receipt.user(), receipt.at());
      }
    }
    return by.isEmpty() ? null : new Seen(by);
  }

  private static Message with(Message m, List<Reaction> reactions, @Nullable Seen seen) {
    return new Message(
        m.id(),
        m.chat(),
        m.chatCanonicalId(),
        m.account(),
        m.networkKey(),
        m.pendingId(),
        m.sender(),
        m.senderName(),
        m.isSender(),
        m.content(),
        m.timestamp(),
        m.editedTimestamp(),
        m.isDeleted(),
        m.isUnread(),
        m.linkedMessage(),
        reactions,
        m.delivery(),
        seen);
  }
}
