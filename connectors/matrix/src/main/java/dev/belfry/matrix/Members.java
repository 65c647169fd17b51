package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.People;
import dev.belfry.matrix.room.Room;
import dev.belfry.model.Participant;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.MembersChanged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whole lists of members. A sync names only those who wrote lately; the rest is fetched once a run
 * with a room's first page of history, so that people can be found by the rooms they are in. Huge
 * rooms are left as they are.
 */
final class Members {
  private static final int HUGE = 1000;
  private static final int ROOMS_KEPT = 500;

  private final MatrixApi api;
  private final String me;

  /** Present members by room; of the rooms asked for least lately, forgotten. */
  private final Map<String, Set<String>> present =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
          return size() > ROOMS_KEPT;
        }
      };

  Members(MatrixApi api, String me) {
    this.api = api;
    this.me = me;
  }

  /** All members of a room, the first time that it is asked for; then nothing. */
  List<NetworkEvent> once(Room room) throws IOException, InterruptedException {
    Integer joined = room.joined();
    synchronized (present) {
      if (joined == null || joined > HUGE || present.get(room.id()) != null) {
        return List.of();
      }
    }
    Answer answer =
        MatrixApi.patiently(() ->
            api.get(List.of("rooms", room.id(), "members"), Map.of("not_membership", "leave")));
    if (!answer.isOk() || !answer.body().at("chunk").isList()) {
      return List.of();
    }
    List<Participant> all = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int now = 0;
    for (Json event : answer.body().at("chunk").items()) {
      String id = event.words("state_key");
      String membership = event.at("content").text("membership");
      boolean in = "join".equals(membership);
      if (id != null && (in || "invite".equals(membership)) && ids.add(id)) {
        all.add(People.member(room, id, event.at("content"), me));
        now += in ? 1 : 0;
      }
    }
    synchronized (present) {
      present.put(room.id(), ids);
    }
    return List.of(new MembersChanged(room.id(), all, List.of(), true, now));
  }

  boolean isPresent(String room, String user) {
    synchronized (present) {
      Set<String> ids = present.get(room);
      return ids != null && ids.contains(user);
    }
  }
}
