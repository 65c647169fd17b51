package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.People;
import dev.belfry.matrix.room.Room;
import dev.belfry.matrix.room.Rooms;
import dev.belfry.model.Participant;
import dev.belfry.model.User;
import dev.belfry.network.Events;
import dev.belfry.network.NetworkEvent.MembersChanged;
import dev.belfry.network.NetworkEvent.PeopleChanged;
import dev.belfry.network.NetworkEvent.SelfChanged;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Profiles: the owner's, and those of bridged people, in which bridges say who they are on their
 * own network.
 */
final class Profiles {
  /**
   * Beyond this many a run asks no more: it is a courtesy, not worth a burden on the homeserver.
   */
  private static final int MOST = 2000;

  private final MatrixApi api;
  private final String me;
  private final Rooms rooms;
  private final Set<String> asked = new HashSet<>();

  Profiles(MatrixApi api, String me, Rooms rooms) {
    this.api = api;
    this.me = me;
    this.rooms = rooms;
  }

  /** The owner, by the present profile; null when it is not to be had. */
  static @Nullable User self(MatrixApi api, String me) throws IOException, InterruptedException {
    Answer answer = api.get("profile", me);
    return answer.isOk() ? People.user(me, answer.body(), me).asProfiled() : null;
  }

  void tellSelf(Events to) throws IOException, InterruptedException {
    User self = self(api, me);
    if (self != null) {
      to.accept(List.of(new SelfChanged(self)));
    }
  }

  /** Looks a bridged member up, once, and tells what the bridge says of them. */
  void look(String roomId, String user, Events to) throws IOException, InterruptedException {
    if (asked.size() >= MOST || !asked.add(user)) {
      return;
    }
    Answer answer = MatrixApi.patiently(() -> api.get("profile", user));
    Json profile = answer.body();
    if (!answer.isOk() || profile.names().stream().noneMatch(n -> n.startsWith("com.beeper."))) {
      return;
    }
    Room room = rooms.orUnknown(roomId);
    Participant member = People.member(room, user, profile, me);
    to.accept(
        List.of(
            member.isNetworkBot()
                ? new MembersChanged(roomId, List.of(member), List.of(), false, room.joined())
                : new PeopleChanged(List.of(member.user()))));
  }
}
