package dev.belfry.matrix.room;

import dev.belfry.matrix.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which rooms the owner's push rules keep silent (specification, Push rules). */
final class PushRules {
  private PushRules() {}

  /** Rooms that an enabled rule of their own silences: an overriding one, or a room rule. */
  static Set<String> muted(Json content) {
    Set<String> muted = new HashSet<>();
    for (Json rule : content.at("global", "override").items()) {
      List<Json> conditions = rule.at("conditions").items();
      if (conditions.size() == 1
          && "event_match".equals(conditions.getFirst().text("kind"))
          && "room_id".equals(conditions.getFirst().text("key"))) {
        add(muted, conditions.getFirst().words("pattern"), rule);
      }
    }
    for (Json rule : content.at("global", "room").items()) {
      add(muted, rule.words("rule_id"), rule);
    }
    return muted;
  }

  private static void add(Set<String> muted, @Nullable String room, Json rule) {
    boolean enabled = rule.isTrue("enabled") || !rule.has("enabled");
    boolean silent =
        rule.at("actions").isList()
            && (rule.at("actions").items().isEmpty()
                || rule.at("actions").texts().contains("dont_notify"));
    if (room != null && room.startsWith("!") && enabled && silent) {
      muted.add(room);
    }
  }
}
