package dev.belfry.core;

import dev.belfry.model.Chat;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.MessageContent;
import dev.belfry.model.Permission;
import dev.belfry.store.Database;
import dev.belfry.store.MessageTable.Entry;
import dev.belfry.store.OutboxTable;
import dev.belfry.store.ReactionTable;
import dev.belfry.store.Tx;
import org.jspecify.annotations.Nullable;

/** The user's reactions. Safe for use by any thread. */
public final class Reactions {
  private final Database database;
  private final Outbox outbox;

  Reactions(Database database, Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
  }

  /**
   * A reaction that was put or taken back.
   *
   * @param chatId the canonical id
   * @param transactionId the client's, or one that was made
   */
  public record Changed(String chatId, String messageId, String transactionId) {}

  /**
   * Reacts to a message. The same reaction again, or the same transaction again, is no second one.
   *
   * @param key an emoji, or the network's key or shortcode
   * @param transaction null to have one made
   */
  public Changed add(
      Grant grant, String chat, String message, String key, @Nullable String transaction) {
    return database.write(
        grant,
        tx -> {
          var of = Permissions.require(tx, Permission.REACT, chat);
          var target = require(tx, of, message);
          var id = tx.once("react", () -> add(tx, of, target, key, transaction));
          return new Changed(of.canonicalId(), message(target), id);
        });
  }

  /** The transaction's id. */
  private String add(Tx tx, Chat of, Entry target, String key, @Nullable String transaction) {
    requireAllowed(of, key);
    var id = transaction == null ? PendingIds.next() : transaction;
    // Within the chat, so that nobody learns what ids were given elsewhere.
    if (tx.transactions().isNew(of.id() + " " + id, tx.now()) && find(tx, target, key) == null) {
      put(tx, target, key);
      announce(tx, target);
    }
    return id;
  }

  private void put(Tx tx, Entry target, String key) {
    long chat = target.chat();
    long account = tx.chats().writer().accountOf(chat).orElseThrow();
    var pendingId = PendingIds.next();
    long place = tx.places().afterGap(chat, tx.now(), tx.now());
    tx.reactions()
        .add(
            place,
            chat,
            tx.people().self(account),
            pendingId,
            String.valueOf(target.networkKey()),
            key,
            Emoji.is(key),
            tx.now());
    queue(tx, OutboxTable.Kind.REACT, account, target, pendingId, place, key);
  }

  /** Takes a reaction of one's own back. */
  public Changed remove(Grant grant, String chat, String message, String key) {
    return database.write(
        grant,
        tx -> {
          var of = Permissions.require(tx, Permission.REACT, chat);
          var target = require(tx, of, message);
          var id = tx.once("unreact", () -> remove(tx, of, target, key));
          return new Changed(of.canonicalId(), message(target), id);
        });
  }

  /** The transaction's id. */
  private String remove(Tx tx, Chat of, Entry target, String key) {
    Can.reach(of);
    var reaction = find(tx, target, key);
    if (reaction == null) {
      throw HubException.notFound("Reaction of yours with this key");
    }
    long account = tx.chats().writer().accountOf(target.chat()).orElseThrow();
    var pendingId = PendingIds.next();
    tx.messages().delete(reaction.id());
    queue(
        tx,
        OutboxTable.Kind.UNREACT,
        account,
        target,
        pendingId,
        reaction.id(),
        reaction.reaction());
    announce(tx, target);
    return pendingId;
  }

  private void queue(
      Tx tx,
      OutboxTable.Kind kind,
      long account,
      Entry target,
      String pendingId,
      long reaction,
      String key) {
    var none = MessageContent.text("");
    tx.outbox()
        .addChange(
            account,
            target.chat(),
            kind,
            pendingId,
            new OutboxTable.MessageChange(
                reaction, none, none, 0, true, target.networkKey() + "\n" + key),
            tx.now());
    outbox.wakeAfter(tx, account);
  }

  private static Entry require(Tx tx, Chat of, String message) {
    var target = Messages.require(tx, of.id().value(), message);
    if (target.networkKey() == null || target.deleted()) {
      throw HubException.unprocessable(
          "NOT_SENT", "Nobody can react to a message that was deleted or never sent");
    }
    return target;
  }

  private static void requireAllowed(Chat chat, String key) {
    Can.write(chat);
    Can.require(chat.capabilities().reaction(), chat, "Reacting");
    var allowed = chat.capabilities().allowedReactions();
    if (allowed != null && allowed.stream().noneMatch(one -> Emoji.same(one, key))) {
      throw HubException.unprocessable(
          "REACTION_NOT_ALLOWED",
          "This network knows these reactions only: " + String.join(" ", allowed));
    }
  }

  private static ReactionTable.@Nullable Own find(Tx tx, Entry target, String key) {
    return tx.reactions().own(target.chat(), String.valueOf(target.networkKey())).stream()
        .filter(reaction -> Emoji.same(reaction.reaction(), key))
        .findFirst()
        .orElse(null);
  }

  private static String message(Entry target) {
    return Long.toString(target.id());
  }

  private static void announce(Tx tx, Entry target) {
    tx.changes().messageUpserted(target.chat(), target.ids());
    tx.changes().chatUpserted(target.chat());
  }
}
