package dev.belfry.matrix.room;

import dev.belfry.api.Capabilities.Setting;
import dev.belfry.api.Capabilities.State;
import dev.belfry.api.Level;
import dev.belfry.model.ChatType;
import dev.belfry.network.ChatUpdate;
import org.jspecify.annotations.Nullable;

/**
 * What several pieces of a room's state make of its chat together.
 *
 * @param settings what can be changed of it, if no bridge says so
 */
record ChatShape(
    ChatType type,
    @Nullable String title,
    String network,
    boolean readOnly,
    @Nullable String sendRefusal,
    State settings) {

  static final String MATRIX = "Matrix";

  /**
   * @param direct whether the owner keeps the room as a direct chat
   */
  static ChatShape of(Room room, String me, boolean direct) {
    String bridge = room.bridge;
    String refusal = refusal(room, me);
    return new ChatShape(
        type(room, direct),
        room.name != null ? room.name : room.alias,
        bridge == null ? MATRIX : bridge,
        refusal != null,
        refusal,
        settings(room, me));
  }

  /** Matrix itself has no timer. */
  private static State settings(Room room, String me) {
    return new State(
        setting(room, me, "m.room.name"),
        setting(room, me, "m.room.topic"),
        setting(room, me, "m.room.avatar"),
        new Setting(Level.UNSUPPORTED));
  }

  private static Setting setting(Room room, String me, String type) {
    boolean may = room.membership == Membership.JOINED && room.mayChange(me, type);
    return new Setting(may ? Level.FULL : Level.REJECTED);
  }

  void into(ChatUpdate.Builder update) {
    update.type(type).title(title).network(network).readOnly(readOnly).sendRefusal(sendRefusal);
  }

  private static ChatType type(Room room, boolean direct) {
    String bridged = room.bridgeType;
    if (bridged != null) {
      return bridged.equals("dm") ? ChatType.SINGLE : ChatType.GROUP;
    }
    boolean pair = direct || (room.membership == Membership.INVITED && room.directInvite);
    return pair && people(room) <= 2 ? ChatType.SINGLE : ChatType.GROUP;
  }

  /** How many people are in it or invited, bots left out; nought when that is not known. */
  private static int people(Room room) {
    Integer joined = room.joined;
    Integer invited = room.invited;
    int all = (joined == null ? 0 : joined) + (invited == null ? 0 : invited);
    int bots = room.serviceMembers.size();
    for (String bot : room.bridgeBots) {
      bots += room.serviceMembers.contains(bot) ? 0 : 1;
    }
    return all - bots;
  }

  private static @Nullable String refusal(Room room, String me) {
    String successor = room.successor;
    if (room.membership == Membership.INVITED) {
      return "You are invited to this room and have not accepted. Accept the invitation in another Matrix client to write here.";
    }
    if (room.membership == Membership.LEFT) {
      return "You are no longer a member of this room.";
    }
    if (successor != null) {
      return successor.isEmpty()
          ? "This room was closed; the conversation does not go on here."
          : "This room was replaced; the conversation goes on in " + successor + ".";
    }
    if (!room.whole) {
      return "The homeserver has not yet said how this room is set up, so nothing can be sent to it now.";
    }
    if (room.foreignEncryption) {
      return "This room is encrypted in a way that is not known here, so nothing can be sent to it.";
    }
    return room.mayWrite(me) ? null : "You do not have permission to write in this room.";
  }
}
