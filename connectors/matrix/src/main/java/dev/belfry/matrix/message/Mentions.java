package dev.belfry.matrix.message;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.Room;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is meant by a message (specification, User and room mentions).
 *
 * @param people user ids and {@code @room}; null where the message is from before mentions were
 *     told apart
 * @param me whether the account's owner is meant
 */
record Mentions(@Nullable List<String> people, boolean me) {
  private static final String ROOM = "@room";

  static Mentions of(
      Json content, String body, @Nullable String html, Room room, String sender, String me) {
    Json told = content.at("m.mentions");
    boolean mayNotifyRoom = room.mayNotifyRoom(sender);
    if (!told.isObject()) {
      boolean all = mayNotifyRoom && body.contains(ROOM);
      boolean pill = html != null && MatrixHtml.pills(html).contains(me);
      return new Mentions(null, !sender.equals(me) && (all || pill));
    }
    Set<String> people = new LinkedHashSet<>();
    for (String user : told.at("user_ids").texts()) {
      if (!user.isBlank()) {
        people.add(user);
      }
    }
    boolean mine = people.contains(me);
    if (told.isTrue("room")) {
      people.add(ROOM);
      mine = mine || mayNotifyRoom;
    }
    return new Mentions(new ArrayList<>(people), mine && !sender.equals(me));
  }
}
