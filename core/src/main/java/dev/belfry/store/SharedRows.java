package dev.belfry.store;

import dev.belfry.api.Capabilities;
import dev.belfry.model.AccountId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rows that never change once written and are asked for all the time, kept decoded for all threads.
 * After a transaction that was rolled back they are forgotten, as what it wrote may be among them.
 */
final class SharedRows {
  private final Map<Long, AccountId> accounts = new ConcurrentHashMap<>();
  private final Map<Long, Capabilities> capabilities = new ConcurrentHashMap<>();
  private final Map<Capabilities, Long> capabilityIds = new ConcurrentHashMap<>();

  /** The ids of accounts by row: a row's id is never given again. */
  Map<Long, AccountId> accounts() {
    return accounts;
  }

  Map<Long, Capabilities> capabilities() {
    return capabilities;
  }

  Map<Capabilities, Long> capabilityIds() {
    return capabilityIds;
  }

  void forget() {
    accounts.clear();
    capabilities.clear();
    capabilityIds.clear();
  }
}
