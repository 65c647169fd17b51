package dev.belfry.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Field;
import dev.belfry.core.files.AssetUrl;
import dev.belfry.model.Attachment;
import dev.belfry.model.ChatId;
import dev.belfry.model.ChatPatch;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import dev.belfry.model.Upload;
import dev.belfry.model.UploadUse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long uploads stay, and who sees which file. */
@Tag("hub")
class AssetsTest {
  @TempDir Path temp;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = TestHub.connected(temp);
    hub.client().says(Said.message("$1", Said.ALICE, "hello"));
  }

  @AfterEach
  void close() throws Exception {
    hub.close();
  }

  private Upload upload() {
    try (var upload = hub.hub().assets().receive(Grant.HUB, -1)) {
      upload.write("hello".getBytes(UTF_8), 0, 5);
      return upload.finish("a.txt", null, null);
    }
  }

  private String served(Grant grant, String url) throws Exception {
    try (var asset = hub.hub().assets().serve(grant, AssetUrl.parse(url))) {
      var bytes = new ByteArrayOutputStream();
      Channels.newInputStream(asset.content()).transferTo(bytes);
      return bytes.toString(UTF_8);
    }
  }

  private void draft(Field<ChatPatch.NewDraft> draft) {
    hub.chats().update(Grant.HUB, Said.CHAT, ChatPatch.NONE.withDraft(draft));
  }

  @Test
  void onlyAHubThatIsStartedTidiesUp() throws Exception {
    var data = Files.createDirectory(temp.resolve("other"));
    var cached = Files.createDirectories(data.resolve("cache/0123")).resolve("a.txt");
    Files.writeString(cached, "fetched by nobody");
    Hub.open(data, List.of(), hub.clock, Hub.Options.NONE).close();
    assertTrue(Files.exists(cached));
    try (var started = Hub.open(data, List.of(), hub.clock, Hub.Options.NONE)) {
      started.start();
      assertFalse(Files.exists(cached));
    }
  }

  @Test
  void anUploadGoesAfterADayUnlessItIsUsed() {
    var unused = upload();
    var drafted = upload();
    draft(
        Field.of(
            new ChatPatch.NewDraft(
                "look",
                List.of(new UploadUse("k", drafted.id(), null, null, null, null, null, null)))));
    hub.passUntil("it goes", Duration.ofHours(1), () -> !Files.exists(unused.file()));
    assertTrue(hub.clock.instant().isAfter(unused.expires().minusSeconds(1)));
    assertTrue(Files.exists(drafted.file()));
    assertEquals(1, hub.number("SELECT count(*) FROM upload"));
    draft(Field.nothing());
    hub.passUntil("it goes too", Duration.ofHours(1), () -> !Files.exists(drafted.file()));
    assertEquals(0, hub.number("SELECT count(*) FROM upload"));
  }

  @Test
  void whatAMessageNeedsStaysWhileItWaits() {
    hub.network.answerAll(null);
    var upload = upload();
    hub.messages()
        .send(
            Grant.HUB,
            Said.CHAT,
            new Messages.NewMessage(
                "look",
                null,
                List.of(),
                new UploadUse("", upload.id(), null, null, null, null, null, null)));
    var call = hub.network.next();
    assertEquals(upload.file(), call.send().file());
    call.answer(new dev.belfry.network.Outcome.Rejected("no", "No.", true));
    // it may be sent once more
    hub.advance(Duration.ofHours(60));
    hub.hub().assets().sweep();
    assertTrue(Files.exists(upload.file()));
  }

  @Test
  void whatACrashLeftIsTidiedUp() throws Exception {
    var kept = upload();
    var uploads = requireNonNull(requireNonNull(kept.file().getParent()).getParent());
    Files.writeString(Files.createDirectory(uploads.resolve("orphan")).resolve("a"), "x");
    Files.writeString(Files.createDirectory(uploads.resolve(".part-1")).resolve("content"), "x");
    hub.restart();
    assertTrue(Files.exists(kept.file()));
    assertFalse(Files.exists(uploads.resolve("orphan")));
    assertFalse(Files.exists(uploads.resolve(".part-1")));
  }

  @Test
  void whatNobodyNamesAnyMoreLeavesTheCache() throws Exception {
    hub.network.files.put("mxc://x/1", "one".getBytes(UTF_8));
    hub.network.files.put("mxc://x/2", "two".getBytes(UTF_8));
    says(Said.CHAT, "$2", picture("mxc://x/1", null));
    says(Said.CHAT, "$3", picture("mxc://x/2", null));
    var gone = hub.hub().assets().download(Grant.HUB, AssetUrl.parse("mxc://x/1"));
    var kept = hub.hub().assets().download(Grant.HUB, AssetUrl.parse("mxc://x/2"));
    hub.client().says(Said.deletion("$4", Said.ALICE, "$2"));
    hub.restart();
    assertFalse(Files.exists(gone));
    assertTrue(Files.exists(kept));
  }

  private static MessageContent picture(String id, @Nullable String encryption) {
    var file =
        new Attachment(
            "img",
            id,
            id,
            "a.png",
            "image/png",
            5L,
            1,
            1,
            null,
            false,
            false,
            false,
            null,
            null,
            encryption);
    return MessageContent.text("").withAttachments(MessageType.IMAGE, List.of(file));
  }

  private void says(String chat, String key, MessageContent content) {
    hub.client().says(Said.message(chat, key, Said.ALICE, content, Said.AT));
  }

  private Grant only(String chat) {
    long id = hub.number("SELECT id FROM chat WHERE network_key = '" + chat + "'");
    return new Grant("t", Set.of(Grant.Scope.READ), null, Set.of(new ChatId(id)));
  }

  @Test
  void anIdLeadsToTheKeyOfItsMessage() throws Exception {
    hub.network.files.put("mxc://x/1 k1", "secret".getBytes(UTF_8));
    hub.network.files.put("mxc://x/1", "xxxxxx".getBytes(UTF_8));
    says(Said.CHAT, "$2", picture("mxc://x/1", "k1"));
    assertEquals("secret", served(Grant.HUB, "mxc://x/1"));
    assertEquals("secret", served(only(Said.CHAT), "mxc://x/1"));
    // somebody else names the same file without its key, or with a wrong one
    says("!other:x", "$3", picture("mxc://x/1", null));
    says("!third:x", "$4", picture("mxc://x/1", "wrong"));
    assertEquals("xxxxxx", served(only("!other:x"), "mxc://x/1"));
    assertUnknown(only("!third:x"), "mxc://x/1");
    assertEquals("secret", served(only(Said.CHAT), "mxc://x/1"));
  }

  @Test
  void whatAGrantMayNotSeeIsUnknown() throws Exception {
    hub.network.files.put("mxc://x/1", "hello".getBytes(UTF_8));
    says(Said.CHAT, "$2", picture("mxc://x/1", null));
    says("!other:x", "$3", MessageContent.text("nothing here"));
    var here = only(Said.CHAT);
    var elsewhere = only("!other:x");
    assertUnknown(elsewhere, "mxc://x/1");
    assertEquals("hello", served(here, "mxc://x/1"));
    var copy = hub.hub().assets().download(here, AssetUrl.parse("mxc://x/1")).toUri().toString();
    assertUnknown(elsewhere, "mxc://x/1");
    assertEquals("hello", served(here, copy));
    assertUnknown(elsewhere, copy);
    var upload = upload().file().toUri().toString();
    assertUnknown(here, upload);
    assertEquals("hello", served(Grant.HUB, upload));
    hub.client().says(Said.deletion("$5", Said.ALICE, "$2"));
    assertUnknown(here, "mxc://x/1");
    assertUnknown(here, copy);
  }

  private void assertUnknown(Grant grant, String url) {
    var refusal = assertThrows(HubException.class, () -> served(grant, url));
    assertEquals(HubException.Reason.NOT_FOUND, refusal.reason());
    assertEquals("Asset not found", refusal.getMessage());
  }

  @Test
  void aFileThatCannotBeHad() throws Exception {
    hub.network.files.put("mxc://x/1", new byte[0]);
    says(Said.CHAT, "$2", picture("mxc://x/1", null));
    var broken = assertThrows(HubException.class, () -> served(Grant.HUB, "mxc://x/1"));
    assertEquals("ASSET_UNAVAILABLE", broken.code());
    assertThrows(
        IOException.class,
        () -> hub.hub().assets().download(Grant.HUB, AssetUrl.parse("mxc://x/1")));
    hub.network.files.put("mxc://x/1", "now".getBytes(UTF_8));
    assertEquals("now", served(Grant.HUB, "mxc://x/1"));
    assertUnknown(Grant.HUB, "mxc://x/2");
  }

  @Test
  void anEditAndAPictureAreFollowed() throws Exception {
    hub.network.files.put("mxc://x/face", "face".getBytes(UTF_8));
    hub.client()
        .says(
            Said.chat(dev.belfry.network.ChatUpdate.builder().imgURL("mxc://x/face")),
            Said.message("!other:x", "$1", Said.BOB, "x", Said.AT));
    assertEquals("face", served(only(Said.CHAT), "mxc://x/face"));
    assertUnknown(only("!other:x"), "mxc://x/face");
    hub.network.files.put("mxc://x/2", "late".getBytes(UTF_8));
    hub.client().says(Said.revealed("$1", picture("mxc://x/2", null)));
    assertEquals("late", served(only(Said.CHAT), "mxc://x/2"));
  }
}
