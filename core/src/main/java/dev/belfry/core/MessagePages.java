package dev.belfry.core;

import dev.belfry.model.ChatId;
import dev.belfry.model.Delivery;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Message;
import dev.belfry.model.MessageId;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import dev.belfry.store.ChatRef;
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
  /** How many pages are asked of a network to make a short page of ours longer. */
  private static final int PAGES_FOR_MORE = 3;

  /** How many are asked to have anything to show; history may hold little but what is hidden. */
  private static final int PAGES_TO_FETCH = 30;

  private static final long NO_GAP = 0;
  private static final long NO_ACCOUNT = 0;

  private final Database database;
  private final Backfill backfill;

  MessagePages(Database database, Backfill backfill) {
    this.database = database;
    this.backfill = backfill;
  }

  /**
   * What a read found.
   *
   * @param gap what may lie between the page's end and the messages beyond
   * @param account whose network fills the gap
   */
  private record Found(List<Message> messages, boolean hasMore, Optional<Gap> gap, long account) {
    boolean isShort(int limit) {
      return gap.isPresent() && messages.size() < limit;
    }
  }

  Page<Message> list(Grant grant, String chat, PageRequest request) {
    var found = find(grant, chat, request, NO_GAP);
    for (int i = 0; i < PAGES_TO_FETCH && found.isShort(request.limit()); i++) {
      boolean isEnough = i >= PAGES_FOR_MORE && !found.messages().isEmpty();
      if (isEnough || !fetch(found)) {
        break;
      }
      found = find(grant, chat, request, NO_GAP);
    }
    while (found.messages().isEmpty() && found.gap().isPresent()) {
      // A client stops at an empty page, so what lies beyond the gap is shown rather than nothing.
      found = find(grant, chat, request, found.gap().orElseThrow().before());
    }
    return page(found.messages(), found.hasMore());
  }

  /**
   * What there is of a page.
   *
   * @param over the end of a gap beyond which it begins instead of at the cursor
   */
  private Found find(Grant grant, String chat, PageRequest request, long over) {
    return database.read(
        grant,
        tx -> {
          var of = Chats.requireRef(tx, chat);
          return switch (request.direction()) {
            case BEFORE -> before(tx, of, request, over);
            case AFTER -> after(tx, of, request, over);
          };
        });
  }

  private boolean fetch(Found found) {
    try {
      return backfill.fillNow(found.account(), found.gap().orElseThrow());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Found before(Tx tx, ChatRef of, PageRequest request, long over) {
    long id = of.id().value();
    long cursor = over == NO_GAP ? position(tx, id, request.cursor()) : over;
    var messages = new ArrayList<Message>();
    int wanted = request.limit() + 1;
    if (cursor >= MessageId.PENDING) {
      var waiting = tx.outbox().pendingBefore(id, cursor - MessageId.PENDING, wanted);
      messages.addAll(pending(tx, of, waiting));
      wanted -= messages.size();
    }
    var gap = tx.gaps().newestUpTo(id, over == NO_GAP ? cursor : over - 1);
    long lowest = gap.map(Gap::before).orElse(0L);
    if (wanted > 0) {
      messages.addAll(tx.messageReader().before(of, cursor, lowest, wanted));
    }
    boolean more = messages.size() > request.limit();
    var shown = more ? messages.subList(0, request.limit()) : messages;
    return found(tx, id, shown, more, gap);
  }

  private static Found after(Tx tx, ChatRef of, PageRequest request, long over) {
    long id = of.id().value();
    long cursor = over == NO_GAP ? start(tx, id, request.cursor()) : over - 1;
    var gap = tx.gaps().oldestAfter(id, over == NO_GAP ? cursor : over);
    long end = gap.map(Gap::before).orElse(MessageId.PENDING);
    var messages = new ArrayList<Message>();
    if (cursor < end) {
      messages.addAll(tx.messageReader().after(of, cursor, end, request.limit() + 1));
    }
    if (end == MessageId.PENDING) {
      // Those that wait come after all others, so they are part of the page only where it reaches
      // the end.
      int room = request.limit() + 1 - messages.size();
      var waiting = tx.outbox().pendingAfter(id, Math.max(0, cursor - MessageId.PENDING), room);
      messages.addAll(0, pending(tx, of, waiting).reversed());
    }
    boolean more = messages.size() > request.limit();
    var shown =
        more ? messages.subList(messages.size() - request.limit(), messages.size()) : messages;
    return found(tx, id, shown, more, gap);
  }

  private static long start(Tx tx, long chat, @Nullable String cursor) {
    return cursor == null ? 0 : position(tx, chat, cursor);
  }

  private static Found found(
      Tx tx, long chat, List<Message> shown, boolean more, Optional<Gap> gap) {
    if (more || gap.isEmpty()) {
      return new Found(List.copyOf(shown), more, Optional.empty(), NO_ACCOUNT);
    }
    long account = tx.chats().writer().accountOf(chat).orElseThrow();
    return new Found(List.copyOf(shown), true, gap, account);
  }

  static Page<Message> page(List<Message> messages, boolean hasMore) {
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

  /** What waits to be sent, as messages (contract, Decided for Belfry: Pending messages). */
  private static List<Message> pending(Tx tx, ChatRef chat, List<OutboxTable.Entry> waiting) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    var self = tx.accounts().find(chat.account()).orElseThrow().account().self();
    return waiting.stream()
        .map(entry -> message(tx, chat, entry, self.id(), self.fullName()))
        .toList();
  }

  /** A message that waits to be sent, by its pending id. */
  static Optional<Message> pending(Tx tx, String pendingId) {
    return tx.outbox()
        .findPending(pendingId)
        .filter(entry -> entry.kind() == OutboxTable.Kind.SEND_MESSAGE)
        .flatMap(entry ->
            tx.chats()
                .ref(new ChatId(entry.chat()))
                .map(chat -> {
                  var self = tx.accounts().find(chat.account()).orElseThrow().account().self();
                  return message(tx, chat, entry, self.id(), self.fullName());
                }));
  }

  private static Message message(
      Tx tx,
      ChatRef chat,
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
