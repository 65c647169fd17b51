package dev.belfry.core;

import dev.belfry.model.Chat;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Message;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageId;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import dev.belfry.model.Permission;
import dev.belfry.model.UploadUse;
import dev.belfry.store.Database;
import dev.belfry.store.MessageTable.Entry;
import dev.belfry.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a user can do with messages. Safe for use by any thread. */
public final class Messages {
  private final Database database;
  private final MessagePages pages;
  private final MessageEdits edits;
  private final PendingMessages pending;

  Messages(Database database, Outbox outbox, Backfill backfill) {
    this.database = database;
    this.pages = new MessagePages(database, backfill);
    this.edits = new MessageEdits(database, outbox);
    this.pending = new PendingMessages(database, outbox);
  }

  /**
   * What is to be sent.
   *
   * @param text plain text or Markdown
   * @param replyTo the id of the message it answers
   * @param mentions ids of people, or {@code @room}
   * @param file an upload that goes with it, the text being its caption; null for none
   */
  public record NewMessage(
      String text, @Nullable String replyTo, List<String> mentions, @Nullable UploadUse file) {
    /** A text and nothing else. */
    public NewMessage(String text, @Nullable String replyTo, List<String> mentions) {
      this(text, replyTo, mentions, null);
    }
  }

  /**
   * A message that waits to be sent.
   *
   * @param chatId the canonical id
   */
  public record Queued(String chatId, String pendingId) {}

  /**
   * A message that was given up before its network had it.
   *
   * @param chatId the canonical id
   * @param messageId as it was named
   * @param mayHaveBeenSent whether an earlier try may have got through all the same: its echo then
   *     brings the message back
   */
  public record Cancelled(String chatId, String messageId, boolean mayHaveBeenSent) {}

  /**
   * A part of a chat, newest first; what waits to be sent comes before all others. Paging back past
   * what is stored asks the network.
   */
  public Page<Message> list(Grant grant, String chat, PageRequest page) {
    return pages.list(grant, chat, page);
  }

  /**
   * One message by its final id, its pending id (once the network has answered) or the network's
   * own.
   */
  public Message get(Grant grant, String chat, String message) {
    return database.read(
        grant,
        tx -> {
          long chatId = Chats.requireRef(tx, chat).id().value();
          var entry = require(tx, chatId, message);
          return tx.messageReader()
              .find(new MessageId(entry.id()))
              .orElseThrow(() -> HubException.notFound("Message"));
        });
  }

  /** Queues a message and returns; the outbox sends it. */
  public Queued send(Grant grant, String chat, NewMessage message) {
    var html = Markdown.html(message.text());
    return database.write(
        grant,
        tx -> {
          var target = Permissions.require(tx, Permission.SEND_MESSAGE, chat);
          var pendingId =
              tx.once(
                  "send",
                  () ->
                      pending.queue(
                          tx, target, PendingIds.next(), content(tx, target, message, html)));
          return new Queued(target.canonicalId(), pendingId);
        });
  }

  private static MessageContent content(
      Tx tx, Chat target, NewMessage message, @Nullable String html) {
    Can.write(target);
    Can.text(target, message.text());
    var reply = replyKey(tx, target, message.replyTo());
    var content =
        MessageContent.text(message.text())
            .withHtml(html)
            .withReplyTo(reply)
            .withMentions(message.mentions(), false);
    var file = message.file();
    return file == null ? content : OutgoingFiles.attach(tx, tx.grant(), target, content, file);
  }

  private static @Nullable String replyKey(Tx tx, Chat chat, @Nullable String replyTo) {
    if (replyTo == null) {
      return null;
    }
    Can.require(chat.capabilities().reply(), chat, "Answering a message");
    var key = require(tx, chat.id().value(), replyTo).networkKey();
    if (key == null) {
      throw HubException.unprocessable(
          "NOT_SENT",
          "The message to answer was never sent, so nobody could see what this answers");
    }
    return key;
  }

  /**
   * Tries a message again that failed, or that waits for its next try. One that the network never
   * had keeps its pending id, which is its transaction id there: if an earlier try got through
   * after all, a network that knows repeats makes no second one of it. One that the network had and
   * could not deliver is sent anew.
   *
   * @return what it is pending as now
   */
  public Queued retry(Grant grant, String chat, String message) {
    return pending.retry(grant, chat, message);
  }

  /**
   * Gives up a message that waits, or takes one away that failed.
   *
   * @throws HubException 422 if the network has it or is just being given it
   */
  public Cancelled cancel(Grant grant, String chat, String message) {
    return pending.cancel(grant, chat, message);
  }

  /**
   * Waits until the network has taken or refused a message.
   *
   * @return the message, sent or failed; empty if that takes longer, or if it was cancelled
   */
  public Optional<Message> await(Grant grant, Queued queued, Duration atMost) {
    return pending.await(grant, queued, atMost);
  }

  /** Gives a message of one's own new text. */
  public Message edit(Grant grant, String chat, String message, String text) {
    return edits.edit(grant, chat, message, text);
  }

  /**
   * Takes a message back.
   *
   * @param forEveryone else only for oneself, where the network knows that
   */
  public void delete(Grant grant, String chat, String message, boolean forEveryone) {
    edits.delete(grant, chat, message, forEveryone);
  }

  /** The shown message of an id that a client gave: final, pending or the network's. */
  static Entry require(Tx tx, long chat, String message) {
    var table = tx.messages();
    var found =
        message.matches("[0-9]{1,18}")
            ? table.find(Long.parseLong(message))
            : message.matches("m[0-9]{1,18}")
                ? table.findPending(message)
                : table.find(chat, message);
    return found
        .or(() -> table.find(chat, message))
        .filter(entry -> entry.chat() == chat && !entry.hidden())
        .orElseThrow(() -> HubException.notFound("Message"));
  }
}
