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
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.NetworkEvent.Reacted;
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
  private final MessageMapping messages;

  public TimelineMapping(Room room, String me, Decrypter decrypter) {
    this.room = room;
    this.me = me;
    this.decrypter = decrypter;
    this.messages = new MessageMapping(room, me);
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
      hidden(event, StateWords.of(event.type(), stateKey, raw), !shown, to);
    } else if (event.redaction().isObject()) {
      redacted(event, here, to);
    } else if (event.type().equals("m.room.encrypted")) {
      encrypted(event, here, to);
    } else {
      clear(event, here, to);
    }
  }

  /** Maps one event that was encrypted and has been opened since. */
  public void opened(Json raw, Decrypter.Opened opened, List<NetworkEvent> to)
      throws InterruptedException {
    TimelineEvent event = TimelineEvent.of(raw, me);
    if (event != null && opened.type() != null) {
      plain(event.opened(opened.type(), opened.content(), warning(opened)), to);
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
      hidden(event, why == null ? "" : why, !shown, to);
      return;
    }
    plain(event.opened(type, opened.content(), warning(opened)), to);
    bundledEdit(event, here, to);
  }

  private void clear(TimelineEvent event, Set<String> here, List<NetworkEvent> to)
      throws InterruptedException {
    boolean message = event.type().equals("m.room.message") || event.type().equals("m.sticker");
    boolean exposed = message && room.wasEncryptedAt(event.timestamp().toEpochMilli());
    plain(exposed ? event.warned(Warnings.NOT_ENCRYPTED) : event, to);
    bundledEdit(event, here, to);
  }

  private static @Nullable String warning(Decrypter.Opened opened) {
    return opened.verified() ? null : Warnings.NOT_VERIFIED;
  }

  private void plain(TimelineEvent event, List<NetworkEvent> to) {
    Relation relation = Relation.of(event.content());
    switch (event.type()) {
      case "m.room.message" -> message(event, relation, to);
      case "m.sticker" -> received(event, content(event, event.content()), to);
      case "m.reaction" -> reaction(event, relation, to);
      case "m.room.redaction" -> redaction(event, to);
      case "m.poll.start", "org.matrix.msc3381.poll.start" ->
          received(event, warned(event, MessageContent.text(Polls.start(event.content()))), to);
      case "m.poll.end", "org.matrix.msc3381.poll.end" ->
          hidden(event, "The poll has ended", false, to);
      case "m.call.invite", "m.rtc.notification", "org.matrix.msc4075.rtc.notification" ->
          hidden(event, "Call", false, to);
      case "com.beeper.message_send_status" -> {
        hidden(event, "", true, to);
        if (room.isBridgeBot(event.sender())) {
          SendStatus.read(room.id(), event.content(), event.timestamp(), to);
        }
      }
      default -> other(event, to);
    }
  }

  private void message(TimelineEvent event, Relation relation, List<NetworkEvent> to) {
    String target = relation.target();
    Json edited = event.content().at("m.new_content");
    if (!relation.is("m.replace") || target == null) {
      received(event, content(event, event.content()), to);
    } else if (edited.isObject()) {
      to.add(
          new MessageEdited(
              room.id(),
              event.key(),
              event.from(),
              event.mine(),
              target,
              content(event, edited),
              event.timestamp(),
              event.transaction()));
    } else {
      hidden(event, "", true, to);
    }
  }

  private MessageContent content(TimelineEvent event, Json content) {
    return warned(event, messages.content(event.type(), content, event.sender()));
  }

  private static MessageContent warned(TimelineEvent event, MessageContent content) {
    String warning = event.warning();
    return warning == null ? content : Warnings.before(warning, content);
  }

  private void reaction(TimelineEvent event, Relation relation, List<NetworkEvent> to) {
    String target = relation.target();
    String key = relation.key();
    if (!relation.is("m.annotation") || target == null || key == null) {
      hidden(event, "", true, to);
      return;
    }
    boolean custom = key.startsWith("mxc://");
    String code = event.content().words("com.beeper.reaction.shortcode");
    if (code == null) {
      code = event.content().words("shortcode");
    }
    to.add(
        new Reacted(
            room.id(),
            event.key(),
            event.from(),
            event.mine(),
            target,
            custom && code != null ? code : key,
            !custom && Emoji.is(key),
            custom ? key : null,
            event.timestamp(),
            event.transaction()));
  }

  private void redaction(TimelineEvent event, List<NetworkEvent> to) {
    // From room version 11 on the target is part of the content; a copy may stand where it used to
    // be.
    String inner = event.content().words("redacts");
    String outer = event.raw().words("redacts");
    String target = (room.version() >= 11 && inner != null) || outer == null ? inner : outer;
    if (target == null) {
      hidden(event, "", true, to);
      return;
    }
    to.add(
        new MessageDeleted(
            room.id(), event.key(), event.from(), target, event.timestamp(), event.transaction()));
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
      hidden(event, "", true, to);
      return;
    }
    received(event, MessageContent.text(""), to);
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
      plain(edit, found);
    }
    for (NetworkEvent each : found) {
      if (each instanceof MessageEdited) {
        to.add(Keys.apart(each));
      }
    }
  }

  private void other(TimelineEvent event, List<NetworkEvent> to) {
    String text = Polls.text(event.content());
    boolean technical =
        event.type().startsWith("m.call.") || event.type().contains("key.verification");
    hidden(event, text == null ? "" : text, text == null || technical, to);
  }

  private void hidden(TimelineEvent event, String words, boolean hidden, List<NetworkEvent> to) {
    received(event, MessageContent.notice(words, hidden), to);
  }

  private void received(TimelineEvent event, MessageContent content, List<NetworkEvent> to) {
    to.add(
        new MessageReceived(
            room.id(),
            event.key(),
            event.from(),
            event.mine(),
            content,
            event.timestamp(),
            event.transaction()));
  }
}
