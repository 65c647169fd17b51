package dev.belfry.matrix.sync;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.Room;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ChatChanged;
import dev.belfry.network.NetworkEvent.MarkedUnreadElsewhere;
import dev.belfry.network.NetworkEvent.ReadElsewhere;
import java.util.List;

/** The owner's own settings of one room. */
final class RoomAccountData {
  private RoomAccountData() {}

  static void read(Room room, Json event, List<NetworkEvent> to) {
    Json content = event.at("content");
    String type = event.text("type");
    switch (type == null ? "" : type) {
      case "m.fully_read" -> {
        String upTo = content.words("event_id");
        if (upTo != null) {
          to.add(new ReadElsewhere(room.id(), ReadElsewhere.Source.MARKER, upTo));
        }
      }
      case "m.marked_unread" -> markedUnread(room, false, content, to);
      case "com.famedly.marked_unread" -> markedUnread(room, true, content, to);
      case "m.tag" -> {
        Json tags = content.at("tags");
        ChatUpdate update =
            ChatUpdate.builder()
                .pinned(tags.has("m.favourite"))
                .lowPriority(tags.has("m.lowpriority"))
                .build();
        to.add(new ChatChanged(room.id(), update));
      }
      default -> {}
    }
  }

  /**
   * What a device's first sync does not mention is not set, whatever an earlier device of the
   * account has heard.
   *
   * @param all everything that it mentions of the room
   */
  static void absent(Room room, List<Json> all, List<NetworkEvent> to) {
    if (all.stream().noneMatch(event -> "m.tag".equals(event.text("type")))) {
      ChatUpdate update = ChatUpdate.builder().pinned(false).lowPriority(false).build();
      to.add(new ChatChanged(room.id(), update));
    }
    if (!room.markedUnread(false) && !room.markedUnread(true)) {
      to.add(new MarkedUnreadElsewhere(room.id(), false));
    }
  }

  private static void markedUnread(Room room, boolean oldWay, Json content, List<NetworkEvent> to) {
    boolean now = content.isTrue("unread");
    boolean before = room.markedUnread(oldWay);
    room.markedUnread(oldWay, now);
    // Clients that write both spellings say each thing twice; one that clears what never was set
    // here says nothing new.
    if (now || before) {
      to.add(new MarkedUnreadElsewhere(room.id(), now));
    }
  }
}
