package dev.belfry.matrix.room;

import dev.belfry.matrix.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * That a replaced room's successor is still to be joined.
 *
 * @param via a server that has it; empty if none is known
 * @param refused whether it takes only who is invited, or does not take the owner at all: then only
 *     an invitation changes that
 */
public record Move(String via, boolean refused) {
  public Move asRefused() {
    return new Move(via, true);
  }

  Json toJson() {
    return Json.of(Map.of("via", via, "refused", refused));
  }

  static @Nullable Move of(Json json) {
    String via = json.text("via");
    return via == null ? null : new Move(via, json.isTrue("refused"));
  }
}
