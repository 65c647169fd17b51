package dev.belfry.store;

import dev.belfry.api.Capabilities;
import org.jspecify.annotations.Nullable;

/**
 * What chats can do. Most chats of a network can do the same, so each set is kept once. Rows are
 * never changed.
 */
final class CapabilityTable {
  private final Sql sql;
  private final SharedRows shared;

  CapabilityTable(Sql sql, SharedRows shared) {
    this.sql = sql;
    this.shared = shared;
  }

  @Nullable Capabilities find(long id) {
    if (id == 0) {
      return null;
    }
    return shared
        .capabilities()
        .computeIfAbsent(
            id,
            key ->
                sql.first(
                        "SELECT json FROM capability_set WHERE id = ?",
                        row -> StoredJson.capabilities(row.getString(1)),
                        key)
                    .orElseThrow());
  }

  /** The row for {@code set}, made if there is none. */
  long idOf(Capabilities set) {
    return shared
        .capabilityIds()
        .computeIfAbsent(
            set,
            key -> {
              var json = StoredJson.text(key);
              sql.update(
                  "INSERT INTO capability_set (json) VALUES (?) ON CONFLICT DO NOTHING", json);
              return sql.number(0, "SELECT id FROM capability_set WHERE json = ?", json);
            });
  }
}
