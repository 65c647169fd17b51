package dev.belfry.matrix.sync;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.Times;
import dev.belfry.model.UserId;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ReadByOther;
import dev.belfry.network.NetworkEvent.ReadElsewhere;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Read receipts ({@code m.receipt}). Those of threads are left aside: what is read there says
 * nothing of the room's timeline.
 */
final class Receipts {
  private Receipts() {}

  static void read(String room, Json content, String me, List<NetworkEvent> to) {
    // Of several of the owner's the latest is told last: it is the one that stands.
    NavigableMap<Long, String> own = new TreeMap<>();
    for (String event : content.names()) {
      for (String kind : List.of("m.read", "m.read.private")) {
        Json readers = content.at(event, kind);
        for (String reader : readers.names()) {
          Json receipt = readers.at(reader);
          if (event.isBlank() || reader.isBlank() || !isOfTimeline(receipt.text("thread_id"))) {
            continue;
          }
          long at = receipt.number("ts", 0);
          if (reader.equals(me)) {
            own.put(at, event);
          } else if (kind.equals("m.read")) {
            to.add(new ReadByOther(room, new UserId(reader), event, Times.of(at)));
          }
        }
      }
    }
    own.values().forEach(e -> to.add(new ReadElsewhere(room, ReadElsewhere.Source.RECEIPT, e)));
  }

  private static boolean isOfTimeline(@Nullable String thread) {
    return thread == null || thread.equals("main");
  }
}
