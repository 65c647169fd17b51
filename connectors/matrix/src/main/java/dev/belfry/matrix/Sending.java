package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.http.Refusals;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.media.Uploads;
import dev.belfry.matrix.message.Keys;
import dev.belfry.matrix.message.Outgoing;
import dev.belfry.matrix.message.OutgoingFile;
import dev.belfry.matrix.room.Room;
import dev.belfry.matrix.room.Rooms;
import dev.belfry.model.Attachment;
import dev.belfry.model.MessageContent;
import dev.belfry.network.Action.EditMessage;
import dev.belfry.network.Action.React;
import dev.belfry.network.Action.SendMessage;
import dev.belfry.network.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages. A repeat with the same transaction id makes no second one, as the homeserver
 * knows it for this device.
 */
final class Sending {
  private static final String MESSAGE = "m.room.message";

  private final MatrixLink link;
  private final MatrixApi api;
  private final Rooms rooms;
  private final Uploads uploads;
  private final Threads threads;

  Sending(MatrixLink link, MatrixApi api, Rooms rooms, Uploads uploads) {
    this.link = link;
    this.api = api;
    this.rooms = rooms;
    this.uploads = uploads;
    this.threads = new Threads(api);
  }

  /** Whether a room is encrypted; or why that cannot be told. */
  private record Encryption(boolean on, @Nullable Outcome refusal) {}

  Outcome send(SendMessage message) throws IOException, InterruptedException {
    MessageContent content = message.content();
    boolean bare = content.attachments().isEmpty();
    if (bare && content.body().isEmpty()) {
      return new Outcome.Rejected("empty", "There is no text to send.", false);
    }
    Encryption encryption = encryption(message.chatKey());
    if (encryption.refusal() != null) {
      return encryption.refusal();
    }
    return bare
        ? sealAndPut(message, MESSAGE, encryption.on(), Outgoing.content(content))
        : file(message, content.attachments().getFirst(), encryption.on());
  }

  /** Brings the file, then sends the message that names it. */
  private Outcome file(SendMessage message, Attachment attachment, boolean encrypted)
      throws IOException, InterruptedException {
    Path file = message.file();
    if (file == null) {
      return new Outcome.Rejected("no_file", "The message has lost its file.", false);
    }
    return switch (uploads.bring(
        message.transaction(), file, attachment.mimeType(), attachment.fileName(), encrypted)) {
      case Uploads.Result.Failed(var outcome) -> outcome;
      case Uploads.Result.Brought(var named) ->
          sealAndPut(
              message,
              OutgoingFile.eventType(message.content()),
              encrypted,
              OutgoingFile.content(message.content(), attachment, named));
    };
  }

  private Outcome sealAndPut(SendMessage message, String type, boolean encrypted, Json content)
      throws IOException, InterruptedException {
    String room = message.chatKey();
    Json whole = timed(room, placed(room, message.content(), content));
    return sealAndPut(room, type, message.transaction(), encrypted, whole);
  }

  /** Bridges with a timer want it in each message that it is to hold for. */
  private Json timed(String room, Json content) {
    Json timer = rooms.orUnknown(room).timer();
    return timer == null ? content : content.with("com.beeper.disappearing_timer", timer);
  }

  /** An answer to what stands in a thread stands there too. */
  private Json placed(String room, MessageContent message, Json content)
      throws IOException, InterruptedException {
    String key = message.replyToKey();
    if (key == null) {
      return content;
    }
    String answered = Keys.eventId(key);
    Optional<String> root = threads.root(room, answered);
    return root.isEmpty() ? content : Outgoing.inThread(content, root.get(), answered);
  }

  /** Edits a message of ours (specification, Event replacements). */
  Outcome edit(EditMessage edit) throws IOException, InterruptedException {
    Encryption encryption = encryption(edit.chatKey());
    if (encryption.refusal() != null) {
      return encryption.refusal();
    }
    Json content = Outgoing.edit(Keys.eventId(edit.targetKey()), edit.content());
    return sealAndPut(edit.chatKey(), MESSAGE, edit.transaction(), encryption.on(), content);
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

  /**
   * What was kept of a room says whether it is encrypted; of one that is not known here, or not all
   * of it, the homeserver.
   */
  private Encryption encryption(String room) throws IOException, InterruptedException {
    Room known = rooms.find(room);
    if (known != null && (known.isWhole() || known.isEncrypted())) {
      return new Encryption(known.isEncrypted(), null);
    }
    Answer answer = api.get("rooms", room, "state", "m.room.encryption");
    return answer.isOk() || answer.isNotFound()
        ? new Encryption(answer.isOk(), null)
        : new Encryption(true, Refusals.of(answer));
  }

  private Outcome sealAndPut(
      String room, String type, String transaction, boolean encrypted, Json content)
      throws IOException, InterruptedException {
    if (!encrypted) {
      return put(room, type, transaction, content);
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
