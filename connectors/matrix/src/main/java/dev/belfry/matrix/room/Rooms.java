package dev.belfry.matrix.room;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.json.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of an account, kept in a file of lines in its private folder: each line a room as it
 * stood, the last line of a room is true. Lines are added after the hub has stored what they led
 * to, so a crash between makes the same events again and loses none.
 */
public final class Rooms {
  private static final String FILE = "rooms.jsonl";
  private static final int SPARE_LINES = 1000;

  private final JsonLines file;
  private final Map<String, Room> rooms = new ConcurrentHashMap<>();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private final Map<String, String> written = new HashMap<>();

  private Rooms(JsonLines file) {
    this.file = file;
  }

  /** The rooms that the folder holds; none if it holds no such file. */
  public static Rooms open(Path folder) throws IOException {
    Rooms rooms = new Rooms(new JsonLines(folder.resolve(FILE)));
    for (Json line : rooms.file.read()) {
      rooms.take(line);
    }
    return rooms;
  }

  private void take(Json line) {
    String id = line.words("id");
    if (id == null) {
      return;
    }
    if (line.isTrue("gone")) {
      rooms.remove(id);
      written.remove(id);
    } else {
      rooms.put(id, Room.fromJson(id, line));
      written.put(id, line.toString());
    }
  }

  public @Nullable Room find(String id) {
    return rooms.get(id);
  }

  public Room findOrMake(String id) {
    return rooms.computeIfAbsent(id, Room::new);
  }

  /** A room to read by, also when none is known: that one is not kept. */
  public Room orUnknown(String id) {
    Room room = rooms.get(id);
    return room == null ? new Room(id) : room;
  }

  public void forget(String id) {
    rooms.remove(id);
  }

  public Collection<Room> all() {
    return rooms.values();
  }

  /** Notes whether a room is still to be followed; it is written with what is saved next. */
  public void moved(Room room, @Nullable Move now) {
    room.move = now;
    changed.add(room.id());
  }

  /** Writes what has changed of some rooms. */
  public void save(Collection<String> touched) throws IOException {
    List<String> fresh = new ArrayList<>();
    Set<String> all = new HashSet<>(touched);
    changed.removeIf(id -> {
      all.add(id);
      return true;
    });
    for (String id : all) {
      Room room = rooms.get(id);
      if (room == null) {
        if (written.remove(id) != null) {
          fresh.add(Json.of(Map.of("id", id, "gone", true)).toString());
        }
        continue;
      }
      String line = room.toJson().toString();
      if (!line.equals(written.put(id, line))) {
        fresh.add(line);
      }
    }
    if (file.lines() + fresh.size() > 2 * written.size() + SPARE_LINES) {
      file.rewrite(written.values());
    } else {
      file.append(fresh);
    }
  }
}
