package dev.belfry.core;

import dev.belfry.model.AccountId;
import dev.belfry.model.Chat;
import dev.belfry.model.ChatListItem;
import dev.belfry.model.Grant;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user can do with chats. {@code chat} is a canonical or a local id everywhere. */
@SuppressWarnings("DoNotCallSuggester")
public final class Chats {
  /**
   * All chats, liveliest first.
   *
   * @param accounts those whose chats are wanted; empty for all
   */
  public Page<ChatListItem> list(Grant grant, List<AccountId> accounts, PageRequest page) {
    throw new UnsupportedOperationException();
  }

  /**
   * One chat.
   *
   * @param maxParticipants how many members are given; -1 for all
   */
  public Chat get(Grant grant, String chat, int maxParticipants) {
    throw new UnsupportedOperationException();
  }

  public Chat markRead(Grant grant, String chat, @Nullable String message) {
    throw new UnsupportedOperationException();
  }

  public Chat markUnread(Grant grant, String chat, @Nullable String message) {
    throw new UnsupportedOperationException();
  }

  public void archive(Grant grant, String chat, boolean archived) {
    throw new UnsupportedOperationException();
  }
}
