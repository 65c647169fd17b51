package dev.belfry.matrix;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.json.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The events that wait for their keys, in a file of the account's folder. Only names are kept, not
 * ciphertexts: the homeserver has those for as long as it has the event, and hands out a fresh copy
 * that also tells whether it was taken back meanwhile.
 */
final class PendingKeys {
  private static final String FILE = "pending-keys.jsonl";
  private static final int MOST = 20_000;
  private static final int SPARE_LINES = 1000;

  /**
   * @param session empty when the event names none
   */
  record Pending(String room, String session, String event) {
    private String line(boolean opened) {
      return Json.of(Map.of("room", room, "session", session, "event", event, "opened", opened))
          .toString();
    }
  }

  private final JsonLines file;
  private final Set<Pending> waiting = new LinkedHashSet<>();
  private int next;

  private PendingKeys(JsonLines file) {
    this.file = file;
  }

  static PendingKeys open(Path folder) throws IOException {
    PendingKeys keys = new PendingKeys(new JsonLines(folder.resolve(FILE)));
    for (Json line : keys.file.read()) {
      String room = line.words("room");
      String event = line.words("event");
      String session = line.text("session");
      if (room == null || event == null) {
        continue;
      }
      Pending pending = new Pending(room, session == null ? "" : session, event);
      if (line.isTrue("opened")) {
        keys.waiting.remove(pending);
      } else {
        keys.waiting.add(pending);
      }
    }
    return keys;
  }

  /** Remembers events; of too many, those that wait longest are given up. */
  synchronized void add(Collection<Pending> more) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Pending one : more) {
      if (waiting.add(one)) {
        lines.add(one.line(false));
      }
    }
    while (waiting.size() > MOST) {
      waiting.remove(waiting.iterator().next());
    }
    write(lines);
  }

  synchronized void remove(Collection<Pending> opened) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Pending one : opened) {
      if (waiting.remove(one)) {
        lines.add(one.line(true));
      }
    }
    write(lines);
  }

  private void write(List<String> lines) throws IOException {
    if (file.lines() + lines.size() > 2 * waiting.size() + SPARE_LINES) {
      file.rewrite(waiting.stream().map(one -> one.line(false)).toList());
    } else {
      file.append(lines);
    }
  }

  /** All of them, from the one that waits longest on. */
  synchronized List<Pending> all() {
    return List.copyOf(waiting);
  }

  /** Those that wait for one session's key. */
  synchronized List<Pending> of(String room, String session) {
    return waiting.stream()
        .filter(one -> one.room().equals(room) && one.session().equals(session))
        .toList();
  }

  /**
   * The newest event of each of some sessions: at first of those that came last, and each time of
   * those whose turn is next.
   */
  synchronized List<Pending> turn(int most) {
    Map<String, Pending> newest = new LinkedHashMap<>();
    for (Pending one : new ArrayList<>(waiting).reversed()) {
      newest.putIfAbsent(one.room() + " " + one.session(), one);
    }
    List<Pending> all = List.copyOf(newest.values());
    int from = next < all.size() ? next : 0;
    int to = Math.min(from + most, all.size());
    next = to;
    return all.subList(from, to);
  }
}
