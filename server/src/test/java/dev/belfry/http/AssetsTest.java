package dev.belfry.http;

import static dev.belfry.http.SandboxHub.as;
import static dev.belfry.http.SandboxHub.text;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.AssetDownloadResponse;
import dev.belfry.api.AssetUploadResponse;
import dev.belfry.api.Message;
import dev.belfry.api.MessageSendResponse;
import dev.belfry.contract.Contract;
import dev.belfry.core.files.FileLimits;
import dev.belfry.http.SandboxHub.Form;
import dev.belfry.sandbox.SandboxConnector;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files come in, are sent, and are shown. */
@Tag("hub")
class AssetsTest {
  private static final String EVERYTHING = "!everything:sandbox.local";

  @TempDir private static Path folder;
  private static SandboxHub hub;

  @BeforeAll
  static void open() throws Exception {
    hub = new SandboxHub(folder, FileLimits.DEFAULT);
  }

  @AfterAll
  static void close() {
    hub.close();
  }

  private static byte[] sample(String name) throws Exception {
    try (InputStream in = SandboxConnector.class.getResourceAsStream("media/" + name)) {
      return requireNonNull(in).readAllBytes();
    }
  }

  private static AssetUploadResponse upload(String name, byte[] content) throws Exception {
    var reply = hub.upload(Form.of(name, content));
    Contract.assertValid("AssetUploadResponse", reply.body());
    return as(AssetUploadResponse.class, reply);
  }

  @Test
  void aFileIsUploadedSentAndServed() throws Exception {
    var photo = sample("photo-1.jpg");
    var upload = upload("Täglich 1.jpg", photo);
    assertEquals("image/jpeg", upload.mimeType());
    assertEquals("Täglich 1.jpg", upload.fileName());
    assertEquals(480.0, upload.width());
    assertEquals(360.0, upload.height());
    assertEquals(photo.length, upload.fileSize());
    assertArrayEquals(photo, hub.serve(upload.srcURL()).body());

    var sent =
        as(
            MessageSendResponse.class,
            hub.json(
                "POST",
                "/v1/chats/" + EVERYTHING + "/messages",
                "{\"text\":\"look\",\"attachment\":{\"uploadID\":\"" + upload.uploadID() + "\"}}"));
    var message =
        as(
            Message.class,
            hub.await(
                "/v1/chats/" + EVERYTHING + "/messages/" + sent.pendingMessageID(),
                reply -> reply.statusCode() == 200));
    var file = requireNonNull(message.attachments()).getFirst();
    assertEquals("img", file.type().value());
    assertEquals("look", message.text());
    var id = requireNonNull(file.id());
    assertTrue(id.startsWith("localmxc://sandbox/sandbox/"), id);

    var served = hub.serve(id);
    assertEquals(200, served.statusCode());
    assertArrayEquals(photo, served.body());
    assertEquals("image/jpeg", served.headers().firstValue("content-type").orElse(""));
    assertEquals("nosniff", served.headers().firstValue("x-content-type-options").orElse(""));
    assertTrue(
        served
            .headers()
            .firstValue("content-disposition")
            .orElse("")
            .contains("filename*=UTF-8''T%C3%A4glich%201.jpg"));
    assertArrayEquals(photo, hub.serve(file.srcURL()).body());

    var reply = hub.json("POST", "/v1/assets/download", "{\"url\":\"" + id + "\"}");
    Contract.assertValid("AssetDownloadResponse", reply.body());
    var download = as(AssetDownloadResponse.class, reply);
    assertNull(download.error());
    assertArrayEquals(photo, Files.readAllBytes(Path.of(URI.create(download.srcURL()))));
    assertArrayEquals(photo, hub.serve(download.srcURL()).body());
  }

  @Test
  void partsComeInAnyOrder() throws Exception {
    var content = "hello".getBytes(StandardCharsets.UTF_8);
    for (var form :
        List.of(
            new Form()
                .field("fileName", "a.md")
                .field("mimeType", "text/markdown")
                .file("x", content),
            new Form()
                .file("x", content)
                .field("mimeType", "text/markdown")
                .field("fileName", "a.md"),
            new Form()
                .field("other", "y".repeat(100_000))
                .field("fileName", "a.md")
                .file("x", content)
                .field("mimeType", "text/markdown"))) {
      var upload = as(AssetUploadResponse.class, hub.upload(form));
      assertEquals("a.md", upload.fileName());
      assertEquals("text/markdown", upload.mimeType());
      assertEquals(5, upload.fileSize());
    }
  }

  @Test
  void kindsAndSizesAreFound() throws Exception {
    record Expected(
        String file,
        String type,
        @Nullable Double width,
        @Nullable Double height,
        @Nullable Double seconds) {}
    for (var expected :
        List.of(
            new Expected("photo-2.jpg", "image/jpeg", 480.0, 360.0, null),
            new Expected("bounce.gif", "image/gif", 96.0, 72.0, null),
            new Expected("fox.webp", "image/webp", 128.0, 128.0, null),
            new Expected("lighthouse.mp4", "video/mp4", 160.0, 120.0, 3.0),
            new Expected("voice.ogg", "audio/ogg", null, null, 4.2))) {
      // a wrong name does not matter
      var upload = upload("x.bin", sample(expected.file()));
      assertEquals(expected.type(), upload.mimeType(), expected.file());
      assertEquals(expected.width(), upload.width(), expected.file());
      assertEquals(expected.height(), upload.height(), expected.file());
      if (expected.seconds() == null) {
        assertNull(upload.duration(), expected.file());
      } else {
        assertEquals(expected.seconds(), requireNonNull(upload.duration()), 0.1, expected.file());
      }
    }
  }

  @Test
  void base64InItsForms() throws Exception {
    var content = new byte[100_001];
    new Random(7).nextBytes(content);
    var plain = Base64.getEncoder().encodeToString(content);
    var wrapped = Base64.getMimeEncoder().encodeToString(content).replace("\r\n", "\\r\\n");
    for (var text :
        List.of(
            plain,
            plain.replace("=", ""),
            plain.replace("/", "\\/"),
            plain.replace("/", "\\u002f"),
            "data:application/x-test;base64," + plain,
            Base64.getUrlEncoder().encodeToString(content),
            wrapped)) {
      for (var body :
          List.of(
              "{\"content\":\"" + text + "\",\"fileName\":\"a.bin\"}",
              "{ \"fileName\" : \"a.bin\", \"x\":{\"content\":\"!\"}, \"y\":[\"content\",1], \"content\" : \""
                  + text
                  + "\" }")) {
        var reply = hub.json("POST", "/v1/assets/upload/base64", body);
        Contract.assertValid("AssetUploadBase64Response", reply.body());
        var upload = as(AssetUploadResponse.class, reply);
        assertEquals("a.bin", upload.fileName());
        assertArrayEquals(content, hub.serve(upload.srcURL()).body());
      }
    }
  }

  @Test
  void anyBytesInAnyPieces() throws Exception {
    var random = new Random(3);
    for (int i = 0; i < 40; i++) {
      var content = new byte[random.nextInt(200_000)];
      random.nextBytes(content);
      // looks like the end of a part, now and then
      for (int at = 0; at + 40 < content.length; at += 1 + random.nextInt(9000)) {
        var almost = "\r\n------belfry7MA4YWxkTrZu0g".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(almost, 0, content, at, random.nextInt(almost.length));
      }
      var upload = upload("any.bin", content);
      assertArrayEquals(content, hub.serve(upload.srcURL()).body());
    }
  }

  @Test
  void ranges() throws Exception {
    var content = new byte[10_000];
    new Random(5).nextBytes(content);
    var url = upload("a.bin", content).srcURL();
    record Case(String range, int status, int first, int last) {}
    for (var c :
        List.of(
            new Case("bytes=0-0", 206, 0, 0),
            new Case("bytes=0-99", 206, 0, 99),
            new Case("bytes=500-", 206, 500, 9999),
            new Case("bytes=-100", 206, 9900, 9999),
            new Case("bytes=-99999", 206, 0, 9999),
            new Case("bytes=9999-99999999999999999999", 206, 9999, 9999),
            new Case("Bytes = 1 - 2", 206, 1, 2),
            new Case("bytes=1-2,5-6", 200, 0, 9999),
            new Case("bytes=5-1", 200, 0, 9999),
            new Case("bytes=", 200, 0, 9999),
            new Case("bytes=-", 200, 0, 9999),
            new Case("bytes=a-b", 200, 0, 9999),
            new Case("lines=1-2", 200, 0, 9999))) {
      var reply = hub.serve(url, "Range", c.range());
      assertEquals(c.status(), reply.statusCode(), c.range());
      assertArrayEquals(
          Arrays.copyOfRange(content, c.first(), c.last() + 1), reply.body(), c.range());
      if (c.status() == 206) {
        assertEquals(
            "bytes %d-%d/10000".formatted(c.first(), c.last()),
            reply.headers().firstValue("content-range").orElse(""));
      }
    }
    for (var range : List.of("bytes=10000-", "bytes=99999999999999999999-", "bytes=-0")) {
      var reply = hub.serve(url, "Range", range);
      assertEquals(416, reply.statusCode(), range);
      assertEquals("bytes */10000", reply.headers().firstValue("content-range").orElse(""));
      Contract.assertValid("Error", reply.body());
    }
  }

  @Test
  void conditions() throws Exception {
    var content = "hello".getBytes(StandardCharsets.UTF_8);
    var url = upload("a.txt", content).srcURL();
    var first = hub.serve(url);
    var tag = first.headers().firstValue("etag").orElseThrow();
    var modified = first.headers().firstValue("last-modified").orElseThrow();
    for (var header :
        List.of(
            List.of("If-None-Match", tag),
            List.of("If-None-Match", "\"other\", W/" + tag),
            List.of("If-None-Match", "*"),
            List.of("If-Modified-Since", modified),
            List.of("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"))) {
      var reply = hub.serve(url, header.toArray(String[]::new));
      assertEquals(304, reply.statusCode(), header.toString());
      assertEquals(0, reply.body().length);
      assertEquals(tag, reply.headers().firstValue("etag").orElse(""));
    }
    for (var header :
        List.of(
            List.of("If-None-Match", "\"other\""),
            List.of("If-None-Match", "\"other\"", "If-Modified-Since", modified),
            List.of("If-Modified-Since", "Thu, 01 Jan 2015 00:00:00 GMT"),
            List.of("If-Modified-Since", "yesterday"),
            List.of("Range", "bytes=1-2", "If-Range", "\"other\""),
            // Only what is surely the same copy: no weak tag, no other time, no list.
            List.of("Range", "bytes=1-2", "If-Range", "W/" + tag),
            List.of("Range", "bytes=1-2", "If-Range", tag + ", \"other\""),
            List.of("Range", "bytes=1-2", "If-Range", "*"),
            List.of("Range", "bytes=1-2", "If-Range", ""),
            List.of("Range", "bytes=1-2", "If-Range", "Fri, 01 Jan 2100 00:00:00 GMT"),
            List.of("Range", "bytes=1-2", "If-Range", "Thu, 01 Jan 2015 00:00:00 GMT"),
            List.of("Range", "bytes=1-2", "If-Range", "yesterday"),
            List.of("Range", "bytes=900-", "If-Range", "\"other\""),
            List.of("If-Range", tag),
            // Several ranges: the whole is allowed.
            List.of("Range", "bytes=0-1,3-4"),
            List.of("Range", "bytes=0-1,3-4", "If-Range", tag))) {
      var reply = hub.serve(url, header.toArray(String[]::new));
      assertEquals(200, reply.statusCode(), header.toString());
      assertArrayEquals(content, reply.body());
    }
    for (var same : List.of(tag, modified)) {
      var reply = hub.serve(url, "Range", "bytes=1-2", "If-Range", same);
      assertEquals(206, reply.statusCode());
      assertEquals("el", text(reply));
      var beyond = hub.serve(url, "Range", "bytes=900-", "If-Range", same);
      assertEquals(416, beyond.statusCode());
    }
  }

  @Test
  void onlyTheHeadAndManyOnOneConnection() throws Exception {
    var url = upload("a.txt", "hello".getBytes(StandardCharsets.UTF_8)).srcURL();
    try (var wire = new Wire(hub.port)) {
      for (int i = 0; i < 3; i++) {
        wire.send(
            Wire.request(
                "HEAD",
                "/v1/assets/serve?url=" + SandboxHub.encoded(requireNonNull(url)),
                "",
                "Authorization: Bearer " + hub.token));
        var reply = wire.receive(true);
        assertEquals(200, reply.status());
        assertEquals("5", reply.header("content-length"));
        assertEquals("bytes", reply.header("accept-ranges"));
      }
    }
  }

  @Test
  void whatABrowserWouldRunIsSaved() throws Exception {
    for (var dangerous :
        List.of(
            List.of("a.html", "<html><script>alert(1)</script></html>"),
            List.of("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            List.of("a.js", "alert(1)"),
            List.of("a.xml", "<?xml version=\"1.0\"?><a/>"))) {
      var upload =
          upload(dangerous.getFirst(), dangerous.getLast().getBytes(StandardCharsets.UTF_8));
      var headers = hub.serve(upload.srcURL()).headers();
      assertTrue(
          headers.firstValue("content-disposition").orElse("").startsWith("attachment"),
          dangerous.getFirst());
      assertEquals("nosniff", headers.firstValue("x-content-type-options").orElse(""));
      assertTrue(headers.firstValue("content-security-policy").orElse("").contains("sandbox"));
    }
  }

  @Test
  void theSandboxsOwnFilesAreServed() throws Exception {
    var everything = text(hub.get("/v1/messages/search?mediaTypes=any&limit=20"));
    var ids =
        java.util.regex.Pattern.compile("\"(localmxc://[^\"]+)\"")
            .matcher(everything)
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();
    assertTrue(ids.size() > 1, everything);
    for (var id : ids) {
      var reply = hub.serve(id);
      assertEquals(200, reply.statusCode(), id);
      assertTrue(reply.body().length > 0, id);
      assertNotNull(reply.headers().firstValue("etag").orElse(null));
    }
    assertEquals(404, hub.serve("localmxc://sandbox/sandbox/nothing.png").statusCode());
    assertEquals(404, hub.serve("mxc://example.org/nothing").statusCode());
  }
}
