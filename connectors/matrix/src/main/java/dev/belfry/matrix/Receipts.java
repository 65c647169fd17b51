package dev.belfry.matrix;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.Times;
import dev.belfry.model.UserId;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ReadByOther;
import dev.belfry.network.NetworkEvent.ReadElsewhere;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Read receipts ({@code m.receipt}). Those of threads are left aside: what is read there says
 * nothing of the room's timeline.
 */
final class Receipts {
  private Receipts() {}

  static void read(String room, Json content, String me, List<NetworkEvent> to) {
    for (String event : content.names()) {
      if (event.isBlank()) {
        continue;
      }
      for (String kind : content.at(event).names()) {
        boolean hidden = kind.equals("m.read.private");
        if (!hidden && !kind.equals("m.read")) {
          continue;
        }
        Json readers = content.at(event, kind);
        for (String reader : readers.names()) {
          if (reader.isBlank() || !isOfTimeline(readers.at(reader).text("thread_id"))) {
            continue;
          }
          if (reader.equals(me)) {
            to.add(new ReadElsewhere(room, ReadElsewhere.Source.RECEIPT, event));
          } else if (!hidden) {
            long at = readers.at(reader).number("ts", 0);
            to.add(new ReadByOther(room, new UserId(reader), event, Times.of(at)));
          }
        }
      }
    }
  }

  private static boolean isOfTimeline(@Nullable String thread) {
    return thread == null || thread.equals("main");
  }
}
