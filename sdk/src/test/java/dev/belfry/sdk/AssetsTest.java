package dev.belfry.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.request.AssetUploadBase64Params;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files on the wire. */
@Tag("unit")
class AssetsTest extends SdkTest {
  @TempDir Path folder;

  private static String boundary(WireServer.Request request) {
    String type = String.valueOf(request.header("Content-Type"));
    assertTrue(type.startsWith("multipart/form-data; boundary="), type);
    return type.substring(type.indexOf('=') + 1);
  }

  @Test
  void aFileIsAForm() throws Exception {
    Path file = Files.writeString(folder.resolve("a \"b\".txt"), "hello");
    server.answer(200, "{\"uploadID\":\"u1\",\"fileSize\":5}");
    assertEquals("u1", client.assets().upload(file, null, "text/plain").uploadID());
    WireServer.Request request = server.request();
    assertEquals("POST", request.method());
    assertEquals("/v1/assets/upload", request.target());
    String begin = "--" + boundary(request) + "\r\nContent-Disposition: form-data; name=";
    assertEquals(
        begin
            + "\"fileName\"\r\n\r\na \"b\".txt\r\n"
            + begin
            + "\"mimeType\"\r\n\r\ntext/plain\r\n"
            + begin
            + "\"file\"; filename=\"a %22b%22.txt\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\nhello\r\n--"
            + boundary(request)
            + "--\r\n",
        request.body());
  }

  @Test
  void aRepeatSendsItAllAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "hello");
    server
        .answer(503, "{\"message\":\"busy\",\"code\":\"BUSY\"}")
        .answer(200, "{\"uploadID\":\"u\"}");
    assertEquals("u", client.assets().upload(file).uploadID());
    String first = server.request().body();
    assertEquals(first, server.request().body());
    assertNotEquals("", first);
  }

  @Test
  void theOtherForms() throws Exception {
    server.answer(200, "{\"uploadID\":\"u\"}");
    client.assets().uploadBase64(new AssetUploadBase64Params("QUJD", "a", null));
    assertEquals("{\"content\":\"QUJD\",\"fileName\":\"a\"}", server.request().body());
    server.answer(200, "{\"error\":\"gone\"}");
    assertEquals("gone", client.assets().download("mxc://x/1").error());
    assertEquals("{\"url\":\"mxc://x/1\"}", server.request().body());
    server.answerText(206, "ell");
    try (Assets.Content content = client.assets().serve("mxc://x/1", 1, 3)) {
      assertTrue(content.isPart());
      assertEquals("text/html", content.mimeType());
      assertEquals(3, content.length().orElse(-1));
      assertEquals("ell", new String(content.stream().readAllBytes(), StandardCharsets.UTF_8));
    }
    WireServer.Request request = server.request();
    assertEquals("/v1/assets/serve?url=mxc%3A%2F%2Fx%2F1", request.target());
    assertEquals("bytes=1-3", request.header("Range"));
    assertEquals("application/octet-stream", request.header("Accept"));
  }

  @Test
  void aRefusalHasItsReason() {
    server.answer(404, "{\"message\":\"Asset not found\",\"code\":\"NOT_FOUND\"}");
    BelfryException.NotFound gone =
        assertThrows(BelfryException.NotFound.class, () -> client.assets().serve("mxc://x/1"));
    assertEquals("Asset not found", gone.reason().orElse(""));
    assertThrows(
        java.io.UncheckedIOException.class, () -> client.assets().upload(folder.resolve("none")));
  }
}
