package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.message.TimelineMapping;
import dev.belfry.matrix.room.People;
import dev.belfry.matrix.room.Room;
import dev.belfry.matrix.room.Rooms;
import dev.belfry.model.User;
import dev.belfry.network.HistoryPage;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.PeopleChanged;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fetches a room's past ({@code GET /rooms/{roomId}/messages}). */
final class History {
  private static final System.Logger LOG = System.getLogger(History.class.getName());
  private static final int MOST = 1000;

  private final MatrixLink link;
  private final MatrixApi api;
  private final Rooms rooms;
  private final PendingKeys pending;
  private final Members members;
  private final InstantSource clock;

  History(
      MatrixLink link,
      MatrixApi api,
      Rooms rooms,
      PendingKeys pending,
      Members members,
      InstantSource clock) {
    this.link = link;
    this.api = api;
    this.rooms = rooms;
    this.pending = pending;
    this.members = members;
    this.clock = clock;
  }

  HistoryPage page(String roomId, String token, int limit)
      throws IOException, InterruptedException {
    Room room = rooms.orUnknown(roomId);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("dir", "b");
    query.put("from", token);
    query.put("limit", String.valueOf(Math.clamp(limit, 1, MOST)));
    query.put("filter", "{\"lazy_load_members\":true}");
    Answer answer = MatrixApi.patiently(() -> api.get(List.of("rooms", roomId, "messages"), query));
    if (!answer.isOk()) {
      return refused(roomId, answer);
    }
    if (!answer.body().at("chunk").isList()) {
      throw new IOException("the homeserver's answer is no page of history");
    }
    List<NetworkEvent> events = new ArrayList<>(members.once(room));
    names(roomId, answer.body().at("state").items(), events);
    List<Json> oldestFirst = answer.body().at("chunk").items().reversed();
    LinkDecrypter decrypter = new LinkDecrypter(link, clock);
    new TimelineMapping(room, link.userId(), decrypter).map(oldestFirst, events);
    pending.add(decrypter.missed());
    return new HistoryPage(events, next(answer.body(), token, oldestFirst));
  }

  private static @Nullable String next(Json body, String token, List<Json> chunk) {
    String end = body.words("end");
    boolean first = chunk.stream().anyMatch(e -> "m.room.create".equals(e.text("type")));
    return end == null || end.equals(token) || first ? null : end;
  }

  /** Where we may not look, or the token is not known any more, the past that we can have ends. */
  private static HistoryPage refused(String roomId, Answer answer) throws IOException {
    if (answer.isPassing() || answer.status() == 401) {
      throw new IOException("the homeserver gives no history now: " + answer.status());
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "the history of {0} ends here, as the homeserver refuses it: {1}",
        roomId,
        answer.code());
    return new HistoryPage(List.of(), null);
  }

  /** Names of people who wrote then. Of present members the present name is known already. */
  private void names(String roomId, List<Json> state, List<NetworkEvent> to) {
    List<User> people = new ArrayList<>();
    for (Json event : state) {
      String id = event.words("state_key");
      if ("m.room.member".equals(event.text("type"))
          && id != null
          && !members.isPresent(roomId, id)) {
        people.add(People.user(id, event.at("content"), link.userId()));
      }
    }
    if (!people.isEmpty()) {
      to.add(new PeopleChanged(people));
    }
  }
}
