package dev.belfry.matrix.message;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.Room;
import dev.belfry.matrix.room.StateWords;
import dev.belfry.matrix.room.Times;
import dev.belfry.model.MessageContent;
import dev.belfry.model.UserId;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.MessageDeleted;
import dev.belfry.network.NetworkEvent.MessageEdited;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a stretch of one room's timeline into the hub's events, in the same order. Whatever has an
 * event id becomes some timeline event, since a read receipt may point at it.
 */
public final class TimelineMapping {
  private static final System.Logger LOG = System.getLogger(TimelineMapping.class.getName());

  private final Room room;
  private final String me;
  private final Decrypter decrypter;
  private final EventMapping events;

  public TimelineMapping(Room room, String me, Decrypter decrypter) {
    this.room = room;
    this.me = me;
    this.decrypter = decrypter;
    this.events = new EventMapping(room, me);
  }

  /**
   * Maps a stretch, oldest first. An event that cannot be read is left out, with a line in the log.
   */
  public void map(List<Json> stretch, List<NetworkEvent> to) throws InterruptedException {
    Set<String> here = new HashSet<>();
    for (Json event : stretch) {
      String key = event.text("event_id");
      if (key != null) {
        here.add(key);
      }
    }
    for (Json event : stretch) {
      try {
        map(event, here, to);
      } catch (RuntimeException e) {
        // Whatever a stranger put into an event must not hold up the others. Its text stays out of
        // the log.
        LOG.log(
            System.Logger.Level.WARNING,
            "event {0} of type {1} in {2} cannot be read: {3}",
            event.text("event_id"),
            event.text("type"),
            room.id(),
            e.getClass().getName());
      }
    }
  }

  private void map(Json raw, Set<String> here, List<NetworkEvent> to) throws InterruptedException {
    TimelineEvent event = TimelineEvent.of(raw, me);
    if (event == null) {
      return;
    }
    String stateKey = raw.text("state_key");
    if (stateKey != null) {
      boolean shown = event.type().equals("m.room.tombstone");
      events.hidden(event, StateWords.of(event.type(), stateKey, raw), !shown, to);
    } else if (event.redaction().isObject()) {
      redacted(event, here, to);
    } else if (event.type().equals("m.room.encrypted")) {
      encrypted(event, here, to);
    } else {
      events.map(clear(event), to);
      bundledEdit(event, here, to);
    }
  }

  /** Maps one event that was encrypted and has been opened since. */
  public void opened(Json raw, Decrypter.Opened opened, List<NetworkEvent> to)
      throws InterruptedException {
    TimelineEvent event = TimelineEvent.of(raw, me);
    if (event != null && opened.type() != null) {
      inner(event.opened(opened.type(), opened.content(), warning(opened)), to);
    }
  }

  private void encrypted(TimelineEvent event, Set<String> here, List<NetworkEvent> to)
      throws InterruptedException {
    Decrypter.Opened opened = decrypter.open(room.id(), event.raw());
    String type = opened.type();
    if (type == null) {
      // An edit that cannot be read is no message of its own.
      boolean shown = !Relation.of(event.content()).is("m.replace");
      String why = opened.failure();
      events.hidden(event, why == null ? "" : why, !shown, to);
      return;
    }
    inner(event.opened(type, opened.content(), warning(opened)), to);
    bundledEdit(event, here, to);
  }

  /** What came without encryption; where it should have been encrypted, that is said. */
  private TimelineEvent clear(TimelineEvent event) {
    boolean message = event.type().equals("m.room.message") || event.type().equals("m.sticker");
    boolean exposed = message && room.wasEncryptedAt(event.timestamp().toEpochMilli());
    return exposed ? event.warned(Warnings.NOT_ENCRYPTED) : event;
  }

  private static @Nullable String warning(Decrypter.Opened opened) {
    return opened.verified() ? null : Warnings.NOT_VERIFIED;
  }

  /** What was encrypted. */
  private void inner(TimelineEvent event, List<NetworkEvent> to) {
    if (event.type().equals("m.room.redaction")) {
      // The server checks who may take back what, and has not seen this one.
      events.hidden(event, "", true, to);
    } else {
      events.map(event, to);
    }
  }

  /**
   * What was taken back before we saw it keeps its place. The redaction follows here unless it
   * stands in this stretch itself.
   */
  private void redacted(TimelineEvent event, Set<String> here, List<NetworkEvent> to) {
    String type = event.type();
    boolean message =
        type.equals("m.room.message")
            || type.equals("m.sticker")
            || type.equals("m.room.encrypted")
            || type.endsWith("poll.start");
    if (!message) {
      events.hidden(event, "", true, to);
      return;
    }
    events.received(event, MessageContent.text(""), to);
    Json because = event.redaction();
    String key = because.words("event_id");
    String by = because.words("sender");
    if (key != null && by != null && !here.contains(key)) {
      to.add(
          new MessageDeleted(
              room.id(),
              Keys.apart(key),
              new UserId(by),
              event.key(),
              Times.of(because.number("origin_server_ts", event.timestamp().toEpochMilli())),
              null));
    }
  }

  /**
   * The newest edit comes along with an event that a page of history holds; it may lie where no
   * page reaches.
   */
  private void bundledEdit(TimelineEvent event, Set<String> here, List<NetworkEvent> to)
      throws InterruptedException {
    Json raw = event.raw().at("unsigned", "m.relations", "m.replace");
    TimelineEvent edit = TimelineEvent.of(raw, me);
    if (edit == null || here.contains(edit.key()) || !edit.sender().equals(event.sender())) {
      return;
    }
    List<NetworkEvent> found = new ArrayList<>();
    if (edit.type().equals("m.room.encrypted")) {
      opened(raw, decrypter.open(room.id(), raw), found);
    } else {
      events.map(clear(edit), found);
    }
    for (NetworkEvent each : found) {
      if (each instanceof MessageEdited) {
        to.add(Keys.apart(each));
      }
    }
  }
}
