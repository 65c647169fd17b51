package dev.belfry.sandbox;

import dev.belfry.network.Action;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.Outcome;
import java.util.List;
import java.util.function.Function;

/**
 * How the simulated network takes edits, deletions and reactions of the owner. A repeat with the
 * same transaction changes nothing.
 */
final class ChangingMessages {
  private final SimulatedNetwork network;

  ChangingMessages(SimulatedNetwork network) {
    this.network = network;
  }

  Outcome edit(Action.EditMessage edit) {
    return once(
        edit.transaction(),
        edit.chatKey(),
        stamp ->
            new NetworkEvent.MessageEdited(
                edit.chatKey(),
                stamp.key(),
                network.world().self(),
                true,
                edit.targetKey(),
                edit.content(),
                stamp.now(),
                edit.transaction()));
  }

  Outcome delete(Action.DeleteMessage delete) {
    if (!delete.forEveryone()) {
      // Only for oneself: nobody else hears of it.
      return new Outcome.Done("");
    }
    return takeBack(delete.transaction(), delete.chatKey(), delete.targetKey());
  }

  Outcome react(Action.React react) {
    return once(
        react.transaction(),
        react.chatKey(),
        stamp ->
            new NetworkEvent.Reacted(
                react.chatKey(),
                stamp.key(),
                network.world().self(),
                true,
                react.targetKey(),
                react.reaction(),
                react.reaction().codePoints().anyMatch(point -> point > 0x7F),
                null,
                stamp.now(),
                react.transaction()));
  }

  Outcome unreact(Action.Unreact unreact) {
    return takeBack(unreact.transaction(), unreact.chatKey(), unreact.reactionKey());
  }

  private Outcome takeBack(String transaction, String chatKey, String targetKey) {
    return once(
        transaction,
        chatKey,
        stamp ->
            new NetworkEvent.MessageDeleted(
                chatKey, stamp.key(), network.world().self(), targetKey, stamp.now(), transaction));
  }

  /** The key and the time of an event to be. */
  private record Stamp(String key, java.time.Instant now) {}

  private Outcome once(
      String transaction, String chatKey, Function<Stamp, NetworkEvent.Timeline> event) {
    var ledger = network.ledger();
    ledger.happen(
        null,
        0,
        (keys, now) ->
            ledger.keyOf(transaction).isPresent()
                ? List.of()
                : List.of(event.apply(new Stamp(keys.next(chatKey), now))));
    return new Outcome.Done(ledger.keyOf(transaction).orElseThrow());
  }
}
