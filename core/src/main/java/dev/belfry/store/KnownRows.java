package dev.belfry.store;

import dev.belfry.model.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Rows that a transaction has found by their networks' names: the events of a batch name the same
 * few chats and people again and again. Emptied when a part of the transaction is undone.
 */
final class KnownRows {
  private record ChatName(long account, String networkKey) {}

  private record PersonName(long account, UserId user) {}

  private final Map<Object, Long> rows = new HashMap<>();

  OptionalLong chat(long account, String networkKey, LongSupplier query) {
    return find(new ChatName(account, networkKey), query);
  }

  OptionalLong person(long account, UserId user, LongSupplier query) {
    return find(new PersonName(account, user), query);
  }

  /**
   * What is known, or what the query finds.
   *
   * @param query gives 0 for no row, which is not kept: there may be one later
   */
  private OptionalLong find(Object name, LongSupplier query) {
    var known = rows.get(name);
    if (known != null) {
      return OptionalLong.of(known);
    }
    long row = query.getAsLong();
    if (row == 0) {
      return OptionalLong.empty();
    }
    rows.put(name, row);
    return OptionalLong.of(row);
  }

  void clear() {
    rows.clear();
  }
}
