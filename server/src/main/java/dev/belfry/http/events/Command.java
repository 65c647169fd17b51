package dev.belfry.http.events;

import dev.belfry.api.codec.Codec;
import dev.belfry.api.codec.CodecException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client says on a WebSocket (contract, events.md, Client to server). */
sealed interface Command {
  /** The id that answers repeat; null where there was none. */
  @Nullable String requestId();

  /**
   * Replaces the subscriptions.
   *
   * @param chats as given, without repeats; one {@code *} for all
   * @param after the cursor behind which to begin; null to begin now
   */
  record Subscribe(@Nullable String requestId, List<String> chats, @Nullable String after)
      implements Command {
    boolean isForAll() {
      return chats.equals(List.of(ALL));
    }
  }

  /** Something that is no command. */
  record Faulty(@Nullable String requestId, String code, String message) implements Command {}

  String ALL = "*";
  String INVALID_COMMAND = "INVALID_COMMAND";
  String INVALID_PAYLOAD = "INVALID_PAYLOAD";

  Set<String> KEYS = Set.of("type", "requestID", "chatIDs", "after");

  static Command faulty(String message) {
    return new Faulty(null, INVALID_PAYLOAD, message);
  }

  /** Reads a frame's text. */
  static Command read(byte[] text) {
    Object json;
    try {
      json = Codec.tree(text);
    } catch (CodecException e) {
      return faulty("Not JSON: " + e.getMessage());
    }
    if (!(json instanceof Map<?, ?> object)) {
      return faulty("Expected an object such as {\"type\":\"subscriptions.set\",\"chatIDs\":[]}");
    }
    String id = object.get("requestID") instanceof String given ? given : null;
    if (!"subscriptions.set".equals(object.get("type"))) {
      return new Faulty(id, INVALID_COMMAND, "type: unknown command; use subscriptions.set");
    }
    String fault = fault(object);
    if (fault != null) {
      return new Faulty(id, INVALID_PAYLOAD, fault);
    }
    var chats = new LinkedHashSet<String>();
    if (object.get("chatIDs") instanceof List<?> ids) {
      ids.forEach(chat -> chats.add((String) chat));
    }
    return new Subscribe(id, new ArrayList<>(chats), (String) object.get("after"));
  }

  private static @Nullable String fault(Map<?, ?> object) {
    for (var key : object.keySet()) {
      if (!KEYS.contains(key)) {
        return key + ": unknown key; leave it out";
      }
    }
    for (String key : List.of("requestID", "after")) {
      if (object.containsKey(key) && !(object.get(key) instanceof String)) {
        return key + ": expected a text; leave it out if there is none";
      }
    }
    if (!(object.get("chatIDs") instanceof List<?> ids)) {
      return "chatIDs: expected a list of chat ids, or [\"*\"] for all chats";
    }
    if (ids.stream().anyMatch(id -> !(id instanceof String text) || text.isBlank())) {
      return "chatIDs: expected ids of chats only, none of them empty";
    }
    if (ids.contains(ALL) && ids.stream().distinct().count() > 1) {
      return "chatIDs: give either \"*\" or ids, not both";
    }
    return null;
  }
}
