package dev.belfry.core;

import dev.belfry.model.Chat;
import dev.belfry.model.Delivery;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Message;
import dev.belfry.model.MessageId;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import dev.belfry.model.PageRequest.Direction;
import dev.belfry.store.Database;
import dev.belfry.store.GapTable.Gap;
import dev.belfry.store.OutboxTable;
import dev.belfry.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a chat's messages. A page does not reach over a gap of the timeline while the network
 * can be asked to fill it.
 */
final class MessagePages {
  /** How many pages are asked of a network while a client waits for one of ours. */
  private static final int PAGES_TO_FETCH = 3;

  private final Database database;
  private final Backfill backfill;

  MessagePages(Database database, Backfill backfill) {
    this.database = database;
    this.backfill = backfill;
  }

  /**
   * What a read found.
   *
   * @param gap what may lie between the page's end and older messages
   */
  private record Found(List<Message> messages, boolean hasMore, Optional<Gap> gap, long account) {}

  Page<Message> list(Grant grant, String chat, PageRequest request) {
    if (request.direction() == Direction.AFTER) {
      return after(grant, chat, request);
    }
    var found = before(grant, chat, request, false);
    for (int i = 0; i < PAGES_TO_FETCH && isShort(found, request); i++) {
      if (!fetch(found)) {
        break;
      }
      found = before(grant, chat, request, false);
    }
    if (found.messages().isEmpty() && found.gap().isPresent()) {
      // A client stops at an empty page, so what lies beyond the gap is shown rather than nothing.
      found = before(grant, chat, request, true);
    }
    return page(found.messages(), found.hasMore());
  }

  private static boolean isShort(Found found, PageRequest request) {
    return found.gap().isPresent() && found.messages().size() < request.limit();
  }

  private boolean fetch(Found found) {
    try {
      return backfill.fillNow(found.account(), found.gap().orElseThrow());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Found before(Grant grant, String chat, PageRequest request, boolean overGaps) {
    return database.read(
        grant,
        tx -> {
          var of = Chats.require(tx, chat, 0);
          long id = of.id().value();
          var cursor = position(tx, id, request.cursor());
          var messages = new ArrayList<Message>();
          if (cursor >= MessageId.PENDING) {
            pending(tx, of).stream().filter(m -> m.id().value() < cursor).forEach(messages::add);
          }
          int wanted = request.limit() + 1 - messages.size();
          var gap = tx.gaps().newestUpTo(id, cursor);
          long lowest = overGaps ? 0 : gap.map(Gap::before).orElse(0L);
          if (wanted > 0) {
            messages.addAll(tx.messageReader().before(id, cursor, lowest, wanted));
          }
          boolean more = messages.size() > request.limit();
          var shown = more ? messages.subList(0, request.limit()) : messages;
          long account = tx.chats().writer().accountOf(id).orElseThrow();
          return new Found(
              List.copyOf(shown), more || gap.isPresent(), more ? Optional.empty() : gap, account);
        });
  }

  private Page<Message> after(Grant grant, String chat, PageRequest request) {
    return database.read(
        grant,
        tx -> {
          var of = Chats.require(tx, chat, 0);
          long id = of.id().value();
          long cursor = request.cursor() == null ? 0 : position(tx, id, request.cursor());
          var messages = new ArrayList<Message>();
          if (cursor < MessageId.PENDING) {
            messages.addAll(tx.messageReader().after(id, cursor, request.limit() + 1));
          }
          // Those that wait come after all others, so they are part of the page only where it
          // reaches the end.
          var waiting =
              pending(tx, of).reversed().stream().filter(m -> m.id().value() > cursor).toList();
          for (var message : waiting) {
            if (messages.size() <= request.limit()) {
              messages.addFirst(message);
            }
          }
          boolean more = messages.size() > request.limit();
          return page(
              more
                  ? messages.subList(messages.size() - request.limit(), messages.size())
                  : messages,
              more);
        });
  }

  private static Page<Message> page(List<Message> messages, boolean hasMore) {
    if (messages.isEmpty()) {
      return Page.empty();
    }
    return new Page<>(
        List.copyOf(messages),
        hasMore,
        messages.getLast().id().sortKey(),
        messages.getFirst().id().sortKey());
  }

  /**
   * A cursor of ours is a sort key; clients also hand back message ids of any kind (contract,
   * Pagination).
   */
  private static long position(Tx tx, long chat, @Nullable String cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    if (cursor.matches("[0-9]{1,19}")) {
      try {
        return Long.parseLong(cursor);
      } catch (NumberFormatException e) {
        throw invalid();
      }
    }
    var waiting = tx.outbox().findPending(cursor).filter(entry -> entry.chat() == chat);
    if (waiting.isPresent()) {
      return MessageId.PENDING + waiting.get().id();
    }
    try {
      return Messages.require(tx, chat, cursor).id();
    } catch (HubException e) {
      throw invalid();
    }
  }

  private static HubException invalid() {
    return HubException.invalid(
        "Unknown cursor: use oldestCursor or newestCursor of an earlier page, a sortKey or a message id of this chat",
        "query",
        "cursor");
  }

  /**
   * What waits to be sent, newest first, as messages (contract, Decided for Belfry: Pending
   * messages).
   */
  private static List<Message> pending(Tx tx, Chat chat) {
    var waiting = tx.outbox().pendingMessages(chat.id().value());
    if (waiting.isEmpty()) {
      return List.of();
    }
    var self = tx.accounts().find(chat.account()).orElseThrow().account().self();
    return waiting.stream()
        .map(entry -> message(tx, chat, entry, self.id(), self.fullName()))
        .toList();
  }

  private static Message message(
      Tx tx,
      Chat chat,
      OutboxTable.Entry entry,
      dev.belfry.model.UserId self,
      @Nullable String selfName) {
    var content = entry.content();
    var replyKey = content.replyToKey();
    var linked =
        replyKey == null
            ? null
            : tx.messages()
                .find(entry.chat(), replyKey)
                .map(target -> new MessageId(target.id()))
                .orElse(null);
    return new Message(
        new MessageId(MessageId.PENDING + entry.id()),
        chat.id(),
        chat.canonicalId(),
        chat.account(),
        null,
        entry.pendingId(),
        self,
        selfName,
        true,
        content,
        entry.created(),
        null,
        false,
        false,
        linked,
        List.of(),
        new Delivery.Queued(entry.created()),
        null);
  }
}
