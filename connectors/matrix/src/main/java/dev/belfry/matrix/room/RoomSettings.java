package dev.belfry.matrix.room;

import dev.belfry.matrix.json.DurableFiles;
import dev.belfry.matrix.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the owner's account data says of rooms: which are direct chats, which are muted. A
 * homeserver tells the whole list each time, so the last one is kept in the account's folder to
 * know what a new one changes. The syncing thread's own, but for {@link #openedDirect}.
 */
public final class RoomSettings {
  private static final String FILE = "settings.json";

  private final Path file;
  private final Set<String> opened = ConcurrentHashMap.newKeySet();
  private Set<String> direct;
  private Set<String> muted;
  private String saved;

  private RoomSettings(Path file, Json kept) {
    this.file = file;
    this.direct = Set.copyOf(kept.at("direct").texts());
    this.muted = Set.copyOf(kept.at("muted").texts());
    this.saved = toString();
  }

  public static RoomSettings open(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      return new RoomSettings(file, Json.parse(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return new RoomSettings(file, Json.NOTHING);
    }
  }

  public boolean isDirect(String room) {
    return direct.contains(room) || opened.contains(room);
  }

  /** A direct chat was made here, of which the account data will tell later than of its room. */
  public void openedDirect(String room) {
    opened.add(room);
  }

  public boolean isMuted(String room) {
    return muted.contains(room);
  }

  /**
   * Takes in {@code m.direct}.
   *
   * @return the rooms that have become direct chats or are such no longer
   */
  public Set<String> direct(Json content) {
    Set<String> now = new HashSet<>();
    for (String person : content.names()) {
      now.addAll(content.at(person).texts());
    }
    Set<String> changed = difference(direct, now);
    direct = now;
    opened.removeAll(now);
    return changed;
  }

  /**
   * Takes in {@code m.push_rules}.
   *
   * @return the rooms that are muted now or are so no longer
   */
  public Set<String> pushRules(Json content) {
    Set<String> now = PushRules.muted(content);
    Set<String> changed = difference(muted, now);
    muted = now;
    return changed;
  }

  private static Set<String> difference(Set<String> one, Set<String> other) {
    Set<String> changed = new HashSet<>(one);
    changed.addAll(other);
    changed.removeIf(room -> one.contains(room) && other.contains(room));
    return changed;
  }

  /** Writes what has changed. */
  public void save() throws IOException {
    String text = toString();
    if (text.equals(saved)) {
      return;
    }
    DurableFiles.replace(file, text);
    saved = text;
  }

  /** JSON text. */
  @Override
  public String toString() {
    List<String> directSorted = direct.stream().sorted().toList();
    List<String> mutedSorted = muted.stream().sorted().toList();
    return Json.of(Map.of("direct", directSorted, "muted", mutedSorted)).toString();
  }
}
