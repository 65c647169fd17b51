package dev.belfry.core;

import dev.belfry.model.AccountId;
import dev.belfry.store.AccountTable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The account that events and actions belong to, as the hub's inner parts name it.
 *
 * @param row the number that the store refers to it by
 * @param synced whether its first connection has delivered what there was: what comes after that is
 *     news
 */
record Owner(long row, AccountId id, String connector, AtomicBoolean synced) {
  static Owner of(AccountTable.Row row) {
    return new Owner(
        row.row(), row.account().id(), row.account().connector(), new AtomicBoolean(row.synced()));
  }

  boolean isLive() {
    return synced.get();
  }
}
