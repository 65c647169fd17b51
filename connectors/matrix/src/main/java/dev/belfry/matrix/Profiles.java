package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.People;
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
  private final Set<String> asked = new HashSet<>();

  Profiles(MatrixApi api, String me) {
    this.api = api;
    this.me = me;
  }

  /** The owner, by the present profile; null when it is not to be had. */
  @Nullable User self() throws IOException, InterruptedException {
    Answer answer = api.get("profile", me);
    return answer.isOk() ? People.user(me, answer.body(), me) : null;
  }

  void tellSelf(Events to) throws IOException, InterruptedException {
    User self = self();
    if (self != null) {
      to.accept(List.of(new SelfChanged(self)));
    }
  }

  /** Looks a bridged member up, once, and tells what the bridge says of them. */
  void look(String room, String user, Events to) throws IOException, InterruptedException {
    if (asked.size() >= MOST || !asked.add(user)) {
      return;
    }
    Answer answer = MatrixApi.patiently(() -> api.get("profile", user));
    Json profile = answer.body();
    if (!answer.isOk() || profile.names().stream().noneMatch(n -> n.startsWith("com.beeper."))) {
      return;
    }
    User person = People.user(user, profile, me);
    if (profile.isTrue("com.beeper.bridge.is_bridge_bot")
        || profile.isTrue("com.beeper.bridge.is_network_bot")) {
      Participant bot = new Participant(person, false, true, false);
      to.accept(List.of(new MembersChanged(room, List.of(bot), List.of(), false, null)));
    } else {
      to.accept(List.of(new PeopleChanged(List.of(person))));
    }
  }
}
