package dev.belfry.matrix.sync;

import dev.belfry.matrix.json.JsonStream;
import dev.belfry.matrix.room.Membership;
import dev.belfry.matrix.room.Room;
import dev.belfry.matrix.room.RoomChanges;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent.ChatChanged;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/**
 * Invitations: chats that can be seen and not yet written to. All that is known of such a room is
 * its stripped state.
 */
final class Invitations {
  private final String me;
  private final Batches to;
  private final InstantSource clock;

  Invitations(String me, Batches to, InstantSource clock) {
    this.me = me;
    this.to = to;
    this.clock = clock;
  }

  void read(Room room, boolean known, JsonStream in) throws IOException, InterruptedException {
    RoomChanges changes = new RoomChanges(room, me, known, false);
    room.membership(Membership.INVITED);
    in.object(part -> {
      if (part.equals("invite_state")) {
        in.object(name -> {
          if (name.equals("events")) {
            in.list(event -> Items.guard(room.id(), event, () -> changes.read(event)));
          }
        });
      }
    });
    to.add(changes.events(false));
    if (!known && !room.isSpace()) {
      // Stripped state bears no times: the invitation counts as of now.
      ChatUpdate update = ChatUpdate.builder().createdAt(clock.instant()).build();
      to.add(List.of(new ChatChanged(room.id(), update)));
    }
  }
}
