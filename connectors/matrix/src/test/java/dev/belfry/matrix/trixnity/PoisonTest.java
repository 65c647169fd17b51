package dev.belfry.matrix.trixnity;

import static dev.belfry.matrix.trixnity.SyncingDevice.body;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belfry.homeserver.MatrixRefusal;
import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.MatrixUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Anybody may send anything: nothing of it may end the sync, since it would come again for ever.
 */
@Tag("e2e")
class PoisonTest {
  /** In the place of any value. */
  private static final List<Object> VALUES =
      List.of(
          3,
          -1,
          "",
          "x",
          true,
          List.of(),
          Map.of(),
          List.of(3),
          Map.of("x", 3),
          Map.of("x", List.of(List.of())));

  private static final Map<String, List<String>> STATE =
      Map.of(
          "m.room.name", List.of("name"),
          "m.room.avatar", List.of("url", "info"),
          "m.room.topic", List.of("topic", "m.topic"),
          "m.room.canonical_alias", List.of("alt_aliases"),
          "m.room.tombstone", List.of("replacement_room", "body"),
          "m.room.encryption", List.of("algorithm", "rotation_period_ms", "rotation_period_msgs"),
          "m.room.history_visibility", List.of("history_visibility"),
          "m.space.child", List.of("via", "order"),
          "m.room.guest_access", List.of("guest_access"));

  private static final Map<String, List<String>> MESSAGES =
      Map.of(
          "m.room.message",
              List.of("msgtype", "body", "m.relates_to", "m.new_content", "m.mentions"),
          "m.room.encrypted",
              List.of("algorithm", "ciphertext", "session_id", "sender_key", "m.relates_to"),
          "m.key.verification.start", List.of("method", "m.relates_to", "from_device", "hashes"),
          "m.key.verification.request", List.of("methods", "to"),
          "m.reaction", List.of("m.relates_to"),
          "m.call.invite", List.of("offer", "version"));

  private static final List<String> ACCOUNT =
      List.of(
          "m.direct",
          "m.secret_storage.default_key",
          "m.cross_signing.master",
          "m.megolm_backup.v1",
          "m.ignored_user_list");

  @TempDir private Path directory;

  @Test
  @Timeout(600)
  void nothingThatOthersSendStopsTheSync() throws Exception {
    try (MatrixHomeserver home = MatrixHomeserver.start(directory)) {
      MatrixUser alice = home.register("alice");
      MatrixUser mallory = home.register("mallory");
      MatrixRoom safe = home.encrypted(Map.of(), alice, mallory);
      MatrixRoom room = mallory.createGroup("Poison", alice).joinedBy(alice);
      SyncingDevice a = home.device(alice).in(safe).in(room);
      SyncingDevice m = home.device(mallory).in(safe);
      STATE.forEach((type, fields) ->
          contents(fields).forEach(content -> attempt(() -> room.state(type, "", content))));
      MESSAGES.forEach((type, fields) ->
          contents(fields).forEach(content -> attempt(() -> room.send(type, content))));
      contents(List.of("displayname", "avatar_url", "is_direct", "reason", "third_party_invite"))
          .forEach(content -> {
            var member = new java.util.HashMap<String, Object>(content);
            member.put("membership", "join");
            attempt(() -> room.state("m.room.member", mallory.id(), member));
          });
      for (String type : ACCOUNT) {
        contents(List.of("key", "encrypted", "@bob:localhost"))
            .forEach(content -> attempt(() -> alice.accountData(type, content)));
      }
      for (String type :
          List.of(
              "m.room_key",
              "m.room.encrypted",
              "m.key.verification.request",
              "m.room_key_request",
              "m.secret.send",
              "m.dummy")) {
        int number = 0;
        for (Map<String, ?> content :
            contents(
                List.of("algorithm", "ciphertext", "sender_key", "action", "transaction_id"))) {
          String path = "/_matrix/client/v3/sendToDevice/" + type + "/t" + number++;
          attempt(() ->
              mallory.request(
                  "PUT", path, Map.of("messages", Map.of(alice.id(), Map.of("*", content)))));
        }
      }
      String last = room.say("that was all");
      assertEquals("that was all", a.event(room.id(), last).at("content", "body").text());
      assertEquals("well", body(a.read(safe, m.say(safe, "well"))));
      assertEquals("still", body(m.read(safe, a.say(safe, "still"))));
    }
  }

  /** One content for each value, with it in all fields. */
  private static List<Map<String, ?>> contents(List<String> fields) {
    return VALUES.stream()
        .<Map<String, ?>>map(value -> fields.stream().collect(toMap(field -> field, _ -> value)))
        .toList();
  }

  /** The homeserver may refuse some itself. */
  private static void attempt(Runnable action) {
    try {
      action.run();
    } catch (MatrixRefusal _) {
      // Then it cannot come to us either.
    }
  }
}
