package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.Membership;
import dev.belfry.matrix.room.Room;
import dev.belfry.matrix.room.Rooms;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Follows rooms to where they were moved. Only a move that happens while this device is in use is
 * followed: of older ones the owner may have decided otherwise long ago.
 */
final class Successors {
  private static final int FORBIDDEN = 403;
  private static final System.Logger LOG = System.getLogger(Successors.class.getName());

  private final MatrixApi api;
  private final Rooms rooms;
  private final Set<String> tried = ConcurrentHashMap.newKeySet();

  /** New rooms that take only who is invited; the invitation often comes after the move. */
  private final Map<String, String> awaited = new ConcurrentHashMap<>();

  Successors(MatrixApi api, Rooms rooms) {
    this.api = api;
    this.rooms = rooms;
  }

  /**
   * @param server a server that has the new room
   */
  void follow(String successor, String server) throws IOException, InterruptedException {
    Room room = rooms.find(successor);
    if ((room != null && room.membership() == Membership.JOINED) || !tried.add(successor)) {
      return;
    }
    Map<String, String> via = server.isEmpty() ? Map.of() : Map.of("via", server);
    Answer answer =
        MatrixApi.patiently(() -> api.post(Json.of(Map.of()), List.of("join", successor), via));
    if (answer.status() == FORBIDDEN) {
      awaited.put(successor, server);
    }
    if (!answer.isOk()) {
      LOG.log(
          System.Logger.Level.INFO,
          "the new room {0} of a replaced one cannot be joined: {1}",
          successor,
          answer.code());
    }
  }

  /** New rooms that could not be joined and have invited the owner since. */
  Map<String, String> invited() {
    Map<String, String> found = new HashMap<>(awaited);
    found
        .keySet()
        .removeIf(id -> {
          Room room = rooms.find(id);
          return room == null || room.membership() != Membership.INVITED;
        });
    found
        .keySet()
        .forEach(id -> {
          awaited.remove(id);
          tried.remove(id);
        });
    return found;
  }
}
