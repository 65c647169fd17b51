package dev.belfry.server;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.sdk.Belfry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files much larger than the server's memory come and go. */
@Tag("hub")
class LargeFileTest {
  private static final long MEGABYTE = 1 << 20;
  private static final String TOKEN = "a-token-of-more-than-twenty-characters";

  @TempDir Path data;

  /** Bytes that are nowhere the same, and take neither memory nor much time. */
  private static final class Pattern extends InputStream {
    private final byte[] block = new byte[(int) MEGABYTE];
    private final long length;
    private long at;

    Pattern(long length) {
      this.length = length;
      new Random(1).nextBytes(block);
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("by blocks only");
    }

    @Override
    public int read(byte[] bytes, int from, int wanted) {
      if (at == length) {
        return -1;
      }
      int offset = (int) (at % MEGABYTE);
      if (offset == 0) {
        ByteBuffer.wrap(block).putLong(0, at);
      }
      int given = (int) Math.min(Math.min(wanted, MEGABYTE - offset), length - at);
      System.arraycopy(block, offset, bytes, from, given);
      at += given;
      return given;
    }
  }

  private static long checksum(InputStream in) throws IOException {
    var sum = new CRC32C();
    var buffer = new byte[1 << 16];
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      sum.update(buffer, 0, length);
    }
    return sum.getValue();
  }

  @Test
  @Timeout(900)
  void halfAGigabyteThroughAQuarter() throws Exception {
    long size = 500 * MEGABYTE;
    var variables = Map.of("JAVA_TOOL_OPTIONS", "-Xmx256m", "BELFRY_ACCESS_TOKEN", TOKEN);
    try (var server = ServerProcess.start(data, variables, "--listen", "127.0.0.1:0");
        var client =
            Belfry.builder()
                .baseUrl(URI.create(server.ready()))
                .token(TOKEN)
                .timeout(Duration.ofMinutes(5))
                .maxRetries(0)
                .build()) {
      var upload = client.assets().upload("large.bin", null, () -> new Pattern(size));
      assertEquals(size, upload.fileSize());
      try (var content = client.assets().serve(requireNonNull(upload.srcURL()))) {
        assertEquals(size, content.length().orElse(-1));
        assertEquals(checksum(new Pattern(size)), checksum(content.stream()));
      }
      long first = size - 10;
      try (var end = client.assets().serve(requireNonNull(upload.srcURL()), first, size)) {
        assertEquals(10, end.stream().readAllBytes().length);
      }
      base64(client, server, 220 * MEGABYTE);
      assertTrue(!server.errors().contains("OutOfMemory"), server.errors());
    }
  }

  /** Also while the server runs, whose memory it does not take. */
  @Test
  @Timeout(900)
  void aBackupHoldsHalfAGigabyte(@TempDir Path beside) throws Exception {
    long size = 500 * MEGABYTE;
    var variables = Map.of("JAVA_TOOL_OPTIONS", "-Xmx256m", "BELFRY_ACCESS_TOKEN", TOKEN);
    Path file = beside.resolve("large.backup");
    try (var server = ServerProcess.start(data, variables, "--listen", "127.0.0.1:0", "--sandbox");
        var client =
            Belfry.builder()
                .baseUrl(URI.create(server.ready()))
                .token(TOKEN)
                .timeout(Duration.ofMinutes(5))
                .maxRetries(0)
                .build()) {
      var upload = client.assets().upload("large.bin", null, () -> new Pattern(size));
      String chats = ServerProcess.get(server.url() + "/v1/chats?limit=1", TOKEN).body();
      String chat = chats.replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
      String draft =
          "{\"draft\":{\"text\":\"look\",\"attachments\":{\"k\":{\"uploadID\":\""
              + upload.uploadID()
              + "\"}}}}";
      String url = server.url() + "/v1/chats/" + URLEncoder.encode(chat, StandardCharsets.UTF_8);
      patch(url, "{\"draft\":null}");
      patch(url, draft);
      var written = new Shell(data).run("backup", file.toString());
      assertEquals(0, written.status(), written.err());
      assertTrue(!server.errors().contains("OutOfMemory"), server.errors());
    }
    Path there = beside.resolve("there");
    var restored = new Shell(there).run("restore", file.toString());
    assertEquals(0, restored.status(), restored.err());
    try (var files = Files.walk(there.resolve("uploads"))) {
      var large = files.filter(Files::isRegularFile).toList();
      assertEquals(1, large.size(), large::toString);
      try (var in = Files.newInputStream(large.getFirst())) {
        assertEquals(checksum(new Pattern(size)), checksum(in));
      }
    }
  }

  private static void patch(String url, String body) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(url))
              .header("Authorization", "Bearer " + TOKEN)
              .method("PATCH", BodyPublishers.ofString(body))
              .build();
      var reply = http.send(request, BodyHandlers.ofString());
      assertEquals(200, reply.statusCode(), reply::body);
    }
  }

  /** 300 million characters: more than the heap would hold. */
  private static void base64(Belfry client, ServerProcess server, long size) throws Exception {
    var body =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(text("{\"content\":\""), new Encoded(new Pattern(size)), text("\"}"))));
    try (var http = HttpClient.newHttpClient()) {
      var reply =
          http.send(
              HttpRequest.newBuilder(URI.create(server.url() + "/v1/assets/upload/base64"))
                  .header("Authorization", "Bearer " + TOKEN)
                  .POST(BodyPublishers.ofInputStream(() -> body))
                  .build(),
              BodyHandlers.ofString());
      assertEquals(200, reply.statusCode(), reply::body);
      var url = reply.body().replaceFirst("(?s).*\"srcURL\":\"([^\"]+)\".*", "$1");
      try (var content = client.assets().serve(url)) {
        assertEquals(checksum(new Pattern(size)), checksum(content.stream()));
      }
    }
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Base64 of what another stream gives. */
  private static final class Encoded extends InputStream {
    private final InputStream in;
    private byte[] piece = {};
    private int at;

    Encoded(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("by blocks only");
    }

    @Override
    public int read(byte[] bytes, int from, int wanted) throws IOException {
      if (at == piece.length) {
        piece = Base64.getEncoder().encode(in.readNBytes(3 << 16));
        at = 0;
      }
      if (piece.length == 0) {
        return -1;
      }
      int given = Math.min(wanted, piece.length - at);
      System.arraycopy(piece, at, bytes, from, given);
      at += given;
      return given;
    }
  }
}
