package dev.belfry.core;

import dev.belfry.network.Action;
import dev.belfry.network.NetworkEvent.ReadElsewhere.Source;
import dev.belfry.network.Outcome;
import dev.belfry.store.OutboxTable.Entry;
import dev.belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens in the store before and after a network is asked to do something. */
final class OutboxSteps {
  /** How long a message that the network has taken waits for its echo, which tells its place. */
  private static final Duration ECHO_WAIT = Duration.ofSeconds(10);

  /** How long one that was handed over without an answer waits for its echo. */
  private static final Duration CONFIRMATION_WAIT = Duration.ofMinutes(1);

  private static final Duration GIVE_UP_AFTER = Duration.ofHours(24);
  private static final Duration SHORTEST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  private OutboxSteps() {}

  /**
   * Notes the attempt and makes the action of what the store says now.
   *
   * @param device whom the network would know a repeat from; empty if it cannot
   * @return empty where there is nothing left to do
   */
  static Optional<Action> begin(Tx tx, Entry entry, String device) {
    if (tx.outbox().find(entry.id()).isEmpty()) {
      return Optional.empty();
    }
    return switch (entry.kind()) {
      case SEND_MESSAGE -> beginSend(tx, entry, device);
      case READ_STATE -> Optional.of(readState(tx, entry));
      case ARCHIVE ->
          Optional.of(new Action.Archive(entry.chatKey(), Boolean.parseBoolean(entry.payload())));
    };
  }

  private static Optional<Action> beginSend(Tx tx, Entry entry, String device) {
    var pendingId = entry.pendingId();
    if (pendingId == null) {
      throw new IllegalStateException("a message without a pending id");
    }
    boolean triedByOther =
        entry.attempts() > 0 && (device.isEmpty() || !device.equals(entry.device()));
    if (triedByOther) {
      Deliveries.failed(
          tx,
          entry,
          "may_have_been_sent",
          "This message may have been sent already; sending it again might repeat it. Look there first.",
          true);
      return Optional.empty();
    }
    if (entry.created().plus(GIVE_UP_AFTER).isBefore(tx.now())) {
      Deliveries.failed(
          tx, entry, "timeout", "The network did not take this message for a day.", true);
      return Optional.empty();
    }
    tx.outbox().attempted(entry.id(), device);
    return Optional.of(new Action.SendMessage(entry.chatKey(), pendingId, entry.content()));
  }

  /**
   * The read state as it is now, so that the network hears the last word however often it changed.
   */
  private static Action readState(Tx tx, Entry entry) {
    tx.outbox().attempted(entry.id(), "");
    var marks = tx.chats().marks().find(entry.chat());
    var key = tx.messages().keyUpTo(entry.chat(), marks.readUpTo()).orElse(null);
    return marks.markedUnread()
        ? new Action.MarkUnread(entry.chatKey(), key)
        : new Action.MarkRead(entry.chatKey(), key);
  }

  static void finish(Tx tx, Entry entry, Action action, Outcome outcome) {
    if (tx.outbox().find(entry.id()).isEmpty()) {
      return; // the echo, or a newer state, came first
    }
    switch (outcome) {
      case Outcome.Done(var key) -> done(tx, entry, action, key);
      case Outcome.AwaitEcho() ->
          tx.outbox().handedOver(entry.id(), null, tx.now().plus(CONFIRMATION_WAIT));
      case Outcome.RetryLater(var delay, _) ->
          tx.outbox().postpone(entry.id(), tx.now().plus(pause(delay, entry.attempts())));
      case Outcome.Rejected(var code, var message, var retryable) ->
          refuse(tx, entry, code, message, retryable);
      case Outcome.Unsupported() ->
          refuse(tx, entry, "unsupported", "This network cannot do that.", false);
    }
  }

  private static void done(Tx tx, Entry entry, Action action, String key) {
    switch (action) {
      case Action.SendMessage _ -> sent(tx, entry, key);
      case Action.MarkRead(_, var upTo) -> {
        tx.outbox().remove(entry.id());
        noteSeen(tx, entry, upTo, false);
      }
      case Action.MarkUnread(_, var lastRead) -> {
        tx.outbox().remove(entry.id());
        noteSeen(tx, entry, lastRead, true);
      }
      case Action.Archive _ -> tx.outbox().remove(entry.id());
    }
  }

  private static void sent(Tx tx, Entry entry, String key) {
    if (key.isEmpty()) {
      tx.outbox().handedOver(entry.id(), null, tx.now().plus(CONFIRMATION_WAIT));
    } else if (tx.messages().find(entry.chat(), key).isPresent()) {
      Deliveries.sent(tx, entry, key);
    } else {
      tx.outbox().handedOver(entry.id(), key, tx.now().plus(ECHO_WAIT));
    }
  }

  /** The network will tell us of our own change: that is to be no change then. */
  private static void noteSeen(Tx tx, Entry entry, @Nullable String key, boolean flag) {
    var marks = tx.chats().marks();
    marks.setSeenFlag(entry.chat(), flag);
    if (key != null) {
      marks.setSeen(entry.chat(), Source.MARKER, key);
      if (!flag) {
        marks.setSeen(entry.chat(), Source.RECEIPT, key);
      }
    }
  }

  private static void refuse(Tx tx, Entry entry, String code, String message, boolean retryable) {
    if (entry.pendingId() == null) {
      tx.outbox().remove(entry.id());
    } else {
      Deliveries.failed(tx, entry, code, message, retryable);
    }
  }

  /** A message whose echo did not come. */
  static void overdue(Tx tx, Entry entry) {
    var key = entry.sentKey();
    if (key != null) {
      Deliveries.sent(tx, entry, key);
    } else if (entry.pendingId() != null) {
      Deliveries.failed(
          tx,
          entry,
          "may_have_been_sent",
          "The network did not confirm this message: it may have been sent. Look there before you send it again.",
          true);
    }
  }

  private static Duration pause(Duration asked, int attempts) {
    long backoff = SHORTEST_RETRY.toMillis() << Math.min(attempts, 11);
    long millis = Math.max(asked.toMillis(), Math.min(backoff, LONGEST_RETRY.toMillis()));
    return Duration.ofMillis(millis);
  }

  static boolean isDue(Entry entry, Instant now) {
    return !entry.notBefore().isAfter(now);
  }
}
