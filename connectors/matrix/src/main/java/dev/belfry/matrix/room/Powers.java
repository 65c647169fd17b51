package dev.belfry.matrix.room;

import dev.belfry.matrix.json.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may do what in a room (specification, m.room.power_levels), as far as chats show it.
 *
 * @param users levels of named users
 * @param usersDefault the level of everybody else
 * @param message needed to send a message
 * @param encrypted needed to send an encrypted one
 * @param notifyRoom needed to notify everybody
 * @param state needed to change those settings of a room that chats show, by type of event
 */
public record Powers(
    Map<String, Long> users,
    long usersDefault,
    long message,
    long encrypted,
    long notifyRoom,
    Map<String, Long> state) {
  /**
   * The level from which a member counts as an administrator: the one that changes state by
   * default.
   */
  public static final long ADMIN = 50;

  /** Where a room has no such event: everybody may write. */
  public static final Powers NONE_SET = new Powers(Map.of(), 0, 0, 0, ADMIN, Map.of());

  private static final List<String> SETTINGS =
      List.of("m.room.name", "m.room.topic", "m.room.avatar");

  public Powers {
    users = Map.copyOf(users);
    state = Map.copyOf(state);
  }

  /** From the content of the event. */
  public static Powers of(Json content) {
    long usersDefault = content.number("users_default", 0);
    long events = content.number("events_default", 0);
    Map<String, Long> users = new HashMap<>();
    for (String user : content.at("users").names()) {
      long level = content.at("users").number(user, usersDefault);
      if (level != usersDefault) {
        users.put(user, level);
      }
    }
    Map<String, Long> state = new HashMap<>();
    for (String type : SETTINGS) {
      long otherwise = content.number("state_default", ADMIN);
      state.put(type, content.at("events").number(type, otherwise));
    }
    return new Powers(
        users,
        usersDefault,
        content.at("events").number("m.room.message", events),
        content.at("events").number("m.room.encrypted", events),
        content.at("notifications").number("room", ADMIN),
        state);
  }

  public long of(String user) {
    return users.getOrDefault(user, usersDefault);
  }

  /** As content of an event again. */
  Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("users", users);
    content.put("users_default", usersDefault);
    Map<String, Long> events = new LinkedHashMap<>(state);
    events.put("m.room.message", message);
    events.put("m.room.encrypted", encrypted);
    content.put("events", events);
    content.put("notifications", Map.of("room", notifyRoom));
    return content;
  }
}
