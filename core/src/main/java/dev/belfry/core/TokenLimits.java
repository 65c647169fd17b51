package dev.belfry.core;

import dev.belfry.model.AccountId;
import dev.belfry.model.ChatId;
import dev.belfry.model.HubException;
import dev.belfry.store.Tx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what people say a token is limited to into what is stored, and back. */
final class TokenLimits {
  private TokenLimits() {}

  /** Null for no limit. */
  static @Nullable Set<AccountId> accounts(Tx tx, List<String> ids) {
    if (ids.isEmpty()) {
      return null;
    }
    var there = tx.accounts().list().stream().map(row -> row.account().id()).toList();
    var result = new HashSet<AccountId>();
    for (var id : ids) {
      result.add(
          there.stream()
              .filter(account -> account.value().equals(id))
              .findFirst()
              .orElseThrow(() -> HubException.notFound("Account \"" + id + "\"")));
    }
    return result;
  }

  /**
   * Null for no limit.
   *
   * @param accounts those that the chats must lie in; null for all
   */
  static @Nullable Set<ChatId> chats(Tx tx, List<String> ids, @Nullable Set<AccountId> accounts) {
    if (ids.isEmpty()) {
      return null;
    }
    var result = new HashSet<ChatId>();
    for (var id : ids) {
      var chat = tx.chats().ref(id).orElseThrow(() -> HubException.notFound("Chat \"" + id + "\""));
      if (accounts != null && !accounts.contains(chat.account())) {
        throw HubException.invalid(
            "Chat \"%s\" lies in the account %s, which is not among those named: limits narrow each other, so nothing of it could be seen"
                .formatted(id, chat.account()));
      }
      result.add(chat.id());
    }
    return result;
  }

  static @Nullable List<String> words(@Nullable Set<AccountId> accounts) {
    return accounts == null ? null : accounts.stream().map(AccountId::value).sorted().toList();
  }

  /** The canonical ids of those that are there. */
  static @Nullable List<String> names(Tx tx, @Nullable Set<ChatId> chats) {
    return chats == null
        ? null
        : chats.stream()
            .flatMap(id -> tx.chats().ref(id).stream())
            .map(chat -> chat.canonicalId())
            .sorted()
            .toList();
  }
}
