package dev.belfry.matrix.room;

import dev.belfry.matrix.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Says in a few words what a state event did. These lines keep their place in a timeline; most are
 * not shown.
 */
public final class StateWords {
  private StateWords() {}

  public static String of(String type, String stateKey, Json event) {
    Json content = event.at("content");
    String sender = event.text("sender");
    String who = sender == null ? "Somebody" : People.localpart(sender);
    boolean self = stateKey.equals(sender);
    return switch (type) {
      case "m.room.create" -> who + " made this room";
      case "m.room.member" -> member(who, self, stateKey, content, previous(event));
      case "m.room.name" -> changed(who, "the name", content.words("name"));
      case "m.room.topic" -> changed(who, "the topic", content.words("topic"));
      case "m.room.avatar" -> who + " changed the picture";
      case "m.room.canonical_alias" -> changed(who, "the address", content.words("alias"));
      case "m.room.encryption" -> who + " switched on encryption";
      case "m.room.power_levels" -> who + " changed permissions";
      case "m.room.join_rules" -> who + " changed who may join";
      case "m.room.history_visibility" -> who + " changed who may see the history";
      case "m.room.guest_access" -> who + " changed whether guests may join";
      case "m.room.pinned_events" -> who + " changed the pinned messages";
      case "m.room.tombstone" -> tombstone(content);
      default -> who + " changed a setting of the room";
    };
  }

  private static Json previous(Json event) {
    Json unsigned = event.at("unsigned", "prev_content");
    return unsigned.isObject() ? unsigned : event.at("prev_content");
  }

  private static String changed(String who, String what, @Nullable String now) {
    return now == null ? who + " removed " + what : who + " changed " + what + " to " + now;
  }

  private static String tombstone(Json content) {
    String successor = content.words("replacement_room");
    String why = content.words("body");
    String line = why == null ? "This room was replaced." : why;
    return successor == null ? line : line + "\nThe conversation goes on in " + successor + ".";
  }

  private static String member(String sender, boolean self, String id, Json content, Json before) {
    String name = content.words("displayname");
    String who = name == null ? People.localpart(id) : name;
    String was = before.text("membership");
    String membership = content.text("membership");
    return switch (membership == null ? "" : membership) {
      case "join" -> {
        if (!"join".equals(was)) {
          yield who + " joined";
        }
        String old = before.words("displayname");
        yield name == null || name.equals(old)
            ? who + " changed their profile"
            : (old == null ? People.localpart(id) : old) + " is now called " + name;
      }
      case "invite" -> sender + " invited " + who;
      case "leave" -> left(sender, self, who, was);
      case "ban" -> sender + " banned " + who;
      case "knock" -> who + " asked to join";
      default -> who + " changed their membership";
    };
  }

  private static String left(String sender, boolean self, String who, @Nullable String was) {
    if ("ban".equals(was)) {
      return sender + " lifted the ban of " + who;
    }
    if ("invite".equals(was)) {
      return self
          ? who + " declined the invitation"
          : sender + " took back the invitation of " + who;
    }
    return self ? who + " left" : sender + " removed " + who;
  }
}
