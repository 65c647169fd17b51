package dev.belfry.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.matrix.json.Json;
import dev.belfry.network.NetworkEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody puts into their events, nobody else's are lost. */
@Tag("unit")
class MalformedSyncTest {
  private static final int PARTS = 8;
  private static final int ROUNDS = 2000 / PARTS;
  private static final String RICH = "!rich:example.org";
  private static final String CONTROL = "!control:example.org";

  private static final List<String> WRONG =
      List.of(
          "null",
          "true",
          "42",
          "-1",
          "1e300",
          "99999999999999999999999999",
          "\"\"",
          "\"  \"",
          "\"x\"",
          "\"\\u0000\\ud800\"",
          "[]",
          "{}",
          "[[[]]]",
          "{\"\":{\"\":[]}}",
          "[".repeat(500) + "]".repeat(500));

  private Random random = new Random(20_250_701);
  private int countdown;

  @RepeatedTest(PARTS)
  void wrongValuesAnywhereCostNobodyElseAnything(RepetitionInfo part, @TempDir Path folder)
      throws Exception {
    random = new Random(part.getCurrentRepetition());
    Json rich = Json.parse(SyncWorld.rich());
    List<NetworkEvent> expected = control(folder, 0, rich.toString());
    assertFalse(expected.isEmpty());
    for (int round = 1; round <= ROUNDS; round++) {
      Json spoilt = rich;
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        spoilt = spoilt(spoilt);
      }
      String text = spoilt.toString();
      assertEquals(expected, control(folder, round, text), text);
    }
  }

  @Test
  void oneSpoiltEventCostsItsRoomNoOther(@TempDir Path folder) throws Exception {
    Json rich = Json.parse(SyncWorld.rich());
    Json timeline = rich.at("rooms", "join", RICH, "timeline");
    for (int round = 0; round < ROUNDS; round++) {
      List<Json> events = new ArrayList<>(timeline.at("events").items());
      int spoilt = random.nextInt(events.size());
      String gone = events.get(spoilt).text("event_id");
      events.set(spoilt, replaced(events.get(spoilt)));
      String text =
          SyncWorld.joined(RICH, "\"timeline\":" + timeline.with("events", Json.of(events)));
      Path own = Files.createDirectory(folder.resolve("r" + round));
      Set<String> keys = new HashSet<>();
      for (NetworkEvent event : new SyncWorld(own).read(text, true).all()) {
        if (event instanceof NetworkEvent.Timeline it) {
          keys.add(it.key());
        }
      }
      for (Json event : timeline.at("events").items()) {
        String key = event.text("event_id");
        assertTrue(keys.contains(key) || String.valueOf(key).equals(gone), key + " of " + text);
      }
    }
  }

  private static List<NetworkEvent> control(Path folder, int round, String text) throws Exception {
    Path own = Files.createDirectory(folder.resolve("r" + round));
    SyncWorld world = new SyncWorld(own);
    Heard first = world.read(text, true);
    if (round % 10 == 0) {
      // What was kept of it must be readable too, and so must the same answer again.
      new SyncWorld(own).read(text, false);
    }
    return first.all().stream().filter(event -> event.chatKey().equals(CONTROL)).toList();
  }

  /** Replaces one value, anywhere but on the way to the control room. */
  private Json spoilt(Json json) {
    String[] places = {"account_data", "join", "invite", "leave"};
    String place = places[random.nextInt(places.length)];
    if (place.equals("account_data")) {
      return json.with(place, replaced(json.at(place)));
    }
    Json rooms = json.at("rooms");
    Json kind = rooms.at(place);
    if (place.equals("join")) {
      return json.with("rooms", rooms.with(place, kind.with(RICH, replaced(kind.at(RICH)))));
    }
    return json.with("rooms", rooms.with(place, replaced(kind)));
  }

  private Json replaced(Json json) {
    countdown = random.nextInt(count(json));
    return Json.of(copy(json));
  }

  private static int count(Json json) {
    int count = 1;
    for (String name : json.names()) {
      count += count(json.at(name));
    }
    for (Json item : json.items()) {
      count += count(item);
    }
    return count;
  }

  private @Nullable Object copy(Json json) {
    if (countdown-- == 0) {
      return Json.parse(WRONG.get(random.nextInt(WRONG.size())));
    }
    if (json.isObject()) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      json.names().forEach(name -> copy.put(name, copy(json.at(name))));
      return copy;
    }
    if (json.isList()) {
      List<@Nullable Object> copy = new ArrayList<>();
      json.items().forEach(item -> copy.add(copy(item)));
      return copy;
    }
    return json;
  }
}
