package dev.belfry.http;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Message;
import dev.belfry.api.request.AssetUploadBase64Params;
import dev.belfry.api.request.AttachmentParams;
import dev.belfry.api.request.MessageSendParams;
import dev.belfry.core.files.FileLimits;
import dev.belfry.sdk.Belfry;
import dev.belfry.sdk.BelfryException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files by our own client. */
@Tag("hub")
class SdkAssetsTest {
  private static final String CHAT = "!everything:sandbox.local";
  private static final byte[] CONTENT = new byte[300_000];

  @TempDir private static Path folder;
  private static SandboxHub hub;
  private static Belfry client;

  @BeforeAll
  static void open() throws Exception {
    new Random(1).nextBytes(CONTENT);
    hub = new SandboxHub(folder.resolve("data"), FileLimits.DEFAULT);
    client = Belfry.connect(URI.create(hub.base), hub.token);
  }

  @AfterAll
  static void close() {
    client.close();
    hub.close();
  }

  private static byte[] served(String url) throws Exception {
    try (var content = client.assets().serve(url)) {
      assertEquals(OptionalLong.of(CONTENT.length), content.length());
      assertFalse(content.isPart());
      return content.stream().readAllBytes();
    }
  }

  @Test
  void aFileGoesThereAndBack() throws Exception {
    var file = Files.write(folder.resolve("Grüße \"x\".bin"), CONTENT);
    var upload = client.assets().upload(file);
    assertEquals("Grüße _x_.bin", upload.fileName());
    assertArrayEquals(CONTENT, served(requireNonNull(upload.srcURL())));

    var sent =
        client
            .messages()
            .send(
                CHAT,
                new MessageSendParams(
                    "there", AttachmentParams.of(requireNonNull(upload.uploadID())), null));
    var message = await(sent.pendingMessageID());
    var id = requireNonNull(requireNonNull(message.attachments()).getFirst().id());
    assertArrayEquals(CONTENT, served(id));
    var download = client.assets().download(id);
    assertArrayEquals(
        CONTENT, Files.readAllBytes(Path.of(URI.create(requireNonNull(download.srcURL())))));
    try (var part = client.assets().serve(id, 10, 19)) {
      assertTrue(part.isPart());
      assertArrayEquals(
          java.util.Arrays.copyOfRange(CONTENT, 10, 20), part.stream().readAllBytes());
    }
  }

  private static Message await(String id) throws Exception {
    for (int i = 0; i < 500; i++) {
      try {
        return client.messages().retrieve(CHAT, id);
      } catch (BelfryException.NotFound e) {
        Thread.sleep(30); // the network has not taken it yet
      }
    }
    throw new AssertionError("never sent");
  }

  @Test
  void streamsTextsAndNothingAtAll() throws Exception {
    var streamed =
        client
            .assets()
            .upload("s.bin", "application/x-test", () -> new ByteArrayInputStream(CONTENT));
    assertEquals("application/x-test", streamed.mimeType());
    assertArrayEquals(CONTENT, served(requireNonNull(streamed.srcURL())));
    var text =
        client
            .assets()
            .uploadBase64(
                new AssetUploadBase64Params(
                    Base64.getEncoder().encodeToString(CONTENT), "t.bin", null));
    assertArrayEquals(CONTENT, served(requireNonNull(text.srcURL())));
    var empty = client.assets().upload(Files.createFile(folder.resolve("empty")));
    assertEquals(0, empty.fileSize());
    try (var content = client.assets().serve(requireNonNull(empty.srcURL()))) {
      assertEquals(0, content.stream().readAllBytes().length);
    }
  }

  @Test
  void whatIsWrongIsSaid() {
    var gone =
        assertThrows(
            BelfryException.NotFound.class,
            () -> client.assets().serve("localmxc://sandbox/sandbox/none"));
    assertTrue(gone.reason().orElse("").contains("not found"));
    assertThrows(BelfryException.BadRequest.class, () -> client.assets().serve("https://x.org/"));
    assertNotNull(
        assertThrows(BelfryException.NotFound.class, () -> client.assets().download("mxc://x/y")));
  }
}
