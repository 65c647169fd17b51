package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.Membership;
import dev.belfry.matrix.room.Room;
import dev.belfry.matrix.room.Rooms;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows rooms to where they were moved. Only a move that happens while this device is in use is
 * followed: of older ones the owner may have decided otherwise long ago.
 */
final class Successors {
  private static final System.Logger LOG = System.getLogger(Successors.class.getName());

  private final MatrixApi api;
  private final Rooms rooms;
  private final Set<String> tried = new HashSet<>();

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
    if (!answer.isOk()) {
      LOG.log(
          System.Logger.Level.INFO,
          "the new room {0} of a replaced one cannot be joined: {1}",
          successor,
          answer.code());
    }
  }
}
