package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.Membership;
import dev.belfry.matrix.room.Move;
import dev.belfry.matrix.room.Room;
import dev.belfry.matrix.room.Rooms;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows rooms to where they were moved. Only a move that happens while this device is in use is
 * followed: of older ones the owner may have decided otherwise long ago. What is still to be joined
 * is kept with the room that was replaced.
 */
final class Successors {
  private static final System.Logger LOG = System.getLogger(Successors.class.getName());

  private final MatrixApi api;
  private final Rooms rooms;
  private final Retries retries;

  Successors(MatrixApi api, Rooms rooms, InstantSource clock) {
    this.api = api;
    this.rooms = rooms;
    this.retries = new Retries(clock);
  }

  /** Whether there is a room to follow now. */
  boolean isDue() {
    return rooms.all().stream().anyMatch(this::isDue);
  }

  /** One that takes only who is invited is tried again once it invites, which is often later. */
  private boolean isDue(Room room) {
    Move move = room.move();
    String successor = room.successor();
    if (move == null || successor == null) {
      return false;
    }
    Membership there = membership(successor);
    return (!move.refused() || there != null) && retries.isDue(attempt(successor, there));
  }

  private @Nullable Membership membership(String successor) {
    Room room = rooms.find(successor);
    return room == null || room.membership() == Membership.LEFT ? null : room.membership();
  }

  private static String attempt(String successor, @Nullable Membership there) {
    return successor + " " + there;
  }

  /** Joins the rooms whose turn it is. */
  void follow() throws IOException, InterruptedException {
    for (Room room : rooms.all()) {
      Move move = room.move();
      String successor = room.successor();
      if (move != null && successor != null && isDue(room)) {
        follow(room, successor, move);
      }
    }
  }

  private void follow(Room room, String successor, Move move)
      throws IOException, InterruptedException {
    Membership there = membership(successor);
    if (there == Membership.JOINED) {
      rooms.moved(room, null);
      return;
    }
    retries.failed(attempt(successor, there)); // until the homeserver has said otherwise
    Map<String, String> via = move.via().isEmpty() ? Map.of() : Map.of("via", move.via());
    Answer answer =
        MatrixApi.patiently(() -> api.post(Json.of(Map.of()), List.of("join", successor), via));
    if (answer.isOk()) {
      rooms.moved(room, null);
      retries.done(attempt(successor, there));
      return;
    }
    if (!answer.isPassing() && answer.status() != 401) {
      rooms.moved(room, move.asRefused());
    }
    LOG.log(
        System.Logger.Level.INFO,
        "the new room {0} of a replaced one cannot be joined: {1}",
        successor,
        answer.message());
  }
}
