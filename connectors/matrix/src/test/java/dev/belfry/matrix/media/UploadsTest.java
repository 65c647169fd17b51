package dev.belfry.matrix.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.http.MediaApi;
import dev.belfry.matrix.json.Json;
import dev.belfry.network.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bringing files to a media repository that does what the test wants. */
@Tag("unit")
class UploadsTest {
  private static final String UPLOAD = "POST /_matrix/media/v3/upload";
  private static final String CONFIG = "GET /_matrix/client/v1/media/config";

  @TempDir Path folder;
  private final FakeMedia server;
  private final MatrixApi api;
  private final Uploads uploads;

  UploadsTest() throws IOException {
    server = new FakeMedia().on(UPLOAD, 200, "{\"content_uri\":\"mxc://e.org/new\"}");
    api = server.api();
    uploads = new Uploads(new MediaApi(api));
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  private byte[] written(Path file, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(5).nextBytes(bytes);
    Files.write(file, bytes);
    return bytes;
  }

  private Json brought(Path file, boolean sealed) throws IOException, InterruptedException {
    return assertInstanceOf(
            Uploads.Result.Brought.class,
            uploads.bring("m1", file, "image/png", "a picture & more.png", sealed))
        .named();
  }

  private Outcome.Rejected refused(Path file) throws IOException, InterruptedException {
    return assertInstanceOf(
        Outcome.Rejected.class,
        assertInstanceOf(Uploads.Result.Failed.class, uploads.bring("m9", file, null, null, false))
            .outcome());
  }

  private List<FakeMedia.Asked> uploaded() {
    return server.asked.stream().filter(asked -> asked.line().startsWith(UPLOAD)).toList();
  }

  @Test
  void inClearTheServerHearsWhatItIs() throws Exception {
    Path file = folder.resolve("x");
    byte[] bytes = written(file, 200_000);
    assertEquals(Json.of(Map.of("url", "mxc://e.org/new")).toString(), brought(file, false) + "");
    FakeMedia.Asked asked = uploaded().getFirst();
    assertEquals(UPLOAD + "?filename=a%20picture%20%26%20more.png", asked.line());
    assertEquals("image/png", asked.contentType());
    assertEquals("Bearer secret", asked.authorization());
    assertArrayEquals(bytes, asked.body());
  }

  @Test
  void sealedItHearsNothingAndTheOthersCanOpenIt() throws Exception {
    Path file = folder.resolve("x");
    byte[] bytes = written(file, 200_003);
    Json named = brought(file, true).at("file");
    FakeMedia.Asked asked = uploaded().getFirst();
    assertEquals(UPLOAD, asked.line());
    assertEquals("application/octet-stream", asked.contentType());
    assertEquals(bytes.length, asked.body().length);
    assertFalse(Arrays.equals(bytes, asked.body()));
    assertEquals("v2", named.text("v"));
    assertEquals("A256CTR", named.at("key").text("alg"));
    assertEquals(43, String.valueOf(named.at("key").text("k")).length(), "unpadded");
    assertTrue(String.valueOf(named.text("iv")).endsWith("AAAAAAAAAA"), "counts from nought");
    server.on("GET /_matrix/client/v1/media/download/e.org/new", 200, asked.body());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Downloads(new MediaApi(api))
        .fetch("mxc://e.org/new", Json.of(Map.of("mxc://e.org/new", named)).toString(), out);
    assertArrayEquals(bytes, out.toByteArray());
  }

  @Test
  void everyFileHasAKeyOfItsOwn() throws Exception {
    Path file = folder.resolve("x");
    Files.write(file, new byte[0]);
    Json one = brought(file, true);
    Json other =
        assertInstanceOf(Uploads.Result.Brought.class, uploads.bring("m2", file, null, null, true))
            .named();
    assertNotEquals(one.at("file", "key").text("k"), other.at("file", "key").text("k"));
    assertEquals(
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU", one.at("file", "hashes").text("sha256"));
  }

  @Test
  void aRepeatOfTheMessageDoesNotBringItAgain() throws Exception {
    Path file = folder.resolve("x");
    written(file, 10);
    assertEquals(brought(file, true).toString(), brought(file, true).toString());
    assertEquals(1, uploaded().size());
    brought(file, false);
    assertEquals(2, uploaded().size(), "what was sealed is not named in clear");
  }

  @Test
  void whatIsTooLargeIsNotEvenTried() throws Exception {
    Path file = folder.resolve("x");
    written(file, 11);
    server.on(CONFIG, 200, "{\"m.upload.size\":10}");
    Outcome.Rejected refused = refused(file);
    assertEquals("too_large", refused.code());
    assertEquals("The file has 11 bytes; the homeserver takes 10 at the most.", refused.message());
    assertTrue(uploaded().isEmpty());
  }

  @Test
  void refusalsSayWhatIsWrong() throws Exception {
    Path file = folder.resolve("x");
    written(file, 11);
    server.on(UPLOAD, 413, "{\"errcode\":\"M_TOO_LARGE\"}");
    assertEquals("The file is too large for the homeserver.", refused(file).message());
    server.on(UPLOAD, 403, "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"quota\"}");
    assertEquals("forbidden", refused(file).code());
    server.on(UPLOAD, 200, "{}");
    assertEquals("no_address", refused(file).code());
    server.on(UPLOAD, 502, "");
    assertInstanceOf(
        Outcome.RetryLater.class,
        assertInstanceOf(
                Uploads.Result.Failed.class, uploads.bring("m9", file, "a\nb/c", null, true))
            .outcome());
    assertEquals("no_file", refused(folder.resolve("gone")).code());
  }

  @Test
  void picturesAreToldByTheirFirstBytes() throws Exception {
    Map<String, String> heads =
        Map.of(
            "\u0089PNG\r\n\u001a\n....", "image/png",
            "\u00ff\u00d8\u00ff\u00e0", "image/jpeg",
            "GIF89a..", "image/gif",
            "RIFF....WEBPVP8 ", "image/webp",
            "....ftypavif", "image/avif");
    for (Map.Entry<String, String> head : heads.entrySet()) {
      Path file = folder.resolve("x");
      Files.writeString(file, head.getKey(), java.nio.charset.StandardCharsets.ISO_8859_1);
      assertEquals(head.getValue(), PictureType.of(file));
    }
    assertNull(PictureType.of(Files.writeString(folder.resolve("y"), "<svg/>")));
  }
}
