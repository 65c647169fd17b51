package dev.belfry.matrix.message;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.Room;
import dev.belfry.model.MessageContent;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.MessageDeleted;
import dev.belfry.network.NetworkEvent.MessageEdited;
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.NetworkEvent.Reacted;
import java.util.List;

/** Turns one event that lies open into the hub's events, by its type. */
final class EventMapping {
  private final Room room;
  private final MessageMapping messages;

  EventMapping(Room room, String me) {
    this.room = room;
    this.messages = new MessageMapping(room, me);
  }

  void map(TimelineEvent event, List<NetworkEvent> to) {
    Relation relation = Relation.of(event.content());
    switch (event.type()) {
      case "m.room.message", "m.poll.start", "org.matrix.msc3381.poll.start" ->
          message(event, relation, to);
      case "m.sticker" -> received(event, content(event, event.content()), to);
      case "m.reaction" -> reaction(event, relation, to);
      case "m.room.redaction" -> redaction(event, to);
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
    MessageContent read =
        event.type().endsWith("poll.start")
            ? MessageContent.text(Polls.start(content))
            : messages.content(event.type(), content, event.sender());
    return warned(event, read);
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

  private void other(TimelineEvent event, List<NetworkEvent> to) {
    String text = Polls.text(event.content());
    boolean technical =
        event.type().startsWith("m.call.") || event.type().contains("key.verification");
    hidden(event, text == null ? "" : text, text == null || technical, to);
  }

  /** Keeps the event's place, with a line of our own words or without any. */
  void hidden(TimelineEvent event, String words, boolean hidden, List<NetworkEvent> to) {
    received(event, MessageContent.notice(words, hidden), to);
  }

  void received(TimelineEvent event, MessageContent content, List<NetworkEvent> to) {
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
