package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.json.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the whole state of rooms that came without it. A room that cannot be had is asked for
 * again later, so that it does not hold up the others.
 */
final class LostStates {
  private static final System.Logger LOG = System.getLogger(LostStates.class.getName());

  /** The name that no room has: the homeserver itself is in trouble. */
  private static final String HOMESERVER = "";

  private final MatrixApi api;
  private final Retries retries;

  LostStates(MatrixApi api, InstantSource clock) {
    this.api = api;
    this.retries = new Retries(clock);
  }

  /** The state events of a room; null while they cannot be had. */
  @Nullable List<Json> of(String room) throws InterruptedException {
    if (!retries.isDue(room) || !retries.isDue(HOMESERVER)) {
      return null;
    }
    try {
      Answer answer = MatrixApi.patiently(() -> api.get("rooms", room, "state"));
      if (answer.isOk() && answer.body().isList()) {
        retries.done(room);
        retries.done(HOMESERVER);
        return answer.body().items();
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "the state of {0} cannot be had: {1}",
          room,
          answer.message());
    } catch (IOException e) {
      retries.failed(HOMESERVER);
      LOG.log(
          System.Logger.Level.WARNING, "the state of {0} cannot be had: {1}", room, e.toString());
    }
    retries.failed(room);
    return null;
  }
}
