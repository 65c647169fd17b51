package dev.belfry.core;

import dev.belfry.network.Action;
import dev.belfry.store.OutboxTable.Entry;
import dev.belfry.store.OutboxTable.Kind;
import dev.belfry.store.Tx;
import java.util.List;
import java.util.Optional;

/**
 * Reactions on their way to a network. A reaction has its row in the timeline from the start; the
 * network's answer gives it its key.
 */
final class ReactionSteps {
  private ReactionSteps() {}

  static Action react(Entry entry, String transaction) {
    return new Action.React(entry.chatKey(), transaction, target(entry), reaction(entry));
  }

  /** Empty where the reaction never came to the network. */
  static Optional<Action> unreact(Tx tx, Entry entry, String transaction) {
    return tx.messages()
        .find(entry.change().message())
        .flatMap(row -> Optional.ofNullable(row.networkKey()))
        .map(key ->
            new Action.Unreact(entry.chatKey(), transaction, target(entry), key, reaction(entry)));
  }

  static void confirmed(Tx tx, Entry entry, String key) {
    long row = entry.change().message();
    if (key.isEmpty() || tx.messages().find(row).isEmpty()) {
      return;
    }
    if (tx.messages().find(entry.chat(), key).filter(echo -> echo.id() != row).isPresent()) {
      tx.messages()
          .remove(row); // its echo came without our transaction id and has a row of its own
    } else {
      tx.messages().setNetworkKey(row, key);
    }
  }

  static void revert(Tx tx, Entry entry) {
    long row = entry.change().message();
    if (tx.messages().find(row).isEmpty()) {
      return;
    }
    if (entry.kind() == Kind.REACT) {
      tx.messages().remove(row);
    } else if (tx.messages()
        .find(row)
        .filter(one -> MessageEdits.isTakenBackThere(tx, one))
        .isEmpty()) {
      tx.messages().undelete(row, false);
      tx.reactions().restore(row, reaction(entry), Emoji.is(reaction(entry)));
    }
    tx.messages()
        .find(entry.chat(), target(entry))
        .ifPresent(message ->
            tx.changes().messageUpserted(entry.chat(), List.of(Long.toString(message.id()))));
  }

  /** Whether a reaction that is to be taken back is still on its way to the network. */
  static boolean isOnItsWay(Tx tx, Entry entry) {
    return entry.kind() == Kind.UNREACT
        && !tx.outbox().changes(entry.chat(), Kind.REACT, entry.change().message()).isEmpty();
  }

  private static String target(Entry entry) {
    return line(entry, 0);
  }

  private static String reaction(Entry entry) {
    return line(entry, 1);
  }

  private static String line(Entry entry, int index) {
    var lines = String.valueOf(entry.change().reaction()).split("\n", 2);
    return index < lines.length ? lines[index] : "";
  }
}
