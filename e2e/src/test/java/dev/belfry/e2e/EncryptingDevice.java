package dev.belfry.e2e;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.MatrixUser;
import java.net.URI;
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
    var users = List.of(readers).stream().map(MatrixUser::id).toList();
    var content = Map.of("msgtype", "m.text", "body", text);
    return value(Map.of("do", "send", "room", roomId, "users", users, "content", content)).text();
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
