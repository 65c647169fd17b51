package dev.belfry.core;

import dev.belfry.model.Chat;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Message;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageId;
import dev.belfry.model.Permission;
import dev.belfry.store.Database;
import dev.belfry.store.MessageTable;
import dev.belfry.store.OutboxTable;
import dev.belfry.store.OutboxTable.Entry;
import dev.belfry.store.Tx;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changing the text of a message, and taking messages back. What is done here at once is undone if
 * the network refuses it.
 */
final class MessageEdits {
  private final Database database;
  private final Outbox outbox;

  MessageEdits(Database database, Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
  }

  Message edit(Grant grant, String chat, String message, String text) {
    var html = Markdown.html(text);
    return database.write(
        grant,
        tx -> {
          var of = Permissions.require(tx, Permission.EDIT_MESSAGE, chat);
          var id = tx.once("edit", () -> edit(tx, of, message, text, html));
          return tx.messageReader().find(new MessageId(Long.parseLong(id))).orElseThrow();
        });
  }

  /** The message's final id. */
  private String edit(Tx tx, Chat of, String message, String text, @Nullable String html) {
    var before = requireOwn(tx, of.id().value(), message, "edited");
    Can.write(of);
    Can.require(of.capabilities().edit(), of, "Editing messages");
    Can.text(of, text);
    if (!before.content().attachments().isEmpty()) {
      throw HubException.unprocessable(
          "NOT_EDITABLE", "A message with a file cannot be edited; delete it and send it anew");
    }
    requireYoung(tx, before, of.capabilities().editMaxAge(), "edited");
    var content =
        MessageContent.text(text).withHtml(html).withReplyTo(before.content().replyToKey());
    long id = before.id().value();
    tx.originals().keep(id);
    tx.messages().setContent(id, content, tx.now());
    tx.search().put(id);
    queue(tx, OutboxTable.Kind.EDIT_MESSAGE, before, content, true);
    tx.changes().messageUpserted(of.id().value(), List.of(before.id().toString()));
    return before.id().toString();
  }

  void delete(Grant grant, String chat, String message, boolean forEveryone) {
    database.write(
        grant,
        tx -> {
          var of = Permissions.require(tx, Permission.DELETE_MESSAGE, chat);
          tx.doOnce("delete", () -> delete(tx, of, message, forEveryone));
          return true;
        });
  }

  private void delete(Tx tx, Chat of, String message, boolean forEveryone) {
    if (tx.outbox().findPending(message).filter(it -> it.chat() == of.id().value()).isPresent()
        && tx.messages().findPending(message).isEmpty()) {
      throw HubException.unprocessable(
          "PENDING", "A message that is still being sent cannot be deleted; cancel it instead");
    }
    long chatId = of.id().value();
    var entry = Messages.require(tx, chatId, message);
    var before = tx.messageReader().find(new MessageId(entry.id())).orElseThrow();
    if (before.isDeleted()) {
      return;
    }
    Can.reach(of);
    if (forEveryone) {
      Can.require(of.capabilities().delete(), of, "Deleting messages for everyone");
      requireYoung(tx, before, of.capabilities().deleteMaxAge(), "deleted for everyone");
    } else if (!Boolean.TRUE.equals(of.capabilities().deleteForMe())) {
      throw Can.refusal(of, "Deleting a message only for oneself");
    }
    if (before.networkKey() != null) {
      queue(tx, OutboxTable.Kind.DELETE_MESSAGE, before, before.content(), forEveryone);
    }
    tx.messages().delete(entry.id());
    tx.search().remove(entry.id());
    tx.chats().marks().recount(chatId);
    tx.changes().messageDeleted(chatId, before.id().toString());
    tx.changes().chatUpserted(chatId);
  }

  private void queue(
      Tx tx, OutboxTable.Kind kind, Message before, MessageContent content, boolean flag) {
    long chat = before.chat().value();
    long account = tx.chats().writer().accountOf(chat).orElseThrow();
    tx.outbox()
        .addChange(
            account,
            chat,
            kind,
            PendingIds.next(),
            new OutboxTable.MessageChange(
                before.id().value(), content, before.content(), millis(before), flag, null),
            tx.now());
    outbox.wakeAfter(tx, account);
  }

  private static long millis(Message before) {
    var edited = before.editedTimestamp();
    return edited == null ? 0 : edited.toEpochMilli();
  }

  private static Message requireOwn(Tx tx, long chat, String message, String what) {
    var entry = Messages.require(tx, chat, message);
    var found = tx.messageReader().find(new MessageId(entry.id())).orElseThrow();
    if (!found.isSender()) {
      throw HubException.unprocessable("NOT_OWN", "Only messages of your own can be " + what);
    }
    if (found.isDeleted()) {
      throw HubException.unprocessable("DELETED", "A deleted message cannot be " + what);
    }
    if (found.networkKey() == null) {
      throw HubException.unprocessable(
          "NOT_SENT", "A message that was never sent cannot be " + what);
    }
    return found;
  }

  private static void requireYoung(
      Tx tx, Message message, @org.jspecify.annotations.Nullable Long seconds, String what) {
    if (seconds != null
        && seconds > 0
        && message.timestamp().plusSeconds(seconds).isBefore(tx.now())) {
      throw HubException.unprocessable(
          "TOO_OLD",
          "This network lets messages be %s for %s only"
              .formatted(what, words(Duration.ofSeconds(seconds))));
    }
  }

  private static String words(Duration duration) {
    return duration.toHours() > 0
        ? duration.toHours() + " h"
        : duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
  }

  /** The network refused: things are as they were, but for what has happened meanwhile. */
  static void revert(Tx tx, Entry entry) {
    var change = entry.change();
    long id = change.message();
    var message = tx.messages().find(id).orElse(null);
    if (message == null) {
      return;
    }
    boolean isEdit = entry.kind() == OutboxTable.Kind.EDIT_MESSAGE;
    if (isTakenBackThere(tx, message)
        || (isEdit && (isBuiltUpon(tx, entry) || message.deleted()))) {
      return;
    }
    if (!isEdit) {
      tx.messages().undelete(id, change.before().mentionsMe());
    }
    var edited =
        change.editedBefore() == 0 ? null : java.time.Instant.ofEpochMilli(change.editedBefore());
    tx.messages().setContent(id, change.before(), edited);
    if (edited == null) {
      tx.originals().forget(id);
    }
    tx.search().put(id);
    converge(tx, message, entry);
    if (tx.originals().isTakenBack(message, change.editedBefore()) && !waits(tx, message, entry)) {
      new MessageChanges(tx).editTakenBack(message);
    }
    tx.chats().marks().recount(entry.chat());
    tx.changes().messageUpserted(entry.chat(), List.of(Long.toString(id)));
    tx.changes().chatUpserted(entry.chat());
  }

  /** Whether the network has said that a message or reaction was taken back. */
  static boolean isTakenBackThere(Tx tx, MessageTable.Entry message) {
    var key = message.networkKey();
    return key != null && tx.messages().isDeletionStored(message.chat(), key);
  }

  /**
   * Whether another change was made after a refused edit: that one then follows what was before.
   */
  private static boolean isBuiltUpon(Tx tx, Entry refused) {
    var change = refused.change();
    var later =
        Stream.of(OutboxTable.Kind.EDIT_MESSAGE, OutboxTable.Kind.DELETE_MESSAGE)
            .flatMap(kind -> tx.outbox().changes(refused.chat(), kind, change.message()).stream())
            .filter(entry -> entry.id() > refused.id())
            .min(Comparator.comparingLong(Entry::id));
    later.ifPresent(entry -> tx.outbox().setChange(entry.id(), entry.change().without(change)));
    return later.isPresent();
  }

  /**
   * Gives a message the text that it has on the network, unless that has yet to hear of a newer
   * one.
   *
   * @param done what waits no longer, though it may still be there; null for nothing
   */
  static void converge(Tx tx, MessageTable.Entry message, @Nullable Entry done) {
    if (!waits(tx, message, done)) {
      boolean _ = new MessageChanges(tx).applyNewestEdit(message);
    }
  }

  /** Whether a message says what an edit made of it, and nothing newer waits to be told. */
  static boolean isShown(Tx tx, MessageTable.Entry edit, MessageTable.Entry message) {
    return !message.hidden()
        && !message.deleted()
        && message.sender() == edit.sender()
        && tx.originals().isShown(message.id(), edit.id())
        && !waits(tx, message, null);
  }

  /** Whether the network has yet to hear of an edit that was made here. */
  private static boolean waits(Tx tx, MessageTable.Entry message, @Nullable Entry done) {
    return tx.outbox().changes(message.chat(), OutboxTable.Kind.EDIT_MESSAGE, message.id()).stream()
        .anyMatch(entry -> done == null || entry.id() != done.id());
  }

  /** The network has made an edit; where others were made too, it says which one is the newest. */
  static void confirmed(Tx tx, Entry entry, String key) {
    var told =
        key.isEmpty()
            ? Optional.<MessageTable.Entry>empty()
            : tx.messages().find(entry.chat(), key);
    var message = tx.messages().find(entry.change().message()).filter(one -> !one.deleted());
    if (told.isPresent() && message.isPresent()) {
      if (told.get().deleted() && !waits(tx, message.get(), entry)) {
        new MessageChanges(tx).editTakenBack(message.get());
      } else {
        converge(tx, message.get(), entry);
      }
      tx.changes().messageUpserted(entry.chat(), List.of(Long.toString(message.get().id())));
    }
  }

  /** The network has taken a message back: nothing of what it said is kept. */
  static void forget(Tx tx, Entry entry) {
    tx.messages()
        .find(entry.change().message())
        .flatMap(message -> Optional.ofNullable(message.networkKey()))
        .ifPresent(key -> tx.messages().deleteEdits(entry.chat(), key));
  }
}
