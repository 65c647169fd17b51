package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.http.Refusals;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.media.PictureType;
import dev.belfry.matrix.media.Uploads;
import dev.belfry.network.Action.SetAvatar;
import dev.belfry.network.Action.SetDescription;
import dev.belfry.network.Action.SetFlag;
import dev.belfry.network.Action.SetMessageExpiry;
import dev.belfry.network.Action.SetTitle;
import dev.belfry.network.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a room is called and sorted into, and who is writing in it. */
final class Shaping {
  /** How long a homeserver shows somebody as writing (specification, Typing notifications). */
  private static final int TYPING_MILLIS = 30_000;

  private static final String TIMER = "com.beeper.disappearing_timer";

  private final MatrixApi api;
  private final String me;
  private final Uploads uploads;

  Shaping(MatrixApi api, String me, Uploads uploads) {
    this.api = api;
    this.me = me;
    this.uploads = uploads;
  }

  Outcome flag(SetFlag set) throws IOException, InterruptedException {
    return switch (set.flag()) {
      case PINNED -> tag(set, "m.favourite");
      case LOW_PRIORITY -> tag(set, "m.lowpriority");
      case MUTED -> mute(set);
      // Matrix knows no archive: no tag and no setting that other clients would heed.
      case ARCHIVED -> new Outcome.Unsupported();
    };
  }

  private Outcome tag(SetFlag set, String tag) throws IOException, InterruptedException {
    String[] path = {"user", me, "rooms", set.chatKey(), "tags", tag};
    return outcome(set.on() ? api.put(Json.of(Map.of()), path) : api.delete(path));
  }

  /** A rule that overrides all others, as clients silence a room (specification, Push rules). */
  private Outcome mute(SetFlag set) throws IOException, InterruptedException {
    String[] path = {"pushrules", "global", "override", set.chatKey()};
    if (set.on()) {
      return outcome(
          api.put(
              Json.of(
                  Map.of(
                      "actions",
                      List.of(),
                      "conditions",
                      List.of(
                          Map.of(
                              "kind", "event_match", "key", "room_id", "pattern", set.chatKey())))),
              path));
    }
    Answer overriding = api.delete(path);
    if (!overriding.isOk() && !overriding.isNotFound()) {
      return Refusals.of(overriding);
    }
    Answer own = api.delete("pushrules", "global", "room", set.chatKey());
    return own.isNotFound() ? new Outcome.Done("") : outcome(own);
  }

  Outcome title(SetTitle set) throws IOException, InterruptedException {
    String title = set.title();
    return state(set.chatKey(), "m.room.name", Map.of("name", title == null ? "" : title));
  }

  Outcome description(SetDescription set) throws IOException, InterruptedException {
    String topic = set.description();
    return state(set.chatKey(), "m.room.topic", Map.of("topic", topic == null ? "" : topic));
  }

  /** Sets the room's picture, which all may see: also in an encrypted room it lies in clear. */
  Outcome avatar(SetAvatar set) throws IOException, InterruptedException {
    Path file = set.file();
    if (file == null) {
      return state(set.chatKey(), "m.room.avatar", Map.of());
    }
    if (!Files.isReadable(file)) {
      return new Outcome.Rejected("no_file", "The picture is no longer here.", false);
    }
    String type = PictureType.of(file);
    if (type == null) {
      return new Outcome.Rejected(
          "no_picture", "The file is no picture; take a PNG, JPEG, GIF or WebP.", false);
    }
    String transaction = "avatar " + file + " " + Files.getLastModifiedTime(file);
    return switch (uploads.bring(transaction, file, type, null, false)) {
      case Uploads.Result.Failed(var outcome) -> outcome;
      case Uploads.Result.Brought(var named) ->
          state(
              set.chatKey(),
              "m.room.avatar",
              Map.of(
                  "url",
                  String.valueOf(named.text("url")),
                  "info",
                  Map.of("mimetype", type, "size", Files.size(file))));
    };
  }

  /**
   * Sets the timer, which Matrix itself does not have: only where a bridge says in the room's
   * features that it does ({@code com.beeper.room_features}).
   */
  Outcome expiry(SetMessageExpiry set) throws IOException, InterruptedException {
    Answer features = api.get("rooms", set.chatKey(), "state", "com.beeper.room_features");
    if (!features.isOk() && !features.isNotFound()) {
      return Refusals.of(features);
    }
    List<String> types = features.body().at("disappearing_timer", "types").texts();
    if (!features.isOk() || types.isEmpty()) {
      return new Outcome.Rejected(
          "unsupported", "Messages cannot disappear in this room: Matrix has no timer.", false);
    }
    Integer seconds = set.seconds();
    return state(
        set.chatKey(),
        TIMER,
        seconds == null || seconds <= 0
            ? Map.of()
            : Map.of("type", types.getFirst(), "timer", seconds * 1000L));
  }

  private Outcome state(String room, String type, Map<String, ?> content)
      throws IOException, InterruptedException {
    return outcome(api.put(Json.of(content), "rooms", room, "state", type));
  }

  void typing(String room, boolean typing) throws IOException, InterruptedException {
    Json content =
        Json.of(
            typing ? Map.of("typing", true, "timeout", TYPING_MILLIS) : Map.of("typing", false));
    Answer answer = api.put(content, "rooms", room, "typing", me);
    if (!answer.isOk()) {
      throw new IOException(answer.message());
    }
  }

  private static Outcome outcome(Answer answer) {
    return answer.isOk() ? new Outcome.Done("") : Refusals.of(answer);
  }
}
