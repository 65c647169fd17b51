package dev.belfry.store;

import dev.belfry.api.Capabilities;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rows that never change once written and are asked for all the time, kept decoded for all threads.
 * After a transaction that was rolled back they are forgotten, as what it wrote may be among them.
 */
final class SharedRows {
  private final Map<Long, Capabilities> capabilities = new ConcurrentHashMap<>();
  private final Map<Capabilities, Long> capabilityIds = new ConcurrentHashMap<>();

  Map<Long, Capabilities> capabilities() {
    return capabilities;
  }

  Map<Capabilities, Long> capabilityIds() {
    return capabilityIds;
  }

  void forget() {
    capabilities.clear();
    capabilityIds.clear();
  }
}
