package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.http.Refusals;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.message.Keys;
import dev.belfry.matrix.room.Room;
import dev.belfry.matrix.room.Rooms;
import dev.belfry.network.Action.MarkRead;
import dev.belfry.network.Action.MarkUnread;
import dev.belfry.network.Outcome;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the homeserver, and by it the owner's other devices, what is read. The receipt is a private
 * one: who else may know is for the owner to decide, not for a program that reads along.
 */
final class ReadMarking {
  private static final String FLAG = "m.marked_unread";
  private static final String FLAG_OLD_WAY = "com.famedly.marked_unread";

  private final MatrixApi api;
  private final String me;
  private final Rooms rooms;

  ReadMarking(MatrixApi api, String me, Rooms rooms) {
    this.api = api;
    this.me = me;
    this.rooms = rooms;
  }

  Outcome read(MarkRead action) throws IOException, InterruptedException {
    String upTo = action.upToKey();
    if (upTo != null) {
      Answer answer = markers(action.chatKey(), upTo, true);
      if (!answer.isOk()) {
        return Refusals.of(answer);
      }
    }
    for (boolean oldWay : new boolean[] {false, true}) {
      Room room = rooms.find(action.chatKey());
      if (room != null && room.markedUnread(oldWay)) {
        Answer answer = flag(room, oldWay, false);
        if (!answer.isOk()) {
          return Refusals.of(answer);
        }
      }
    }
    return new Outcome.Done("");
  }

  Outcome unread(MarkUnread action) throws IOException, InterruptedException {
    Answer answer = flag(rooms.orUnknown(action.chatKey()), false, true);
    String lastRead = action.lastReadKey();
    if (answer.isOk() && lastRead != null) {
      // Most servers only move this marker on and leave it where it is; the flag is what other
      // clients show.
      answer = markers(action.chatKey(), lastRead, false);
    }
    return answer.isOk() ? new Outcome.Done("") : Refusals.of(answer);
  }

  private Answer markers(String room, String key, boolean receipt)
      throws IOException, InterruptedException {
    String event = Keys.eventId(key);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("m.fully_read", event);
    if (receipt) {
      body.put("m.read.private", event);
    }
    return api.post(Json.of(body), List.of("rooms", room, "read_markers"), Map.of());
  }

  private Answer flag(Room room, boolean oldWay, boolean unread)
      throws IOException, InterruptedException {
    String type = oldWay ? FLAG_OLD_WAY : FLAG;
    Json content = Json.of(Map.of("unread", unread));
    Answer answer = api.put(content, "user", me, "rooms", room.id(), "account_data", type);
    if (answer.isOk()) {
      room.markedUnread(oldWay, unread);
    }
    return answer;
  }
}
