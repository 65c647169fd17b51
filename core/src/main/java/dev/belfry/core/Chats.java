package dev.belfry.core;

import dev.belfry.model.AccountId;
import dev.belfry.model.Chat;
import dev.belfry.model.ChatListItem;
import dev.belfry.model.ChatPatch;
import dev.belfry.model.ChatPatch.NewDraft;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Message;
import dev.belfry.model.MessageId;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import dev.belfry.model.Permission;
import dev.belfry.store.ChatRef;
import dev.belfry.store.ChatTable.Listed;
import dev.belfry.store.Database;
import dev.belfry.store.OutboxTable;
import dev.belfry.store.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user can do with chats. {@code chat} is a canonical or a local id everywhere. Safe for use
 * by any thread.
 */
public final class Chats {
  /** How many members a chat in a list shows (contract, {@code GET /v1/chats}). */
  public static final int PARTICIPANTS_IN_LISTS = 20;

  /** How many members an answer about one chat shows where nobody says. */
  public static final int PARTICIPANTS = 100;

  private final Database database;
  private final Outbox outbox;
  private final ChatStates states;

  Chats(Database database, Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
    this.states = new ChatStates(database, outbox);
  }

  /**
   * All chats, liveliest first.
   *
   * @param accounts those whose chats are wanted; empty for all
   */
  public Page<ChatListItem> list(Grant grant, List<AccountId> accounts, PageRequest page) {
    var from = ChatCursor.position(page);
    return database.read(
        grant,
        tx -> {
          var found =
              switch (page.direction()) {
                case BEFORE ->
                    tx.chats().before(from, accounts, page.limit() + 1, PARTICIPANTS_IN_LISTS);
                case AFTER ->
                    tx.chats().after(from, accounts, page.limit() + 1, PARTICIPANTS_IN_LISTS);
              };
          var cut = cut(found, page);
          var previews = previews(tx, cut.items());
          return cut.map(listed -> {
            var last = listed.lastMessage();
            return new ChatListItem(listed.chat(), last == null ? null : previews.get(last));
          });
        });
  }

  /** Makes a page of what was found, which is one too many where there is more. */
  static Page<Listed> cut(List<Listed> found, PageRequest page) {
    if (found.isEmpty()) {
      return Page.empty();
    }
    boolean more = found.size() > page.limit();
    // The one too many lies at the far end: last where we go back, first where we go on.
    var shown =
        switch (page.direction()) {
          case BEFORE -> more ? found.subList(0, page.limit()) : found;
          case AFTER -> more ? found.subList(1, found.size()) : found;
        };
    return new Page<>(
        List.copyOf(shown),
        more,
        ChatCursor.text(shown.getLast().position()),
        ChatCursor.text(shown.getFirst().position()));
  }

  private static Map<MessageId, Message> previews(Tx tx, List<Listed> shown) {
    var ids =
        shown.stream()
            .map(Listed::lastMessage)
            .filter(Objects::nonNull)
            .map(MessageId::value)
            .toList();
    var result = new HashMap<MessageId, Message>();
    for (var message : tx.messageReader().all(ids)) {
      result.put(message.id(), message);
    }
    return result;
  }

  /**
   * One chat.
   *
   * @param maxParticipants how many members are given; -1 for all
   */
  public Chat get(Grant grant, String chat, int maxParticipants) {
    return database.read(grant, tx -> require(tx, chat, maxParticipants));
  }

  /**
   * Reads a chat up to a message: clears the unread flag, moves the read marker on and never back,
   * and tells the network.
   *
   * @param message by any of its ids; null for the newest
   */
  public Chat markRead(Grant grant, String chat, @Nullable String message) {
    return database.write(
        grant,
        tx -> {
          long id = Permissions.require(tx, Permission.MARK, chat).id().value();
          tx.doOnce("read", () -> markRead(tx, id, message));
          return require(tx, chat, PARTICIPANTS);
        });
  }

  private void markRead(Tx tx, long id, @Nullable String message) {
    var marks = tx.chats().marks();
    var before = marks.find(id);
    long upTo = message == null ? tx.places().last(id) : Messages.require(tx, id, message).id();
    boolean moved = upTo > before.readUpTo();
    if (moved) {
      marks.setReadUpTo(id, upTo);
    }
    if (moved || before.markedUnread()) {
      marks.setMarkedUnread(id, false);
      tell(tx, id, false);
    }
  }

  /**
   * Sets the unread flag. With a message, that one and all later ones become unread too: the read
   * marker goes to just before it, and never forward. Tells the network.
   *
   * @param message by any of its ids; null for the flag alone
   */
  public Chat markUnread(Grant grant, String chat, @Nullable String message) {
    return database.write(
        grant,
        tx -> {
          long id = Permissions.require(tx, Permission.MARK, chat).id().value();
          tx.doOnce("unread", () -> markUnread(tx, id, message));
          return require(tx, chat, PARTICIPANTS);
        });
  }

  private void markUnread(Tx tx, long id, @Nullable String message) {
    var marks = tx.chats().marks();
    var before = marks.find(id);
    boolean moved = false;
    if (message != null) {
      long from = Messages.require(tx, id, message).id();
      if (from <= before.readUpTo()) {
        marks.setReadUpTo(id, from - 1);
        moved = true;
      }
      // What the network said before must not undo this when its event turns up.
      marks.wantNothing(id);
    }
    if (moved || !before.markedUnread()) {
      marks.setMarkedUnread(id, true);
      tell(tx, id, moved);
    }
  }

  private void tell(Tx tx, long chat, boolean movedBack) {
    long account = tx.chats().writer().accountOf(chat).orElseThrow();
    boolean isStillToldSo =
        tx.outbox()
            .find(chat, OutboxTable.Kind.READ_STATE)
            .filter(entry -> entry.payload().equals(OutboxSteps.MARKER_MOVED))
            .isPresent();
    var payload = movedBack || isStillToldSo ? OutboxSteps.MARKER_MOVED : "";
    tx.outbox().addState(account, chat, OutboxTable.Kind.READ_STATE, payload, tx.now());
    tx.changes().chatUpserted(chat);
    outbox.wakeAfter(tx, account);
  }

  /** Changes a chat: everything is checked before anything is changed. */
  public Chat update(Grant grant, String chat, ChatPatch patch) {
    return states.update(grant, chat, patch);
  }

  /** Stores a draft in place of whatever was there; an empty one clears it. */
  public void replaceDraft(Grant grant, String chat, NewDraft draft) {
    states.replaceDraft(grant, chat, draft);
  }

  /** Moves a chat into the archive or out of it. */
  public void archive(Grant grant, String chat, boolean archived) {
    states.update(grant, chat, ChatPatch.archive(archived));
  }

  /** The chat of an id that a client gave. */
  static Chat require(Tx tx, String chat, int maxParticipants) {
    return tx.chats().find(chat, maxParticipants).orElseThrow(() -> HubException.notFound("Chat"));
  }

  /** Likewise, for those who only look at its messages. */
  static ChatRef requireRef(Tx tx, String chat) {
    return tx.chats().ref(chat).orElseThrow(() -> HubException.notFound("Chat"));
  }
}
