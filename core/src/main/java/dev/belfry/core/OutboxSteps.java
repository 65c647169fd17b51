package dev.belfry.core;

import dev.belfry.network.Action;
import dev.belfry.network.Action.Flag;
import dev.belfry.network.NetworkEvent.ReadElsewhere.Source;
import dev.belfry.network.Outcome;
import dev.belfry.store.OutboxTable.Entry;
import dev.belfry.store.OutboxTable.Kind;
import dev.belfry.store.Tx;
import java.nio.file.Path;
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
    if (entry.kind() == Kind.SEND_MESSAGE && !maySend(tx, entry, device)) {
      return Optional.empty();
    }
    var action = action(tx, entry);
    if (action.isPresent()) {
      tx.outbox().attempted(entry.id(), device);
    } else {
      tx.outbox().remove(entry.id());
    }
    return action;
  }

  private static Optional<Action> action(Tx tx, Entry entry) {
    var chat = entry.chatKey();
    return switch (entry.kind()) {
      case SEND_MESSAGE -> Optional.of(send(entry));
      case EDIT_MESSAGE -> target(tx, entry).map(key -> edit(entry, key));
      case DELETE_MESSAGE -> target(tx, entry).map(key -> delete(entry, key));
      case REACT -> Optional.of(ReactionSteps.react(entry, transaction(entry)));
      case UNREACT -> ReactionSteps.unreact(tx, entry, transaction(entry));
      case READ_STATE -> Optional.of(readState(tx, entry));
      case ARCHIVED, LOW_PRIORITY, MUTED, PINNED ->
          Optional.of(
              new Action.SetFlag(
                  chat,
                  Flag.valueOf(entry.kind().name()),
                  Boolean.parseBoolean(entry.state().value())));
      case TITLE -> Optional.of(new Action.SetTitle(chat, entry.state().value()));
      case DESCRIPTION -> Optional.of(new Action.SetDescription(chat, entry.state().value()));
      case AVATAR -> Optional.of(new Action.SetAvatar(chat, path(entry.state().value())));
      case MESSAGE_EXPIRY ->
          Optional.of(new Action.SetMessageExpiry(chat, number(entry.state().value())));
    };
  }

  /** Whether a message may be tried; else it has been given up. */
  private static boolean maySend(Tx tx, Entry entry, String device) {
    if (entry.attempts() > 0 && (device.isEmpty() || !device.equals(entry.device()))) {
      Deliveries.failed(
          tx,
          entry,
          "may_have_been_sent",
          "This message may have been sent already; sending it again might repeat it. Look there first.",
          true);
      return false;
    }
    if (entry.created().plus(GIVE_UP_AFTER).isBefore(tx.now())) {
      Deliveries.failed(
          tx, entry, "timeout", "The network did not take this message for a day.", true);
      return false;
    }
    return true;
  }

  private static Action send(Entry entry) {
    var content = entry.content();
    var file = content.attachments().isEmpty() ? null : content.attachments().getFirst().srcURL();
    return new Action.SendMessage(
        entry.chatKey(),
        transaction(entry),
        content,
        file == null ? null : Path.of(java.net.URI.create(file)));
  }

  private static Optional<String> target(Tx tx, Entry entry) {
    return tx.messages()
        .find(entry.change().message())
        .flatMap(message -> Optional.ofNullable(message.networkKey()));
  }

  private static Action edit(Entry entry, String key) {
    return new Action.EditMessage(
        entry.chatKey(), transaction(entry), key, entry.change().content());
  }

  private static Action delete(Entry entry, String key) {
    return new Action.DeleteMessage(
        entry.chatKey(), transaction(entry), key, entry.change().forEveryone());
  }

  private static String transaction(Entry entry) {
    var id = entry.pendingId();
    if (id == null) {
      throw new IllegalStateException(entry.kind() + " without a transaction id");
    }
    return id;
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  private static @Nullable Integer number(@Nullable String text) {
    return text == null ? null : Integer.valueOf(text);
  }

  /**
   * The read state as it is now, so that the network hears the last word however often it changed.
   */
  private static Action readState(Tx tx, Entry entry) {
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
      case Outcome.AwaitEcho() -> {
        if (entry.kind() == Kind.SEND_MESSAGE) {
          tx.outbox().handedOver(entry.id(), null, tx.now().plus(CONFIRMATION_WAIT));
        } else {
          tx.outbox().remove(entry.id());
        }
      }
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
      case Action.React _ -> {
        tx.outbox().remove(entry.id());
        ReactionSteps.confirmed(tx, entry, key);
      }
      case Action.MarkRead(_, var upTo) -> {
        tx.outbox().remove(entry.id());
        noteSeen(tx, entry, upTo, false);
      }
      case Action.MarkUnread(_, var lastRead) -> {
        tx.outbox().remove(entry.id());
        noteSeen(tx, entry, lastRead, true);
      }
      case Action.EditMessage _,
          Action.DeleteMessage _,
          Action.Unreact _,
          Action.SetFlag _,
          Action.SetTitle _,
          Action.SetDescription _,
          Action.SetAvatar _,
          Action.SetMessageExpiry _ ->
          tx.outbox().remove(entry.id());
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
    switch (entry.kind()) {
      case SEND_MESSAGE -> Deliveries.failed(tx, entry, code, message, retryable);
      case EDIT_MESSAGE, DELETE_MESSAGE -> MessageEdits.revert(tx, entry);
      case REACT, UNREACT -> ReactionSteps.revert(tx, entry);
      case TITLE, DESCRIPTION, AVATAR, MESSAGE_EXPIRY -> ChatStates.revert(tx, entry);
      // These are the user's own order, which stands here whether the network knows it or not.
      case READ_STATE, ARCHIVED, LOW_PRIORITY, MUTED, PINNED -> {}
    }
    tx.outbox().remove(entry.id());
  }

  /** A message whose echo did not come. */
  static void overdue(Tx tx, Entry entry) {
    var key = entry.sentKey();
    if (key != null) {
      Deliveries.sent(tx, entry, key);
    } else if (entry.kind() == Kind.SEND_MESSAGE) {
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
