package dev.belfry.http;

import static dev.belfry.http.SandboxHub.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.AssetUploadResponse;
import dev.belfry.http.SandboxHub.Form;
import dev.belfry.model.Grant;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Uploads that are malformed, too large, too many or cut off. */
@Tag("hub")
class UploadFaultsTest extends AssetFaults {
  private static HttpResponse<byte[]> form(String contentType, byte[] body) throws Exception {
    return hub.send(
        "POST", "/v1/assets/upload", BodyPublishers.ofByteArray(body), "Content-Type", contentType);
  }

  @Test
  void formsThatAreNone() throws Exception {
    var good = Form.of("a.txt", HELLO);
    var type = good.contentType();
    var body = good.body();
    assertRefused(400, "multipart", form("application/json", "{}".getBytes(UTF_8)));
    assertRefused(400, "multipart", form("text/plain", body));
    assertRefused(400, "multipart", form("multipart/mixed; boundary=x", body));
    assertRefused(400, "boundary", form("multipart/form-data", body));
    assertRefused(400, "boundary", form("multipart/form-data; boundary=", body));
    assertRefused(400, "boundary", form("multipart/form-data; boundary=" + "x".repeat(300), body));
    assertRefused(400, "well-formed", form("multipart/form-data; boundary=other", body));
    assertRefused(400, "well-formed", form(type, new byte[0]));
    assertRefused(400, "well-formed", form(type, "nonsense".getBytes(UTF_8)));
    // the closing boundary may lack its last line end, and nothing before that
    for (int length = 0; length < body.length - 2; length += 3) {
      var cut = form(type, Arrays.copyOf(body, length));
      assertRefused(400, "[\"body\"", cut);
    }
    assertRefused(
        400,
        "[\"body\"",
        hub.send("POST", "/v1/assets/upload", BodyPublishers.noBody(), "Content-Type", type));
    assertRefused(400, "multipart", hub.send("POST", "/v1/assets/upload", BodyPublishers.noBody()));
  }

  @Test
  void partsThatAreWrong() throws Exception {
    var file = "[\"body\",\"file\"]";
    assertRefused(400, file, hub.upload(new Form().field("fileName", "a.txt")));
    assertRefused(400, file, hub.upload(new Form().part("name=\"File\"; filename=\"a\"", HELLO)));
    assertRefused(400, file, hub.upload(new Form().part("filename=\"a\"", HELLO)));
    assertRefused(
        400, file, hub.upload(new Form().part("name=\"file\"; filename=\"\"", new byte[0])));
    assertRefused(400, file, hub.upload(Form.of("a", HELLO).file("b", HELLO)));
    assertRefused(
        400,
        "[\"body\",\"mimeType\"]",
        hub.upload(Form.of("a", HELLO).field("mimeType", "not a type")));
    assertRefused(
        400,
        "[\"body\",\"mimeType\"]",
        hub.upload(Form.of("a", HELLO).field("mimeType", "text/html\r\nX-Evil: 1")));
    assertRefused(
        400,
        "[\"body\",\"fileName\"]",
        hub.upload(Form.of("a", HELLO).field("fileName", "x".repeat(5000))));
    assertRefused(
        400,
        "[\"body\",\"fileName\"]",
        hub.upload(Form.of("a", HELLO).field("fileName", "a").field("fileName", "b")));
    assertRefused(
        400,
        "[\"body\",\"fileName\"]",
        hub.upload(Form.of("a", HELLO).part("name=\"fileName\"", new byte[] {(byte) 0xff})));
    var many = Form.of("a", HELLO);
    for (int i = 0; i < 100; i++) {
      many.field("x" + i, "");
    }
    assertRefused(400, "[\"body\"", hub.upload(many));
    assertRefused(
        400,
        "[\"body\"",
        hub.upload(new Form().part("name=\"" + "x".repeat(20_000) + "\"", HELLO)));
  }

  @Test
  void namesAreMadeSafe() throws Exception {
    record Case(String given, String kept) {}
    for (var c :
        List.of(
            new Case("../../etc/passwd", "passwd"),
            new Case("/etc/passwd", "passwd"),
            new Case("C:\\Windows\\win.ini", "win.ini"),
            new Case("..", "file.txt"),
            new Case(".", "file.txt"),
            new Case("", "file.txt"),
            new Case("   ", "file.txt"),
            new Case(".htaccess", "htaccess"),
            new Case("a\u0000b.txt", "a_b.txt"),
            new Case("a\u202Egpj.exe", "a_gpj.exe"),
            new Case("nul.txt", "_nul.txt"),
            new Case("con", "_con"),
            new Case("a<b>:c?.txt", "a_b__c_.txt"),
            new Case("dots...", "dots"),
            new Case("👨\u200D👩\u200D👧.png", "👨\u200D👩\u200D👧.png"),
            new Case("x".repeat(3000) + ".jpeg", "x".repeat(195) + ".jpeg"),
            new Case("日本語".repeat(300) + ".txt", "日本語".repeat(21) + "日本.txt"))) {
      var upload =
          as(
              AssetUploadResponse.class,
              hub.upload(Form.of("b", HELLO).field("fileName", c.given())));
      var expected = c.kept().startsWith("日本語") ? upload.fileName() : c.kept();
      assertEquals(expected, upload.fileName());
      assertTrue(requireNonNull(upload.fileName()).getBytes(UTF_8).length <= 200);
      var file = Path.of(java.net.URI.create(requireNonNull(upload.srcURL())));
      assertEquals(data().resolve("uploads"), Objects.requireNonNull(file.getParent()).getParent());
      assertEquals(5, Files.size(file));
    }
  }

  @Test
  void tooLarge() throws Exception {
    assertRefused(413, "3000000", hub.upload(Form.of("a", new byte[3_000_001])));
    assertEquals(200, hub.upload(Form.of("a", new byte[3_000_000])).statusCode());
    // before it is read
    try (var wire = new Wire(hub.port)) {
      wire.send(
          Wire.request(
              "POST",
              "/v1/assets/upload",
              "",
              "Authorization: Bearer " + hub.token,
              "Content-Type: multipart/form-data; boundary=x",
              "Content-Length: 600000000"));
      assertEquals(413, wire.receive().status());
    }
    try (var wire = new Wire(hub.port)) {
      wire.send(
          Wire.request(
              "POST",
              "/v1/assets/upload/base64",
              "",
              "Authorization: Bearer " + hub.token,
              "Content-Length: 900000000"));
      assertEquals(413, wire.receive().status());
    }
  }

  @Test
  void aClientThatGoesAway() throws Exception {
    for (var target : List.of("/v1/assets/upload", "/v1/assets/upload/base64")) {
      try (var wire = new Wire(hub.port)) {
        wire.send(
            Wire.request(
                "POST",
                target,
                "",
                "Authorization: Bearer " + hub.token,
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Length: 2000000"));
        wire.send(
            target.endsWith("64")
                ? "{\"content\":\"" + "QUJD".repeat(10_000)
                : "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
                    + "y".repeat(100_000));
        await(UploadFaultsTest::hasParts);
      }
      await(() -> !hasParts());
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    for (int i = 0; i < 1000; i++) {
      if (condition.call()) {
        return;
      }
      Thread.sleep(30);
    }
    throw new AssertionError("it did not come about");
  }

  private static boolean hasParts() throws IOException {
    try (var files = Files.list(data().resolve("uploads"))) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(".part"));
    }
  }

  @Test
  void quotas() throws Exception {
    var mine = hub.token;
    try {
      for (var who : List.of("q1", "q2")) {
        hub.token = hub.hub.tokens().create(who, Set.of(Grant.Scope.WRITE), null).secret();
        var replies = new ArrayList<HttpResponse<byte[]>>();
        for (int i = 0; i < 4; i++) {
          replies.add(hub.upload(Form.of("a", new byte[2_500_000])));
        }
        var refused = replies.stream().filter(r -> r.statusCode() != 200).toList();
        assertFalse(refused.isEmpty());
        for (var reply : refused) {
          assertRefused(422, "UPLOAD_QUOTA_EXCEEDED", reply);
        }
      }
    } finally {
      hub.token = mine;
    }
  }

  @Test
  void base64ThatIsNone() throws Exception {
    var path = "/v1/assets/upload/base64";
    var content = "[\"body\",\"content\"]";
    for (var wrong :
        List.of(
            "{}",
            "{\"fileName\":\"a\"}",
            "{\"content\":\"\"}",
            "{\"content\":null}",
            "{\"content\":5}",
            "{\"content\":[\"QUJD\"]}",
            "{\"content\":\"A\"}",
            "{\"content\":\"QUJDR\"}",
            "{\"content\":\"QUJ!\"}",
            "{\"content\":\"QQ=Q\"}",
            "{\"content\":\"Q===\"}",
            "{\"content\":\"QUI===\"}",
            "{\"content\":\"====\"}",
            "{\"content\":\"QUJDé\"}",
            "{\"content\":\"QUJD\\u0000\"}",
            "{\"content\":\"QUJD\\\"\"}",
            "{\"content\":\"data:text/plain,hello\"}",
            "{\"content\":\"data:" + "x".repeat(5000) + "\"}",
            "{\"content\":\"QUJD\",\"content\":\"QUJD\"}",
            "{\"\\u0063ontent\":\"QUJD\"}")) {
      assertRefused(400, "[\"body\"", hub.json("POST", path, wrong));
    }
    assertRefused(400, content, hub.json("POST", path, "{\"content\":\"A\"}"));
    assertRefused(400, content, hub.json("POST", path, "{\"fileName\":\"a\"}"));
    for (var malformed :
        List.of(
            "",
            "{",
            "{\"content\":\"QUJD",
            "{\"content\":\"QUJD\"",
            "{\"content\":\"QUJD\"}}",
            "{\"content\":\"QUJD\",}",
            "[\"QUJD\"]",
            "\"QUJD\"",
            "QUJD",
            "{'content':'QUJD'}",
            "{\"x\":".repeat(5000))) {
      assertRefused(400, "[\"body\"", hub.json("POST", path, malformed));
    }
    assertRefused(
        400,
        "[\"body\",\"mimeType\"]",
        hub.json("POST", path, "{\"content\":\"QUJD\",\"mimeType\":\"x\"}"));
    assertRefused(
        400,
        "[\"body\",\"fileName\"]",
        hub.json("POST", path, "{\"content\":\"QUJD\",\"fileName\":1}"));
    assertRefused(
        413,
        "1048576",
        hub.json("POST", path, "{\"content\":\"QUJD\",\"x\":\"" + "y".repeat(1_100_000) + "\"}"));
  }
}
