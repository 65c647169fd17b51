package dev.belfry.e2e;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.MatrixUser;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A device of another Matrix client that can encrypt and decrypt, with the state machine that most
 * clients share.
 */
final class EncryptingDevice implements AutoCloseable {
  private final NodeScript node;

  private EncryptingDevice(NodeScript node) {
    this.node = node;
  }

  /** Takes a freshly logged in device and publishes its keys. */
  static EncryptingDevice of(MatrixUser user, URI homeserver) {
    var device =
        new EncryptingDevice(
            NodeScript.start(
                "encrypting.mjs",
                Map.of(
                    "SERVER", homeserver.toString(),
                    "TOKEN", user.token(),
                    "USER", user.id(),
                    "DEVICE", user.device())));
    device.value(Map.of("do", "sync"));
    return device;
  }

  /**
   * Says something in an encrypted room, readable for all devices of the people given; gives the
   * event id.
   */
  String say(String roomId, String text, MatrixUser... readers) {
    return send(roomId, "m.room.message", Map.of("msgtype", "m.text", "body", text), readers);
  }

  /** Sends any event, encrypted; gives the event id. */
  String send(String roomId, String type, Map<String, ?> content, MatrixUser... readers) {
    var users = List.of(readers).stream().map(MatrixUser::id).toList();
    return value(
            Map.of("do", "send", "room", roomId, "users", users, "content", content, "type", type))
        .text();
  }

  /** A file as it lies on the homeserver, and what opens it, still without its URL. */
  record Sealed(String base64, Json file) {
    byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }

    /** The {@code EncryptedFile} object of an event. */
    Map<String, Object> at(String url) {
      var whole = new LinkedHashMap<String, Object>(file.entries());
      whole.replaceAll((_, value) -> value instanceof Json json ? json.value() : value);
      whole.put("url", url);
      return whole;
    }
  }

  /** Encrypts a file. */
  Sealed seal(byte[] bytes) {
    var sealed = value(Map.of("do", "seal", "bytes", Base64.getEncoder().encodeToString(bytes)));
    return new Sealed(sealed.at("bytes").text(), sealed.at("file"));
  }

  /**
   * Decrypts a file; fails when it is not what was promised.
   *
   * @param file the {@code EncryptedFile} object of an event
   */
  byte[] open(byte[] bytes, Json file) {
    var base64 = Base64.getEncoder().encodeToString(bytes);
    return Base64.getDecoder()
        .decode(value(Map.of("do", "open", "bytes", base64, "file", file.value())).text());
  }

  /** Reads an encrypted event; fails when there is no key for it. */
  Json read(String roomId, String eventId) {
    return value(Map.of("do", "read", "room", roomId, "event", eventId));
  }

  private Json value(Map<String, ?> question) {
    var answer = node.ask(question);
    if (!answer.at("error").missing()) {
      throw new IllegalStateException(answer.at("error", "message").text());
    }
    return answer.at("value");
  }

  @Override
  public void close() {
    node.close();
  }
}
