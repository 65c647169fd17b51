package dev.belfry.http;

import static dev.belfry.http.SandboxHub.as;
import static dev.belfry.http.SandboxHub.text;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.AssetUploadResponse;
import dev.belfry.api.Chat;
import dev.belfry.api.ChatCreateResponse;
import dev.belfry.api.ChatStartResponse;
import dev.belfry.contract.Contract;
import dev.belfry.core.files.FileLimits;
import dev.belfry.http.SandboxHub.Form;
import dev.belfry.sandbox.SandboxConnector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chats are opened and changed on the sandbox network, which remembers it. */
@Tag("hub")
class SandboxChatsTest {
  private static final String CHAT = "/v1/chats/!everything:sandbox.local";

  @TempDir Path folder;

  private Path data() {
    return folder.resolve("data");
  }

  private static byte[] photo() throws Exception {
    try (var in = SandboxConnector.class.getResourceAsStream("media/photo-1.jpg")) {
      return requireNonNull(in).readAllBytes();
    }
  }

  @Test
  void chatsAreOpenedAndStayOverARestart() throws Exception {
    String group;
    String direct;
    try (var hub = new SandboxHub(data(), FileLimits.DEFAULT)) {
      var people = text(hub.get("/v1/accounts/sandbox/contacts?query=a"));
      var ids =
          java.util.regex.Pattern.compile("\"id\":\"(@[^\"]+)\"")
              .matcher(people)
              .results()
              .map(match -> match.group(1))
              .distinct()
              .limit(40)
              .toList();
      assertTrue(ids.size() > 5, people);

      var reply =
          hub.json(
              "POST",
              "/v1/chats",
              "{\"accountID\":\"sandbox\",\"type\":\"group\",\"title\":\"Picnic\",\"participantIDs\":[\"%s\",\"%s\"]}"
                  .formatted(ids.get(0), ids.get(1)));
      Contract.assertValid("ChatCreateResponse", reply.body());
      var created = as(ChatCreateResponse.class, reply);
      group = created.chatID();
      assertEquals("Picnic", created.chat().title());

      var again =
          hub.json(
              "POST",
              "/v1/chats/start",
              "{\"accountID\":\"sandbox\",\"user\":{\"username\":\"mama\"}}");
      assertEquals("!mama:sandbox.local", as(ChatStartResponse.class, again).chatID());
      direct = stranger(hub, ids);

      hub.json("POST", "/v1/chats/" + group + "/messages", "{\"text\":\"Who brings bread?\"}");
      hub.await(
          "/v1/chats/" + group,
          r ->
              as(Chat.class, r).participants().total() == 3
                  && as(Chat.class, r).participants().items().size() == 3);
    }
    try (var hub = new SandboxHub(data(), FileLimits.DEFAULT)) {
      assertEquals("Picnic", as(Chat.class, hub.get("/v1/chats/" + group)).title());
      assertEquals(direct, as(Chat.class, hub.get("/v1/chats/" + direct)).id());
      // the network knows the chat: what is said there is answered
      hub.json("POST", "/v1/chats/" + group + "/messages", "{\"text\":\"And wine?\"}");
      hub.await(
          "/v1/chats/" + group + "/messages",
          r ->
              text(r).contains("\"senderID\":\"@")
                  && text(r).split("And wine\\?", -1).length == 2
                  && !text(r).contains("PENDING"));
      // and tells a new login of it
      hub.network().logOut();
      hub.await("/v1/accounts", r -> !text(r).contains("\"connected\""));
      try (var login = hub.hub.accounts().login("sandbox")) {
        var _ = login.begin();
      }
      hub.json("POST", "/v1/chats/" + group + "/messages", "{\"text\":\"Still here?\"}");
      hub.await(
          "/v1/chats/" + group + "/messages",
          r -> text(r).contains("Still here?") && !text(r).contains("PENDING"));
    }
  }

  /** A chat with somebody with whom there was none. */
  private static String stranger(SandboxHub hub, List<String> ids) throws Exception {
    for (var id : ids) {
      var reply =
          hub.json(
              "POST",
              "/v1/chats/start",
              "{\"accountID\":\"sandbox\",\"user\":{\"id\":\""
                  + id
                  + "\"},\"messageText\":\"Hi\"}");
      if (reply.statusCode() == 200 && text(reply).contains("\"status\":\"created\"")) {
        return as(ChatStartResponse.class, reply).chatID();
      }
    }
    throw new AssertionError("everybody has a chat already");
  }

  @Test
  void whatIsSetIsRemembered() throws Exception {
    try (var hub = new SandboxHub(data(), FileLimits.DEFAULT)) {
      var upload = as(AssetUploadResponse.class, hub.upload(Form.of("face.jpg", photo())));
      var outside = Files.write(folder.resolve("outside.jpg"), photo());
      for (var picture : List.of(requireNonNull(upload.srcURL()), outside.toString())) {
        var patched =
            hub.json(
                "PATCH",
                CHAT,
                "{\"title\":\"All of it\",\"description\":null,\"imgURL\":\"%s\",\"isMuted\":true,\"isPinned\":false,\"messageExpirySeconds\":604800}"
                    .formatted(picture));
        Contract.assertValid("Chat", patched.body());
        assertEquals("All of it", as(Chat.class, patched).title());
        hub.await(
            CHAT,
            r -> String.valueOf(as(Chat.class, r).imgURL().orNull()).contains("/accounts/sandbox"));
        hub.json("PATCH", CHAT, "{\"imgURL\":null}");
        hub.await(CHAT, r -> as(Chat.class, r).imgURL().orNull() == null);
      }
      hub.json("PATCH", CHAT, "{\"imgURL\":\"" + outside + "\"}");
      hub.await(
          CHAT,
          r -> String.valueOf(as(Chat.class, r).imgURL().orNull()).contains("/accounts/sandbox"));
      hub.network().logOut();
      hub.await("/v1/accounts", r -> !text(r).contains("\"connected\""));
      // a change that the network must undo
      try (var login = hub.hub.accounts().login("sandbox")) {
        var _ = login.begin();
      }
      var chat =
          as(
              Chat.class,
              hub.await(
                  CHAT,
                  r ->
                      Long.valueOf(604800L)
                          .equals(as(Chat.class, r).messageExpirySeconds().orNull())));
      assertEquals("All of it", chat.title());
      assertEquals(true, chat.isMuted());
      assertEquals(200, hub.serve(requireNonNull(chat.imgURL().orNull())).statusCode());
    }
  }

  @Test
  void aDraftTakesAFileByItsPath() throws Exception {
    try (var hub = new SandboxHub(data(), FileLimits.DEFAULT)) {
      var outside = Files.write(folder.resolve("outside.jpg"), photo());
      var text = Files.writeString(folder.resolve("secret.jpg"), "no picture");
      var focus =
          hub.json(
              "POST",
              "/v1/focus",
              "{\"chatID\":\"!mama:sandbox.local\",\"draftText\":\"look\",\"draftAttachmentPath\":\"%s\"}"
                  .formatted(outside));
      assertEquals(200, focus.statusCode(), text(focus));
      var chat = text(hub.get("/v1/chats/!mama:sandbox.local"));
      assertTrue(chat.contains("\"fileName\":\"outside.jpg\""), chat);
      for (var path : List.of(text.toString(), folder.toString(), "outside.jpg", "/dev/zero", "")) {
        var refused =
            hub.json(
                "POST",
                "/v1/focus",
                "{\"chatID\":\"!mama:sandbox.local\",\"draftAttachmentPath\":\"%s\"}"
                    .formatted(path));
        assertEquals(422, refused.statusCode(), path + text(refused));
      }
    }
  }
}
