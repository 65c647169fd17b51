package dev.belfry.http;

import static dev.belfry.http.SandboxHub.as;
import static dev.belfry.http.SandboxHub.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belfry.api.AssetUploadResponse;
import dev.belfry.core.Tokens;
import dev.belfry.http.SandboxHub.Form;
import dev.belfry.model.Grant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files that are asked for by wrong names, by those who may not, or as pictures. */
@Tag("hub")
class AssetFaultsTest extends AssetFaults {
  @Test
  void urlsThatAreNone() throws Exception {
    for (var url :
        List.of(
            "x",
            "mxc://",
            "mxc://a",
            "mxc://a/",
            "mxc:///b",
            "mxc://a/b/c",
            "mxc://a/b?c",
            "localmxc://",
            "http://example.org/a.png",
            "https://169.254.169.254/",
            "data:text/plain,x",
            "javascript:alert(1)",
            "file://example.org/etc/passwd",
            "file:etc/passwd",
            "file:///a%00b",
            "file:///a b",
            "file:///%zz",
            "/etc/passwd",
            "mxc://a/b\u0001",
            "mxc://a/" + "b".repeat(5000))) {
      assertRefused(400, "[\"query\",\"url\"]", hub.serve(url));
      var json = url.replace("\u0001", "\\u0001");
      assertRefused(
          400,
          "[\"body\",\"url\"]",
          hub.json("POST", "/v1/assets/download", "{\"url\":\"" + json + "\"}"));
    }
    assertRefused(400, "[\"query\",\"url\"]", hub.get("/v1/assets/serve"));
    assertRefused(400, "[\"query\",\"url\"]", hub.get("/v1/assets/serve?url="));
    assertEquals(
        400,
        Wire.exchange(
                hub.port,
                Wire.request(
                    "GET", "/v1/assets/serve?url=%zz", "", "Authorization: Bearer " + hub.token))
            .status());
    assertRefused(400, "[\"body\",\"url\"]", hub.json("POST", "/v1/assets/download", "{}"));
    assertRefused(
        400, "[\"body\",\"url\"]", hub.json("POST", "/v1/assets/download", "{\"url\":1}"));
  }

  @Test
  void filesOutside() throws Exception {
    var upload = as(AssetUploadResponse.class, hub.upload(Form.of("a.txt", HELLO)));
    var uploads = data().resolve("uploads");
    var id = requireNonNull(upload.uploadID());
    var secret = Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(uploads.resolve(id).resolve("link.txt"), secret);
    Files.createSymbolicLink(uploads.resolve("folder"), folder);
    Files.createSymbolicLink(uploads.resolve(id).resolve("etc"), Path.of("/etc"));
    Files.writeString(uploads.resolve(id).resolve(".hidden"), "x");
    var base = uploads.toUri().toString();
    var wanted =
        new ArrayList<>(
            List.of(
                secret.toUri().toString(),
                "file:///etc/passwd",
                "file:///dev/zero",
                data().resolve("belfry.db").toUri().toString(),
                data().resolve("accounts/sandbox/network.jsonl").toUri().toString(),
                base,
                base + id,
                base + id + "/",
                base + id + "/none.txt",
                base + id + "/link.txt",
                base + id + "/.hidden",
                base + id + "/etc/passwd",
                base + "folder/secret.txt",
                base + id + "/../../belfry.db",
                base + id + "/%2e%2e/%2e%2e/belfry.db",
                base + id + "/..%2f..%2fbelfry.db",
                base + "../accounts/sandbox/media/../network.jsonl",
                "file:///" + "../".repeat(30) + "etc/passwd"));
    for (var url : wanted) {
      assertRefused(404, "not found", hub.serve(url));
      assertRefused(
          404, "not found", hub.json("POST", "/v1/assets/download", "{\"url\":\"" + url + "\"}"));
    }
    // a way around that ends at home is no fault
    assertEquals(200, hub.serve(base + id + "/../" + id + "/a.txt").statusCode());
    assertEquals(200, hub.serve(requireNonNull(upload.srcURL())).statusCode());
    Files.delete(uploads.resolve("folder"));
  }

  @Test
  void missingFilesAndOtherMethods() throws Exception {
    for (var url :
        List.of(
            "mxc://example.org/none",
            "localmxc://sandbox/sandbox/none.png",
            "localmxc://sandbox/sandbox/../network.jsonl",
            "localmxc://sandbox/sandbox/sent/../../network.jsonl",
            "localmxc://sandbox/sandbox/%2e%2e/network.jsonl",
            "localmxc://sandbox/sandbox/sent/x/%00",
            "localmxc://sandbox/sandbox/%zz")) {
      assertRefused(404, "not found", hub.serve(url));
    }
    for (var target :
        List.of("/v1/assets/upload", "/v1/assets/upload/base64", "/v1/assets/download")) {
      assertRefused(405, "method", hub.get(target));
    }
    assertRefused(405, "method", hub.json("POST", "/v1/assets/serve", "{}"));
  }

  @Test
  void scopesAndLimits() throws Exception {
    var mine = hub.token;
    var upload = as(AssetUploadResponse.class, hub.upload(Form.of("a.txt", HELLO)));
    var listing = text(hub.get("/v1/messages/search?mediaTypes=any&limit=20"));
    var file = listing.replaceFirst("(?s).*?\"(localmxc://[^\"]+)\".*", "$1");
    var copy =
        text(hub.json("POST", "/v1/assets/download", "{\"url\":\"" + file + "\"}"))
            .replaceFirst("(?s).*\"srcURL\":\"([^\"]+)\".*", "$1");
    try {
      hub.token = hub.hub.tokens().create("r", Set.of(Grant.Scope.READ), null).secret();
      assertRefused(403, "scope", hub.upload(Form.of("a", HELLO)));
      assertEquals(200, hub.serve(file).statusCode());
      // of a chat without files
      hub.token =
          hub.hub
              .tokens()
              .create(
                  "other",
                  Set.of(Grant.Scope.WRITE),
                  null,
                  new Tokens.Limits(List.of(), List.of("!faults:sandbox.local")))
              .secret();
      for (var url : List.of(requireNonNull(upload.srcURL()), file, copy)) {
        assertRefused(404, "not found", hub.serve(url));
      }
      var own = as(AssetUploadResponse.class, hub.upload(Form.of("b.txt", HELLO)));
      assertEquals(200, hub.serve(own.srcURL()).statusCode());
    } finally {
      hub.token = mine;
    }
  }

  @Test
  void picturesByPath() throws Exception {
    var chat = "/v1/chats/!everything:sandbox.local";
    var text = Files.writeString(folder.resolve("no-picture.png"), "text");
    var svg =
        Files.writeString(folder.resolve("a.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    var big = folder.resolve("big.gif");
    Files.write(big, "GIF89a".getBytes(UTF_8));
    try (var file = new java.io.RandomAccessFile(big.toFile(), "rw")) {
      file.setLength(2_000_000);
    }
    for (var path :
        List.of(
            text.toString(),
            svg.toString(),
            big.toString(),
            folder.toString(),
            "/dev/zero",
            "/etc/passwd",
            "relative.png",
            "https://example.org/a.png",
            "file://example.org/a.png",
            "mxc://a/b",
            "",
            "/none/such.png")) {
      assertRefused(422, "image", hub.json("PATCH", chat, "{\"imgURL\":\"" + path + "\"}"));
    }
    assertRefused(422, "image", hub.json("PATCH", chat, "{\"imgURL\":\"/a\\u0000b\"}"));
    assertRefused(404, "not found", hub.json("PATCH", "/v1/chats/!no:x", "{\"imgURL\":\"/a\"}"));
    assertRefused(400, "[\"body\",\"imgURL\"]", hub.json("PATCH", chat, "{\"imgURL\":5}"));
    var upload = as(AssetUploadResponse.class, hub.upload(Form.of("a.txt", HELLO)));
    assertRefused(
        422, "image", hub.json("PATCH", chat, "{\"imgURL\":\"" + upload.srcURL() + "\"}"));
  }
}
