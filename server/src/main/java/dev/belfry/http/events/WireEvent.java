package dev.belfry.http.events;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.api.codec.Codec;
import dev.belfry.api.codec.Timestamp;
import dev.belfry.core.events.ChatFilter;
import dev.belfry.core.events.Event;
import dev.belfry.core.events.Position;
import dev.belfry.http.json.MessageJson;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * An event as it goes over the wire (contract, events.md, Domain events, with its cursor), written
 * once for all its readers. Only {@code seq}, which counts on each connection, is put in for each.
 */
final class WireEvent {
  private final Event event;
  private final String cursor;
  private final byte[] head;
  private final byte[] rest;

  private WireEvent(Event event, String cursor, byte[] head, byte[] rest) {
    this.event = event;
    this.cursor = cursor;
    this.head = head;
    this.rest = rest;
  }

  static WireEvent of(Event event, String cursor, boolean millis) {
    var rest = new LinkedHashMap<String, Object>();
    rest.put("ts", millis ? event.at().toEpochMilli() : Timestamp.format(event.at()));
    rest.put("chatID", event.chatId());
    rest.put("ids", event.ids());
    if (!event.entries().isEmpty()) {
      rest.put("entries", event.entries().stream().map(MessageJson::from).toList());
    }
    rest.put("cursor", cursor);
    var bytes = Codec.toBytes(rest);
    bytes[0] = ','; // goes on where the object has begun already
    return new WireEvent(
        bare(event),
        cursor,
        ("{\"type\":\"" + event.type().wireName() + "\",\"seq\":").getBytes(UTF_8),
        bytes);
  }

  /** What of an event is needed to choose it. */
  private static Event bare(Event event) {
    return new Event(
        event.position(),
        event.at(),
        event.type(),
        event.chat(),
        event.chatId(),
        event.ids(),
        List.of());
  }

  Position position() {
    return event.position();
  }

  String type() {
    return event.type().wireName();
  }

  List<String> ids() {
    return event.ids();
  }

  boolean isDeletion() {
    return event.type() == Event.Type.MESSAGE_DELETED;
  }

  boolean isWantedBy(ChatFilter chats) {
    return chats.wants(event);
  }

  String cursor() {
    return cursor;
  }

  /** About how many bytes it takes. */
  int size() {
    return head.length + rest.length + 8;
  }

  /** As JSON. */
  byte[] json(long seq) {
    var number = Long.toString(seq).getBytes(US_ASCII);
    return ByteBuffer.allocate(head.length + number.length + rest.length)
        .put(head)
        .put(number)
        .put(rest)
        .array();
  }
}
