package dev.belfry.store;

import dev.belfry.model.AccountId;
import dev.belfry.model.ChatId;
import dev.belfry.model.Grant;
import org.jspecify.annotations.Nullable;

/**
 * What a grant may see, as parts of queries. There are three forms, so that an unlimited grant pays
 * nothing and a limited one begins with what it may see instead of passing over what it may not.
 *
 * <p>The parts use the parameters {@code ?1} and {@code ?2}, which {@link #accounts} and {@link
 * #chats} fill, and name the chats {@code c} and their accounts {@code a}.
 */
enum Sight {
  EVERYTHING("chat c CROSS JOIN account a ON a.id = c.account", "1"),
  SOME_ACCOUNTS(
      "account a CROSS JOIN chat c ON c.account = a.id",
      "a.account_id IN (SELECT value FROM json_each(?1))"),
  SOME_CHATS(
      "json_each(?2) g CROSS JOIN chat c ON c.id = g.value CROSS JOIN account a ON a.id = c.account",
      "(?1 IS NULL OR a.account_id IN (SELECT value FROM json_each(?1)))");

  private final String source;
  private final String condition;

  Sight(String source, String condition) {
    this.source = source;
    this.condition = condition;
  }

  static Sight of(Grant grant) {
    if (grant.chats() != null) {
      return SOME_CHATS;
    }
    return grant.accounts() != null ? SOME_ACCOUNTS : EVERYTHING;
  }

  /** Chats with their accounts, for FROM: joined in this order, whatever else a query asks. */
  String source() {
    return source;
  }

  /** That a row of the source may be seen, for WHERE. */
  String condition() {
    return condition;
  }

  /** The value of {@code ?1}. */
  static @Nullable String accounts(Grant grant) {
    var only = grant.accounts();
    return only == null ? null : StoredJson.strings(only.stream().map(AccountId::value).toList());
  }

  /** The value of {@code ?2}. */
  static @Nullable String chats(Grant grant) {
    var only = grant.chats();
    return only == null ? null : StoredJson.numbers(only.stream().map(ChatId::value).toList());
  }
}
