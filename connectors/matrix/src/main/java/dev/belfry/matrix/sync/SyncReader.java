package dev.belfry.matrix.sync;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.json.JsonStream;
import dev.belfry.matrix.message.Decrypter;
import dev.belfry.matrix.room.Membership;
import dev.belfry.matrix.room.Move;
import dev.belfry.matrix.room.Room;
import dev.belfry.matrix.room.RoomChanges;
import dev.belfry.matrix.room.RoomSettings;
import dev.belfry.matrix.room.Rooms;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.Events;
import dev.belfry.network.NetworkEvent.ChatChanged;
import dev.belfry.network.NetworkEvent.ChatGone;
import dev.belfry.network.NetworkEvent.ChatsListed;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer of {@code /sync} as a stream and hands over what it says, room by room. No whole
 * answer is ever held as a tree; a room's timeline is, which a homeserver bounds.
 */
public final class SyncReader {
  private final String me;
  private final Rooms rooms;
  private final RoomSettings settings;
  private final Batches to;
  private final Decrypter decrypter;
  private final Surroundings around;
  private final InstantSource clock;
  private final Set<String> touched = new HashSet<>();

  /** What reading a sync answer leads to elsewhere. */
  public interface Surroundings {
    /**
     * The whole state of a room that came without it; null when it cannot be had, or was asked for
     * in vain just now.
     */
    @Nullable List<Json> state(String room) throws InterruptedException;

    /** Bridged people of whom the bridge may say more in their profiles. */
    void met(String room, List<String> users);
  }

  /**
   * @param me the owner's id
   * @param events where to hand over
   */
  public SyncReader(
      String me,
      Rooms rooms,
      RoomSettings settings,
      Events events,
      Decrypter decrypter,
      Surroundings around,
      InstantSource clock) {
    this.me = me;
    this.rooms = rooms;
    this.settings = settings;
    this.to = new Batches(events);
    this.decrypter = decrypter;
    this.around = around;
    this.clock = clock;
  }

  /**
   * Reads an answer and returns when everything in it is stored.
   *
   * @throws IOException when it is no JSON, or the account's folder cannot be written
   */
  public void read(String json, boolean initial) throws IOException, InterruptedException {
    try (JsonStream in = JsonStream.of(json)) {
      in.object(part -> {
        switch (part) {
          case "account_data" ->
              in.object(name -> {
                if (name.equals("events")) {
                  in.list(event -> Items.guard("", event, () -> accountData(event)));
                }
              });
          case "rooms" -> in.object(kind -> rooms(in, kind, initial));
          default -> {}
        }
      });
    }
    if (initial) {
      to.add(List.of(new ChatsListed(present(), RoomChanges.left(me))));
    }
    complete();
    to.flush();
    rooms.save(touched);
    settings.save();
  }

  private void rooms(JsonStream in, String kind, boolean initial)
      throws IOException, InterruptedException {
    switch (kind) {
      case "join" -> in.object(id -> joined(in, id, initial));
      case "invite" ->
          in.object(id -> {
            boolean known = isKnown(id);
            new Invitations(me, to, clock).read(find(id), known, in);
          });
      case "leave" -> in.object(id -> left(in, id));
      default -> {}
    }
  }

  /** The rooms that this answer knows the owner to be in or invited to. */
  private Set<String> present() {
    Set<String> present = new HashSet<>(touched);
    present.removeIf(id -> {
      Room room = rooms.find(id);
      return room == null || room.membership() == Membership.LEFT;
    });
    return present;
  }

  /** Asks again for the state of rooms that are still without it. */
  private void complete() throws InterruptedException {
    for (Room room : rooms.all()) {
      String id = room.id();
      if (room.isWhole() || room.membership() != Membership.JOINED || touched.contains(id)) {
        continue;
      }
      List<Json> state = around.state(id);
      if (state != null) {
        RoomSync part = new RoomSync(find(id), me, settings, true, false);
        state.forEach(part::state);
        part.tell(Membership.JOINED, decrypter, to);
        if (room.isSpace()) {
          to.add(List.of(new ChatGone(id)));
        }
      }
    }
  }

  private boolean isKnown(String id) {
    return rooms.find(id) != null;
  }

  private Room find(String id) {
    touched.add(id);
    return rooms.findOrMake(id);
  }

  private void joined(JsonStream in, String id, boolean initial)
      throws IOException, InterruptedException {
    boolean known = isKnown(id);
    Room room = find(id);
    String successor = room.successor();
    RoomSync part = new RoomSync(room, me, settings, known, initial);
    part.read(in);
    if (part.lacksState()) {
      List<Json> state = around.state(id);
      (state == null ? List.<Json>of() : state).forEach(part::state);
    }
    part.tell(Membership.JOINED, decrypter, to);
    if (!part.strangers().isEmpty()) {
      around.met(id, part.strangers());
    }
    String now = room.successor();
    if (!initial && now != null && !now.isEmpty() && !now.equals(successor)) {
      rooms.moved(room, new Move(part.server("m.room.tombstone"), false));
    }
  }

  /** A room that the owner left goes; one that they were put out of stays, to be read. */
  private void left(JsonStream in, String id) throws IOException, InterruptedException {
    Room before = rooms.find(id);
    if (before == null) {
      // Left before this device ever saw it.
      return;
    }
    boolean wasInvited = before.membership() == Membership.INVITED;
    RoomSync room = new RoomSync(find(id), me, settings, true, false);
    Departure departure = new Departure(me);
    room.read(in, departure::see);
    room.timeline().forEach(departure::see);
    if (wasInvited && departure.isOwn()) {
      declined(id);
    }
    if (before.isSpace() || wasInvited || departure.isOwn()) {
      rooms.forget(id);
      if (!before.isSpace()) {
        to.add(List.of(new ChatGone(id)));
      }
      return;
    }
    room.tell(Membership.LEFT, decrypter, to);
  }

  /** Who does not want to go where a room was moved does not go. */
  private void declined(String id) {
    for (Room room : rooms.all()) {
      if (room.move() != null && id.equals(room.successor())) {
        rooms.moved(room, null);
      }
    }
  }

  private void accountData(Json event) {
    String type = event.text("type");
    if ("m.direct".equals(type)) {
      for (String id : settings.direct(event.at("content"))) {
        Room room = rooms.find(id);
        if (room != null) {
          boolean direct = settings.isDirect(id);
          to.add(new RoomChanges(room, me, true, !direct).events(direct));
        }
      }
    } else if ("m.push_rules".equals(type)) {
      for (String id : settings.pushRules(event.at("content"))) {
        Room room = rooms.find(id);
        if (room != null && !room.isSpace()) {
          boolean muted = settings.isMuted(id);
          to.add(List.of(new ChatChanged(id, ChatUpdate.builder().muted(muted).build())));
        }
      }
    }
  }
}
