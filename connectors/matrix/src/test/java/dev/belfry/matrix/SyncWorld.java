package dev.belfry.matrix;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.RoomSettings;
import dev.belfry.matrix.room.Rooms;
import dev.belfry.matrix.sync.SyncReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads sync answers as a client does, without one. Opening it again on a folder is a restart. */
final class SyncWorld implements SyncReader.Surroundings {
  static final Instant NOW = Instant.parse("2025-07-01T12:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);

  final FakeLink link = new FakeLink(URI.create("http://127.0.0.1:1"));
  final Rooms rooms;
  final RoomSettings settings;
  final List<String> met = new ArrayList<>();
  @Nullable List<Json> lostState = List.of();

  SyncWorld(Path folder) throws IOException {
    rooms = Rooms.open(folder);
    settings = RoomSettings.open(folder);
  }

  /** What one answer makes. */
  Heard read(String json, boolean initial) throws IOException, InterruptedException {
    Heard heard = new Heard();
    LinkDecrypter decrypter = new LinkDecrypter(link, CLOCK);
    new SyncReader(FakeLink.ME, rooms, settings, heard, decrypter, this, CLOCK).read(json, initial);
    return heard;
  }

  static String rich() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SyncWorld.class.getResourceAsStream("rich-sync.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** An answer in which one joined room has the given parts. */
  static String joined(String room, String parts) {
    return "{\"rooms\":{\"join\":{\"%s\":{%s}}}}".formatted(room, parts);
  }

  /** The timeline part of a room. */
  static String timeline(boolean limited, String... events) {
    return "\"timeline\":{\"limited\":%s,\"prev_batch\":\"p1\",\"events\":[%s]}"
        .formatted(limited, String.join(",", events));
  }

  static String stateOf(String... events) {
    return "\"state\":{\"events\":[%s]}".formatted(String.join(",", events));
  }

  @Override
  public @Nullable List<Json> state(String room) {
    return lostState;
  }

  @Override
  public void met(String room, List<String> users) {
    met.addAll(users);
  }
}
