package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which thread an event stands in. That never changes, so it is asked once. */
final class Threads {
  private static final int REMEMBERED = 1000;

  private final MatrixApi api;
  private final Map<String, Optional<String>> roots =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<String>> eldest) {
          return size() > REMEMBERED;
        }
      };

  Threads(MatrixApi api) {
    this.api = api;
  }

  /**
   * The first event of the thread that an event stands in; empty where it stands in none, also
   * where it is not to be had.
   *
   * @throws IOException when that cannot be told now
   */
  Optional<String> root(String room, String event) throws IOException, InterruptedException {
    String name = room + " " + event;
    synchronized (roots) {
      Optional<String> known = roots.get(name);
      if (known != null) {
        return known;
      }
    }
    Answer answer = MatrixApi.patiently(() -> api.get("rooms", room, "event", event));
    if (answer.isPassing()) {
      throw new IOException("the homeserver does not say now what is answered");
    }
    Json relates = answer.body().at("content", "m.relates_to");
    String thread = "m.thread".equals(relates.text("rel_type")) ? relates.words("event_id") : null;
    Optional<String> root = Optional.ofNullable(thread);
    if (answer.isOk()) {
      synchronized (roots) {
        roots.put(name, root);
      }
    }
    return root;
  }
}
