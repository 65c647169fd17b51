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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user can do with messages. Safe for use by any thread. */
public final class Messages {
  private final Database database;
  private final Outbox outbox;
  private final MessagePages pages;
  private final MessageEdits edits;

  Messages(Database database, Outbox outbox, Backfill backfill) {
    this.database = database;
    this.outbox = outbox;
    this.pages = new MessagePages(database, backfill);
    this.edits = new MessageEdits(database, outbox);
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
          long chatId = Chats.require(tx, chat, 0).id().value();
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
              tx.once("send", () -> queue(tx, target, content(tx, target, message, html)));
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

  /** Its pending id. */
  private String queue(Tx tx, Chat chat, MessageContent content) {
    long id = chat.id().value();
    long account = tx.chats().writer().accountOf(id).orElseThrow();
    long last = tx.places().last(id);
    var pendingId = PendingIds.next();
    tx.outbox().addMessage(account, id, pendingId, content, last, tx.now());
    var marks = tx.chats().marks();
    if (last > marks.find(id).readUpTo()) {
      marks.setReadUpTo(id, last); // who writes has read what stands there
    }
    tx.chats().writer().touch(id);
    tx.changes().messageUpserted(id, List.of(pendingId));
    tx.changes().chatUpserted(id);
    outbox.wakeAfter(tx, account);
    return pendingId;
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
