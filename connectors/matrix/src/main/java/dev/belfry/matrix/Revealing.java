package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.message.Decrypter;
import dev.belfry.matrix.message.Keys;
import dev.belfry.matrix.message.TimelineMapping;
import dev.belfry.matrix.room.Rooms;
import dev.belfry.model.MessageContent;
import dev.belfry.network.Events;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.NetworkEvent.MessageRevealed;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Opens, once their keys are there, the events that could not be read when they came. */
final class Revealing {
  private static final int AT_ONCE = 200;

  private final MatrixLink link;
  private final MatrixApi api;
  private final Rooms rooms;
  private final PendingKeys pending;
  private final Events events;
  private final InstantSource clock;

  Revealing(
      MatrixLink link,
      MatrixApi api,
      Rooms rooms,
      PendingKeys pending,
      Events events,
      InstantSource clock) {
    this.link = link;
    this.api = api;
    this.rooms = rooms;
    this.pending = pending;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Tries one event of each session again, and all of a session whose key turns out to be there. Of
   * many sessions each time others have their turn. All waits together are bounded as in a sync.
   */
  void tryAgain() throws IOException, InterruptedException {
    LinkDecrypter decrypter = new LinkDecrypter(link, clock);
    for (PendingKeys.Pending one : pending.turn(AT_ONCE)) {
      if (!tryThese(List.of(one), decrypter)) {
        return; // the homeserver has trouble: not now
      }
      List<PendingKeys.Pending> rest = pending.of(one.room(), one.session());
      if (!rest.contains(one) && !tryThese(rest, decrypter)) {
        return;
      }
    }
  }

  /**
   * Tries some again. Those that still cannot be read go on waiting; those that are not to be had
   * any more do not.
   */
  void tryThese(List<PendingKeys.Pending> some) throws IOException, InterruptedException {
    boolean _ = tryThese(some, new LinkDecrypter(link, clock));
  }

  /** Whether the homeserver answered to the end. */
  private boolean tryThese(List<PendingKeys.Pending> some, LinkDecrypter decrypter)
      throws IOException, InterruptedException {
    List<NetworkEvent> found = new ArrayList<>();
    List<PendingKeys.Pending> done = new ArrayList<>();
    boolean answered = true;
    for (PendingKeys.Pending one : some) {
      Answer answer = MatrixApi.patiently(() -> api.get("rooms", one.room(), "event", one.event()));
      if (answer.isOk()) {
        if (open(one, answer.body(), decrypter, found)) {
          done.add(one);
        }
      } else if (answer.isPassing() || answer.status() == 401) {
        answered = false;
        break;
      } else if (answer.status() == 404 || answer.status() == 403) {
        done.add(one);
      }
      if (done.size() >= AT_ONCE) {
        finish(found, done);
      }
    }
    finish(found, done);
    return answered;
  }

  private void finish(List<NetworkEvent> found, List<PendingKeys.Pending> done) throws IOException {
    if (!found.isEmpty()) {
      events.accept(List.copyOf(found));
    }
    pending.remove(done);
    found.clear();
    done.clear();
  }

  private boolean open(
      PendingKeys.Pending one, Json event, LinkDecrypter decrypter, List<NetworkEvent> found)
      throws InterruptedException {
    if (!"m.room.encrypted".equals(event.text("type"))
        || event.at("unsigned", "redacted_because").isObject()) {
      // Taken back meanwhile: the redaction has come or will come by itself.
      return true;
    }
    Decrypter.Opened opened = decrypter.open(one.room(), event);
    if (opened.type() == null) {
      return !decrypter.missed().contains(one) && giveUp(one, opened, found);
    }
    List<NetworkEvent> mapped = new ArrayList<>();
    new TimelineMapping(rooms.orUnknown(one.room()), link.userId(), decrypter)
        .opened(event, opened, mapped);
    for (NetworkEvent each : mapped) {
      reveal(each, found);
    }
    return true;
  }

  /** The key came, and does not help: that is said where it was waited for. */
  private static boolean giveUp(
      PendingKeys.Pending one, Decrypter.Opened opened, List<NetworkEvent> to) {
    String why = opened.failure();
    MessageContent words = MessageContent.notice(why == null ? "" : why, false);
    to.add(new MessageRevealed(one.room(), one.event(), words));
    return true;
  }

  private static void reveal(NetworkEvent mapped, List<NetworkEvent> to) {
    if (mapped instanceof MessageReceived it) {
      to.add(new MessageRevealed(it.chatKey(), it.key(), it.content()));
      return;
    }
    if (mapped instanceof NetworkEvent.Timeline it) {
      MessageContent nothing = MessageContent.notice("", true);
      to.add(new MessageRevealed(it.chatKey(), it.key(), nothing));
    }
    to.add(Keys.apart(mapped));
  }
}
