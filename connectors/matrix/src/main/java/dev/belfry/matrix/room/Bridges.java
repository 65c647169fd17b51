package dev.belfry.matrix.room;

import dev.belfry.matrix.json.Json;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What bridges say about the rooms that they make ({@code m.bridge}, MSC2346, and what Beeper
 * adds).
 */
final class Bridges {
  private Bridges() {}

  /** One bridge's event. Emptied when the bridge leaves. */
  static void read(Room room, Json content) {
    String bot = content.words("bridgebot");
    String network = content.at("protocol").words("displayname");
    if (network == null) {
      network = content.at("protocol").words("id");
    }
    if (bot == null && network == null) {
      room.bridge = null;
      room.bridgeType = null;
      room.bridgeBots = Set.of();
      return;
    }
    room.bridge = network;
    String type = content.words("com.beeper.room_type.v2");
    room.bridgeType = type != null ? type : content.words("com.beeper.room_type");
    if (bot != null) {
      Set<String> bots = new HashSet<>(room.bridgeBots);
      bots.add(bot);
      room.bridgeBots = Set.copyOf(bots);
    }
  }

  /** Seconds of a disappearing timer; null when there is none. */
  static @Nullable Integer expirySeconds(Json content) {
    Long millis = content.number("timer");
    String type = content.words("type");
    if (type == null || millis == null || millis <= 0) {
      return null;
    }
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, millis / 1000));
  }
}
