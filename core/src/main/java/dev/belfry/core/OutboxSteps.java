package dev.belfry.core;

import dev.belfry.network.Action;
import dev.belfry.network.NetworkEvent.ReadElsewhere.Source;
import dev.belfry.network.Outcome;
import dev.belfry.store.OutboxTable.Entry;
import dev.belfry.store.OutboxTable.Kind;
import dev.belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens in the store before and after a network is asked to do something. */
final class OutboxSteps {
  /** The payload of a read state whose marker was moved back, not only its flag set. */
  static final String MARKER_MOVED = "marker";

  /** How long a message that the network has taken waits for its echo, which tells its place. */
  private static final Duration ECHO_WAIT = Duration.ofSeconds(10);

  /** How long one that was handed over without an answer waits for its echo. */
  private static final Duration CONFIRMATION_WAIT = Duration.ofMinutes(1);

  private static final Duration GIVE_UP_AFTER = Duration.ofHours(24);
  private static final Duration SHORTEST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  private OutboxSteps() {}

  /**
   * A try.
   *
   * @param action what the network is asked to do
   * @param device whom the network knows a repeat from
   */
  record Attempt(Entry entry, Action action, String device) {}

  /**
   * Notes the attempt and makes the action of what the store says now.
   *
   * @param head as it was a moment ago: its echo or a newer row may have come since
   * @param device whom the network would know a repeat from; empty if it cannot
   * @return empty where there is nothing to do now
   */
  static Optional<Attempt> begin(Tx tx, Entry head, String device) {
    var entry = tx.outbox().find(head.id()).orElse(null);
    if (entry == null || entry.deadline() != null || !isDue(entry, tx.now())) {
      return Optional.empty();
    }
    if (ReactionSteps.isOnItsWay(tx, entry)) {
      return Optional.empty();
    }
    boolean tooLate = entry.created().plus(GIVE_UP_AFTER).isBefore(tx.now());
    boolean mayTry =
        switch (entry.kind()) {
          case SEND_MESSAGE -> maySend(tx, entry, device, tooLate);
          case EDIT_MESSAGE, DELETE_MESSAGE, REACT, UNREACT -> mayChange(tx, entry, tooLate);
          case READ_STATE,
              ARCHIVED,
              LOW_PRIORITY,
              MUTED,
              PINNED,
              TITLE,
              DESCRIPTION,
              AVATAR,
              MESSAGE_EXPIRY ->
              mayTell(tx, entry, tooLate);
        };
    if (!mayTry) {
      return Optional.empty();
    }
    var action = OutboxActions.of(tx, entry);
    if (action.isPresent()) {
      tx.outbox().attempted(entry.id(), entry.kind() == Kind.SEND_MESSAGE ? device : "");
    } else {
      tx.outbox().remove(entry);
    }
    return action.map(what -> new Attempt(entry, what, device));
  }

  /** Whether a message may be tried; else it has been given up. */
  private static boolean maySend(Tx tx, Entry entry, String device, boolean tooLate) {
    var triedBy = entry.triedBy();
    if (triedBy != null && (device.isEmpty() || !device.equals(triedBy))) {
      Deliveries.failed(
          tx,
          entry,
          PendingMessages.MAY_HAVE_BEEN_SENT,
          "This message may have been sent already; sending it again might repeat it. Look there first.",
          true);
      return false;
    }
    if (tooLate) {
      Deliveries.failed(
          tx, entry, "timeout", "The network did not take this message for a day.", true);
      return false;
    }
    return true;
  }

  /** Whether a change of a message may be tried; else it has been undone here. */
  private static boolean mayChange(Tx tx, Entry entry, boolean tooLate) {
    if (tooLate) {
      refuse(tx, entry, "timeout", "The network did not take this for a day.", true);
    }
    return !tooLate;
  }

  /** A state that the network did not take for a day is not told: the user has it here. */
  private static boolean mayTell(Tx tx, Entry entry, boolean tooLate) {
    if (tooLate) {
      tx.outbox().remove(entry);
    }
    return !tooLate;
  }

  static void finish(Tx tx, Attempt attempt, Outcome outcome) {
    var entry = attempt.entry();
    boolean isDone = outcome instanceof Outcome.Done || outcome instanceof Outcome.AwaitEcho;
    if (isDone) {
      noteTold(tx, entry, attempt.action());
    }
    if (tx.outbox().find(entry.id()).isEmpty()) {
      return; // the echo, or a newer state, came first
    }
    switch (outcome) {
      case Outcome.Done(var key) -> done(tx, entry, key);
      case Outcome.AwaitEcho() -> handedOver(tx, entry);
      case Outcome.RetryLater(var delay, _) -> {
        tx.outbox().postpone(entry.id(), tx.now().plus(pause(delay, entry.attempts())));
        if (attempt.device().isEmpty()) {
          // A network that cannot tell a repeat asks for one only where nothing was sent.
          tx.outbox().notTried(entry.id());
        }
      }
      case Outcome.Rejected(var code, var message, var retryable) ->
          refuse(tx, entry, code, message, retryable);
      case Outcome.Unsupported() ->
          refuse(tx, entry, "unsupported", "This network cannot do that.", false);
    }
  }

  private static void done(Tx tx, Entry entry, String key) {
    if (entry.kind() != Kind.SEND_MESSAGE) {
      tx.outbox().remove(entry);
      changed(tx, entry, key);
    } else if (key.isEmpty()) {
      handedOver(tx, entry);
    } else if (tx.messages().find(entry.chat(), key).isPresent()) {
      Deliveries.sent(tx, entry, key);
    } else {
      tx.outbox().handedOver(entry.id(), key, tx.now().plus(ECHO_WAIT));
    }
  }

  private static void changed(Tx tx, Entry entry, String key) {
    switch (entry.kind()) {
      case REACT -> ReactionSteps.confirmed(tx, entry, key);
      case EDIT_MESSAGE -> MessageEdits.confirmed(tx, entry, key);
      case DELETE_MESSAGE -> MessageEdits.forget(tx, entry);
      case SEND_MESSAGE,
          UNREACT,
          READ_STATE,
          ARCHIVED,
          LOW_PRIORITY,
          MUTED,
          PINNED,
          TITLE,
          DESCRIPTION,
          AVATAR,
          MESSAGE_EXPIRY -> {}
    }
  }

  private static void handedOver(Tx tx, Entry entry) {
    if (entry.kind() != Kind.SEND_MESSAGE) {
      tx.outbox().remove(entry);
    } else {
      tx.outbox().handedOver(entry.id(), null, tx.now().plus(CONFIRMATION_WAIT));
    }
  }

  /** The network will tell us of our own change: that is to be no change then. */
  private static void noteTold(Tx tx, Entry entry, Action action) {
    switch (action) {
      case Action.MarkRead(_, var upTo) -> noteSeen(tx, entry.chat(), upTo, false);
      case Action.MarkUnread(_, var lastRead) -> noteSeen(tx, entry.chat(), lastRead, true);
      case Action.SendMessage _,
          Action.EditMessage _,
          Action.DeleteMessage _,
          Action.React _,
          Action.Unreact _,
          Action.SetFlag _,
          Action.SetTitle _,
          Action.SetDescription _,
          Action.SetAvatar _,
          Action.SetMessageExpiry _ -> {}
    }
  }

  /**
   * Most networks do not move a marker back, and tell an account that logs in anew where it was: so
   * the furthest one is noted, not the one that we would have.
   */
  private static void noteSeen(Tx tx, long chat, @Nullable String key, boolean flag) {
    var marks = tx.chats().marks();
    marks.setSeenFlag(chat, flag);
    if (key != null) {
      if (isAhead(tx, chat, key, marks.find(chat).seenMarker())) {
        marks.setSeen(chat, Source.MARKER, key);
      }
      if (!flag && isAhead(tx, chat, key, marks.find(chat).seenReceipt())) {
        marks.setSeen(chat, Source.RECEIPT, key);
      }
    }
  }

  /** Whether {@code key} is later than {@code last}; receipts never move back. */
  private static boolean isAhead(Tx tx, long chat, String key, @Nullable String last) {
    return last == null || tx.messages().placeOf(chat, key) > tx.messages().placeOf(chat, last);
  }

  private static void refuse(Tx tx, Entry entry, String code, String message, boolean retryable) {
    switch (entry.kind()) {
      case SEND_MESSAGE -> Deliveries.failed(tx, entry, code, message, retryable);
      case EDIT_MESSAGE, DELETE_MESSAGE -> MessageEdits.revert(tx, entry);
      case REACT, UNREACT -> ReactionSteps.revert(tx, entry);
      case TITLE, DESCRIPTION, AVATAR, MESSAGE_EXPIRY -> ChatStates.revert(tx, entry);
      // These are the user's own order, which stands here whether the network knows it or not.
      case READ_STATE, ARCHIVED, LOW_PRIORITY, MUTED, PINNED -> {}
    }
    tx.outbox().remove(entry);
  }

  /**
   * The account was removed: nothing waits for its network any more. What is the user's own order
   * is told if they log in again within a day.
   */
  static void accountRemoved(Tx tx, long account) {
    for (var waiting : tx.outbox().all(account)) {
      // As it is now: what was refused before may have changed what follows it.
      tx.outbox().find(waiting.id()).ifPresent(entry -> accountRemoved(tx, entry));
    }
  }

  private static void accountRemoved(Tx tx, Entry entry) {
    switch (entry.kind()) {
      case SEND_MESSAGE -> {
        var key = entry.sentKey();
        if (key != null) {
          Deliveries.sent(tx, entry, key);
        } else if (entry.triedBy() != null || entry.deadline() != null) {
          Deliveries.failed(
              tx,
              entry,
              PendingMessages.MAY_HAVE_BEEN_SENT,
              "The account was removed while this message was being sent: it may have been sent. Look there before you send it again.",
              true);
        } else {
          refuseRemoved(tx, entry);
        }
      }
      case EDIT_MESSAGE,
          DELETE_MESSAGE,
          REACT,
          UNREACT,
          TITLE,
          DESCRIPTION,
          AVATAR,
          MESSAGE_EXPIRY ->
          refuseRemoved(tx, entry);
      case READ_STATE, ARCHIVED, LOW_PRIORITY, MUTED, PINNED -> {}
    }
  }

  private static void refuseRemoved(Tx tx, Entry entry) {
    refuse(
        tx,
        entry,
        "account_removed",
        "The account was removed before its network had this. Log in again with `belfry account add`, then try it again.",
        true);
  }

  /** A message whose echo did not come. */
  static void overdue(Tx tx, Entry entry) {
    var key = entry.sentKey();
    if (key != null && mayLieInGap(tx, entry)) {
      tx.outbox().handedOver(entry.id(), key, tx.now().plus(ECHO_WAIT));
    } else if (key != null) {
      Deliveries.sent(tx, entry, key);
    } else if (entry.kind() == Kind.SEND_MESSAGE) {
      Deliveries.failed(
          tx,
          entry,
          PendingMessages.MAY_HAVE_BEEN_SENT,
          "The network did not confirm this message: it may have been sent. Look there before you send it again.",
          true);
    }
  }

  /**
   * Whether a stretch of the timeline that is not fetched yet may hold the echo, and so its place.
   */
  private static boolean mayLieInGap(Tx tx, Entry entry) {
    boolean isFresh = entry.created().plus(LONGEST_RETRY).isAfter(tx.now());
    return isFresh
        && tx.gaps()
            .newestUpTo(entry.chat(), Long.MAX_VALUE)
            .filter(gap -> gap.before() > entry.queuedAfter())
            .isPresent();
  }

  private static Duration pause(Duration asked, int attempts) {
    var backoff = SHORTEST_RETRY.multipliedBy(1L << Math.min(attempts, 11));
    return max(asked, backoff.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : backoff);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  static boolean isDue(Entry entry, Instant now) {
    return !entry.notBefore().isAfter(now);
  }
}
