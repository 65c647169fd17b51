package dev.belfry.core;

import dev.belfry.model.Chat;
import dev.belfry.model.ChatQuery;
import dev.belfry.model.ChatQuery.Scope;
import dev.belfry.model.ChatType;
import dev.belfry.model.Grant;
import dev.belfry.model.Message;
import dev.belfry.model.MessageHits;
import dev.belfry.model.MessageId;
import dev.belfry.model.MessageQuery;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import dev.belfry.model.PageRequest.Direction;
import dev.belfry.store.ChatTable.Listed;
import dev.belfry.store.Database;
import dev.belfry.store.Tx;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finding messages and chats. Safe for use by any thread. */
public final class Search {
  private static final int CHATS_A_SECTION = 30;
  private static final int MESSAGES_A_SECTION = 20;

  private final Database database;

  Search(Database database) {
    this.database = database;
  }

  /**
   * Everything that one text finds.
   *
   * @param chats by title
   * @param inGroups groups, by participant
   */
  public record Results(List<Chat> chats, List<Chat> inGroups, MessageHits messages) {}

  /** Chats by title, groups by participant, and messages (contract, {@code GET /v1/search}). */
  public Results all(Grant grant, String words) {
    var first = PageRequest.newest(CHATS_A_SECTION);
    return new Results(
        chats(grant, ChatQuery.of(words, Scope.TITLES, null), first).items(),
        chats(grant, ChatQuery.of(words, Scope.PARTICIPANTS, ChatType.GROUP), first).items(),
        messages(grant, MessageQuery.of(words), PageRequest.newest(MESSAGES_A_SECTION)));
  }

  /** Chats, liveliest first. */
  public Page<Chat> chats(Grant grant, ChatQuery query, PageRequest page) {
    boolean older = page.direction() == Direction.BEFORE;
    var from = ChatCursor.position(page);
    return database.read(
        grant,
        tx -> {
          var found =
              tx.chats().search(query, from, older, page.limit() + 1, Chats.PARTICIPANTS_IN_LISTS);
          return Chats.cut(found, page).map(Listed::chat);
        });
  }

  /** Messages, newest first. */
  public MessageHits messages(Grant grant, MessageQuery query, PageRequest page) {
    boolean older = page.direction() == Direction.BEFORE;
    long from = place(page);
    return database.read(
        grant,
        tx -> {
          var found =
              tx.messageSearch()
                  .find(query, chats(tx, query.chats()), from, older, page.limit() + 1);
          boolean more = found.size() > page.limit();
          var shown =
              !more
                  ? found
                  : older ? found.subList(0, page.limit()) : found.subList(1, found.size());
          var messages =
              tx.messageReader().all(shown).stream()
                  .sorted(Comparator.comparing(Message::id).reversed())
                  .toList();
          return hits(tx, messages, more);
        });
  }

  private static MessageHits hits(Tx tx, List<Message> messages, boolean more) {
    var ids = messages.stream().map(Message::chat).distinct().toList();
    var found =
        tx.chats().all(ids, Chats.PARTICIPANTS_IN_LISTS).stream()
            .collect(Collectors.toMap(Chat::id, Function.identity()));
    var chats = new LinkedHashMap<String, Chat>();
    for (var id : ids) {
      var chat = found.get(id);
      if (chat != null) {
        chats.put(chat.canonicalId(), chat);
      }
    }
    return new MessageHits(MessagePages.page(messages, more), chats);
  }

  /** The chats that a filter names; unknown ones name nothing. */
  private static @Nullable List<Long> chats(Tx tx, List<String> ids) {
    return ids.isEmpty()
        ? null
        : ids.stream()
            .map(id -> tx.chats().ref(id).map(chat -> chat.id().value()).orElse(null))
            .filter(Objects::nonNull)
            .toList();
  }

  private static long place(PageRequest page) {
    var cursor = page.cursor();
    if (cursor == null) {
      return page.direction() == Direction.BEFORE ? MessageId.PENDING : 0;
    }
    try {
      if (cursor.matches("[0-9]{1,19}")) {
        return Long.parseLong(cursor);
      }
    } catch (NumberFormatException e) {
      throw page.unknownCursor();
    }
    throw page.unknownCursor();
  }
}
