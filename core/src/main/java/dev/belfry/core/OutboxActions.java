package dev.belfry.core;

import dev.belfry.network.Action;
import dev.belfry.network.Action.Flag;
import dev.belfry.store.OutboxTable.Entry;
import dev.belfry.store.Tx;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes of a row of the outbox what the network is asked to do, as the store says now. */
final class OutboxActions {
  private OutboxActions() {}

  /** Empty where there is nothing left to do. */
  static Optional<Action> of(Tx tx, Entry entry) {
    var chat = entry.chatKey();
    return switch (entry.kind()) {
      case SEND_MESSAGE -> Optional.of(send(entry));
      case EDIT_MESSAGE ->
          target(tx, entry)
              .map(key ->
                  new Action.EditMessage(chat, transaction(entry), key, entry.change().content()));
      case DELETE_MESSAGE ->
          target(tx, entry)
              .map(key ->
                  new Action.DeleteMessage(
                      chat, transaction(entry), key, entry.change().forEveryone()));
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

  private static Action send(Entry entry) {
    var content = entry.content();
    var file = content.attachments().isEmpty() ? null : content.attachments().getFirst().srcURL();
    return new Action.SendMessage(
        entry.chatKey(),
        transaction(entry),
        content,
        file == null ? null : Path.of(URI.create(file)));
  }

  private static Optional<String> target(Tx tx, Entry entry) {
    return tx.messages()
        .find(entry.change().message())
        .flatMap(message -> Optional.ofNullable(message.networkKey()));
  }

  /**
   * The read state as it is now, so that the network hears the last word however often it changed.
   */
  private static Action readState(Tx tx, Entry entry) {
    var marks = tx.chats().marks().find(entry.chat());
    var key = tx.messages().keyUpTo(entry.chat(), marks.readUpTo()).orElse(null);
    if (!marks.markedUnread()) {
      return new Action.MarkRead(entry.chatKey(), key);
    }
    boolean moved = entry.payload().equals(OutboxSteps.MARKER_MOVED);
    return new Action.MarkUnread(entry.chatKey(), moved ? key : null);
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
}
