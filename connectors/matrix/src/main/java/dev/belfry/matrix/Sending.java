package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.message.Keys;
import dev.belfry.matrix.message.Outgoing;
import dev.belfry.matrix.room.Room;
import dev.belfry.matrix.room.Rooms;
import dev.belfry.network.Action.EditMessage;
import dev.belfry.network.Action.React;
import dev.belfry.network.Action.SendMessage;
import dev.belfry.network.Outcome;
import java.io.IOException;
import java.util.Map;

/**
 * Sends messages. A repeat with the same transaction id makes no second one, as the homeserver
 * knows it for this device.
 */
final class Sending {
  private final MatrixLink link;
  private final MatrixApi api;
  private final Rooms rooms;

  Sending(MatrixLink link, MatrixApi api, Rooms rooms) {
    this.link = link;
    this.api = api;
    this.rooms = rooms;
  }

  Outcome send(SendMessage message) throws IOException, InterruptedException {
    if (!message.content().attachments().isEmpty()) {
      return new Outcome.Rejected(
          "unsupported", "Files cannot be sent to Matrix rooms yet.", false);
    }
    if (message.content().body().isEmpty()) {
      return new Outcome.Rejected("empty", "There is no text to send.", false);
    }
    return sealAndPut(
        message.chatKey(), message.transaction(), Outgoing.content(message.content()));
  }

  /** Edits a message of ours (specification, Event replacements). */
  Outcome edit(EditMessage edit) throws IOException, InterruptedException {
    return sealAndPut(
        edit.chatKey(),
        edit.transaction(),
        Outgoing.edit(Keys.eventId(edit.targetKey()), edit.content()));
  }

  /** Reactions travel in clear on every client, so that servers can count them. */
  Outcome react(React react) throws IOException, InterruptedException {
    return put(
        react.chatKey(),
        "m.reaction",
        react.transaction(),
        Outgoing.reaction(Keys.eventId(react.targetKey()), react.reaction()));
  }

  /** Redacts a message or a reaction (specification, Redactions). */
  Outcome redact(String room, String key, String transaction)
      throws IOException, InterruptedException {
    return outcome(
        api.put(Json.of(Map.of()), "rooms", room, "redact", Keys.eventId(key), transaction));
  }

  /** Sends an {@code m.room.message}, encrypted where the room is. */
  private Outcome sealAndPut(String room, String transaction, Json content)
      throws IOException, InterruptedException {
    String type = "m.room.message";
    Room known = rooms.find(room);
    if (known == null || !known.isEncrypted()) {
      // What was kept says that it is not; a homeserver that says it is has the last word.
      Answer encryption =
          known == null ? api.get("rooms", room, "state", "m.room.encryption") : null;
      if (encryption != null && !encryption.isOk() && encryption.status() != 404) {
        return Refusals.of(encryption);
      }
      if (encryption == null || !encryption.isOk()) {
        return put(room, type, transaction, content);
      }
    }
    try {
      Json sealed = Json.parse(link.encrypt(room, type, content.toString()));
      Json relates = content.at("m.relates_to");
      // Servers need it to see; so it stands outside.
      if (relates.isObject() && !sealed.at("m.relates_to").isObject()) {
        sealed = sealed.with("m.relates_to", relates);
      }
      return put(room, "m.room.encrypted", transaction, sealed);
    } catch (MatrixLink.EncryptionFault e) {
      String why = e.getMessage();
      return new Outcome.Rejected(
          "cannot_encrypt", why == null ? "The message cannot be encrypted." : why, true);
    }
  }

  private Outcome put(String room, String type, String transaction, Json content)
      throws IOException, InterruptedException {
    return outcome(api.put(content, "rooms", room, "send", type, transaction));
  }

  private static Outcome outcome(Answer answer) {
    if (!answer.isOk()) {
      return Refusals.of(answer);
    }
    String event = answer.body().words("event_id");
    return event == null ? new Outcome.AwaitEcho() : new Outcome.Done(event);
  }
}
