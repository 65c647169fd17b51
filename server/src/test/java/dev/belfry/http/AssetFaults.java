package dev.belfry.http;

import static dev.belfry.http.SandboxHub.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.contract.Contract;
import dev.belfry.core.files.FileLimits;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub with small limits, where whatever is wrong with a file is said and nothing is left of it.
 */
abstract class AssetFaults {
  static final FileLimits SMALL =
      new FileLimits(3_000_000, 8_000_000, 12_000_000, 1_000_000, 1_000_000, Duration.ofHours(24));
  static final byte[] HELLO = "hello".getBytes(UTF_8);
  @TempDir static Path folder;
  static SandboxHub hub;

  @BeforeAll
  static void open() throws Exception {
    hub = new SandboxHub(data(), SMALL);
  }

  @AfterAll
  static void close() {
    hub.close();
  }

  @AfterEach
  void nothingIsLeftOver() throws IOException {
    try (var files = Files.walk(data().resolve("uploads"))) {
      assertFalse(
          files.anyMatch(file -> file.getFileName().toString().startsWith(".part")),
          "a part of an upload is left");
    }
  }

  static Path data() {
    return folder.resolve("data");
  }

  static void assertRefused(int status, String told, HttpResponse<byte[]> reply) {
    assertEquals(status, reply.statusCode(), () -> text(reply));
    Contract.assertValid("Error", reply.body());
    if (status == 400) {
      Contract.assertValid("ValidationError", reply.body());
    }
    var said = text(reply).toLowerCase(Locale.ROOT);
    assertTrue(said.contains(told.toLowerCase(Locale.ROOT)), said);
  }
}
