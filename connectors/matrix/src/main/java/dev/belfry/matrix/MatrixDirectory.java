package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.People;
import dev.belfry.matrix.room.RoomSettings;
import dev.belfry.model.User;
import dev.belfry.network.Directory;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The homeserver's directory of people, and new rooms. */
final class MatrixDirectory implements Directory {
  private static final System.Logger LOG = System.getLogger(MatrixDirectory.class.getName());
  private static final int FOUND_AT_MOST = 20;

  private final MatrixApi api;
  private final String me;
  private final RoomSettings settings;

  MatrixDirectory(MatrixApi api, String me, RoomSettings settings) {
    this.api = api;
    this.me = me;
    this.settings = settings;
  }

  @Override
  public List<User> search(String query) throws IOException, InterruptedException {
    Answer answer =
        api.post(
            Json.of(Map.of("search_term", query, "limit", FOUND_AT_MOST)),
            List.of("user_directory", "search"),
            Map.of());
    if (!answer.isOk()) {
      throw new IOException(answer.message());
    }
    List<User> found = new ArrayList<>();
    for (Json person : answer.body().at("results").items()) {
      String id = person.words("user_id");
      if (id != null && !id.equals(me)) {
        found.add(People.user(id, person.with("displayname", person.at("display_name")), me));
      }
    }
    return found;
  }

  /**
   * By a full Matrix id, or by a name on the own homeserver. Numbers and addresses name nobody
   * without an identity server.
   */
  @Override
  public Optional<User> resolve(Identifier identifier) throws IOException, InterruptedException {
    return switch (identifier) {
      case Identifier.Id(var id) -> profile(id);
      case Identifier.Username(var name) ->
          name.matches("@?[a-z0-9._=/+-]+")
              ? profile("@" + name.replaceFirst("^@", "") + me.substring(me.indexOf(':')))
              : name.startsWith("@") ? profile(name) : Optional.empty();
      case Identifier.Phone _, Identifier.Email _ -> Optional.empty();
    };
  }

  private Optional<User> profile(String id) throws IOException, InterruptedException {
    if (!id.matches("@[^:\\s]+:\\S+")) {
      return Optional.empty();
    }
    Answer answer = api.get("profile", id);
    return answer.isOk() ? Optional.of(People.user(id, answer.body(), me)) : Optional.empty();
  }

  @Override
  public Opened open(NewChat chat) throws IOException, RefusedException, InterruptedException {
    if (!chat.allowInvite()) {
      throw new RefusedException(
          "On Matrix a chat is opened by an invitation, and allowInvite is false");
    }
    Map<String, Object> room = new LinkedHashMap<>();
    room.put("preset", chat.direct() ? "trusted_private_chat" : "private_chat");
    room.put("is_direct", chat.direct());
    room.put("invite", chat.people());
    if (chat.title() != null) {
      room.put("name", chat.title());
    }
    Answer answer = api.post(Json.of(room), List.of("createRoom"), Map.of());
    String key = answer.body().words("room_id");
    if (!answer.isOk() || key == null) {
      if (answer.isPassing()) {
        throw new IOException(answer.message());
      }
      throw new RefusedException("The homeserver made no room: " + answer.message());
    }
    if (chat.direct()) {
      settings.openedDirect(key);
      try {
        noteDirect(chat.people().getFirst(), key);
      } catch (IOException e) {
        // the room is there: who tried again would make another one
        LOG.log(Level.WARNING, "a new direct chat could not be noted as one on the homeserver", e);
      }
    }
    return new Opened(key, false);
  }

  /**
   * Tells the owner's other clients that this room is a direct one (specification, Direct
   * messaging).
   */
  private void noteDirect(String person, String room) throws IOException, InterruptedException {
    Answer known = api.get("user", me, "account_data", "m.direct");
    if (!known.isOk() && !known.isNotFound()) {
      return; // better no mark than one that wipes the others out
    }
    List<Object> rooms = new ArrayList<>(known.body().at(person).texts());
    rooms.add(room);
    Json direct = (known.isOk() ? known.body() : Json.of(Map.of())).with(person, Json.of(rooms));
    Answer _ = api.put(direct, "user", me, "account_data", "m.direct");
  }
}
