package dev.belfry.matrix.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.http.MediaApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fetching files from a media repository that does what the test wants. */
@Tag("unit")
class DownloadsTest {
  private static final String ID = "mxc://e.org:8448/abc_-1";
  private static final String NEW = "GET /_matrix/client/v1/media/download/e.org%3A8448/abc_-1";
  private static final String OLD = "GET /_matrix/media/v3/download/e.org%3A8448/abc_-1";

  /** The well-known example of other clients' tests: "Hello, World". */
  private static final byte[] SEALED = Base64.getDecoder().decode("5xJZTt5cQicm+9f4");

  private static final String KEY =
      """
      {"%s":{"v":"v2","hashes":{"sha256":"YzF08lARDdOCzJpzuSwsjTNlQc4pHxpdHcXiD/wpK6k"},
      "key":{"alg":"A256CTR","k":"__________________________________________8","key_ops":["encrypt","decrypt"],"kty":"oct"},
      "iv":"//////////8AAAAAAAAAAA"}}
      """
          .formatted(ID);

  private final FakeMedia server;
  private final MatrixApi api;

  DownloadsTest() throws IOException {
    server = new FakeMedia();
    api = server.api();
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  private byte[] fetch(String id, @Nullable String encryption)
      throws IOException, InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Downloads(new MediaApi(api)).fetch(id, encryption, out);
    return out.toByteArray();
  }

  private String fault(@Nullable String encryption) {
    IOException fault = assertThrows(IOException.class, () -> fetch(ID, encryption));
    return String.valueOf(fault.getMessage());
  }

  @Test
  void aFileInClearComesAsItIsToWhoeverIsLoggedIn() throws Exception {
    byte[] large = new byte[300_000];
    large[299_999] = 7;
    server.on(NEW, 200, large);
    assertArrayEquals(large, fetch(ID, null));
    assertEquals("Bearer secret", server.asked.getFirst().authorization());
  }

  @Test
  void anEncryptedFileIsOpened() throws Exception {
    server.on(NEW, 200, SEALED);
    assertEquals("Hello, World", text(KEY));
    assertEquals("Hello, World", text(KEY.replace("K6k\"", "K6k=\"")), "padded");
    assertEquals("Hello, World", text(KEY.replace("__________", "//////////")), "other base64");
  }

  private String text(String encryption) throws IOException, InterruptedException {
    return new String(fetch(ID, encryption), StandardCharsets.UTF_8);
  }

  @Test
  void aFileThatIsNotTheOneThatWasSentIsRefused() {
    byte[] changed = SEALED.clone();
    changed[3] ^= 1;
    server.on(NEW, 200, changed);
    assertTrue(fault(KEY).contains("its hash is another"));
  }

  @Test
  void keysOfAnotherKindAreRefused() {
    server.on(NEW, 200, SEALED);
    assertTrue(fault(KEY.replace("\"v2\"", "\"v9\"")).contains("not known here"));
    assertTrue(fault(KEY.replace("A256CTR", "A256GCM")).contains("not known here"));
    assertTrue(fault(KEY.replace("AAAAAAAAAAA\"", "\"")).contains("not known here"));
    assertTrue(fault(KEY.replace("sha256", "sha1")).contains("does not say"));
    assertEquals(0, server.asked.size(), "nothing was asked for");
  }

  @Test
  void olderServersAreAskedInTheOldWayWithoutTheToken() throws Exception {
    server.on(NEW, 404, "{\"errcode\":\"M_UNRECOGNIZED\"}").on(OLD, 200, "old");
    assertEquals("old", new String(fetch(ID, null), StandardCharsets.UTF_8));
    assertNull(server.asked.getLast().authorization());
    server.on(NEW, 404, "<html>no such page</html>");
    assertEquals("old", new String(fetch(ID, null), StandardCharsets.UTF_8));
    server.on(NEW, 404, "{\"errcode\":\"M_NOT_FOUND\"}");
    assertTrue(fault(null).contains("does not have the file"));
    assertTrue(server.asked.getLast().line().startsWith(NEW), "the file is missing, not the path");
  }

  @Test
  void elsewhereTheTokenIsNotTold() throws Exception {
    try (FakeMedia store = new FakeMedia()) {
      store.on("GET /bucket/file", 200, "from the store");
      server.redirect(NEW, "/moved").redirect("GET /moved", store.url() + "/bucket/file?sig=1");
      assertEquals("from the store", new String(fetch(ID, null), StandardCharsets.UTF_8));
      assertEquals("Bearer secret", server.asked.getLast().authorization(), "at home it is");
      assertNull(store.asked.getFirst().authorization());
      assertEquals("GET /bucket/file?sig=1", store.asked.getFirst().line());
    }
  }

  @Test
  void redirectionsThatLeadNowhereEnd() {
    server.redirect(NEW, "file:///etc/passwd");
    assertTrue(fault(null).contains("where we do not go"));
    server.redirect(NEW, "http://[broken");
    assertTrue(fault(null).contains("no address"));
    server.redirect(NEW, NEW.substring(4));
    assertTrue(fault(null).contains("round and round"));
  }

  @Test
  void refusalsAreWorded() {
    server.on(NEW, 401, "{\"errcode\":\"M_UNKNOWN_TOKEN\"}");
    assertTrue(fault(null).contains("login"));
    server.on(NEW, 403, "{\"errcode\":\"M_FORBIDDEN\"}");
    assertTrue(fault(null).contains("does not let this account"));
    server.on(NEW, 504, "{\"errcode\":\"M_NOT_YET_UPLOADED\"}");
    assertTrue(fault(null).contains("504"));
    server.on(NEW, 429, "{\"retry_after_ms\":1}");
    assertTrue(fault(null).contains("too many requests"));
    for (String id :
        new String[] {"mxc://e.org", "mxc://e.org/a/b", "mxc://e.org/..", "http://x"}) {
      IOException fault = assertThrows(IOException.class, () -> fetch(id, null));
      assertTrue(String.valueOf(fault.getMessage()).contains("no content URI"), id);
    }
  }
}
