package dev.belfry.model;

import java.time.Instant;
import java.util.List;

/** What readers of the change log hear: ids only, so that they read what is true when they look. */
public sealed interface Change {
  /** The number of it in the log: ascending, without repeats. */
  long seq();

  Instant at();

  /** A chat is new or has changed: title, members, read state, flags, draft, last activity. */
  record ChatUpserted(long seq, Instant at, ChatId chat) implements Change {}

  /**
   * A chat is gone.
   *
   * @param canonicalId its id in the API, which can no longer be looked up
   */
  record ChatDeleted(long seq, Instant at, ChatId chat, String canonicalId) implements Change {}

  /**
   * A message is new or has changed.
   *
   * @param ids its ids in the API: the final one first, then the pending one where that is an alias
   */
  record MessageUpserted(long seq, Instant at, ChatId chat, List<String> ids) implements Change {}

  /** A message was deleted. */
  record MessageDeleted(long seq, Instant at, ChatId chat, String id) implements Change {}

  /** An account is new, gone, or its state has changed. */
  record AccountChanged(long seq, Instant at, AccountId account) implements Change {}
}
