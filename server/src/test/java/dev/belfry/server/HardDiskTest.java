package dev.belfry.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program on a disk that is full or may only be read. */
@Tag("hub")
class HardDiskTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final Map<String, String> VARIABLES = Map.of("BELFRY_ACCESS_TOKEN", TOKEN);

  /** Root may write everywhere, unless it gives that right away. */
  private static final List<String> AS_ANYBODY =
      System.getProperty("user.name").equals("root")
          ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
          : List.of();

  @TempDir Path temporary;

  private static List<String> withFilesUpTo(int kilobytes) {
    // The shell's unit is 512 bytes.
    return List.of("sh", "-c", "ulimit -f %d; exec \"$@\"".formatted(2 * kilobytes), "sh");
  }

  @Test
  void folderThatMayOnlyBeRead() throws Exception {
    assertEquals(0, new Shell(temporary).run("token", "create", "--name", "first").status());
    Path store = temporary.resolve("belfry.db");
    byte[] before = Files.readAllBytes(store);
    Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("r--------"));
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r-x------"));
    try (var server =
        ServerProcess.start(AS_ANYBODY, temporary, VARIABLES, "--listen", "127.0.0.1:0")) {
      assertEquals(6, server.exitStatus());
      assertEquals("", server.restOfOutput());
      assertTrue(server.errors().contains("belfry: "), server.errors());
      assertFalse(server.errors().contains("\tat "), server.errors());
    } finally {
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));
    }
    assertArrayEquals(before, Files.readAllBytes(store));
  }

  @Test
  void fileThatMayOnlyBeRead() throws Exception {
    assertEquals(0, new Shell(temporary).run("token", "create", "--name", "first").status());
    Path store = temporary.resolve("belfry.db");
    byte[] before = Files.readAllBytes(store);
    Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("r--------"));
    try (var server =
        ServerProcess.start(AS_ANYBODY, temporary, VARIABLES, "--listen", "127.0.0.1:0")) {
      assertEquals(6, server.exitStatus());
      assertTrue(server.errors().contains("read-only"), server.errors());
    }
    assertArrayEquals(before, Files.readAllBytes(store));
  }

  @Test
  void diskThatIsFullAtTheStart() throws Exception {
    Path data = temporary.resolve("data");
    var variables = new HashMap<>(VARIABLES);
    variables.put("JAVA_TOOL_OPTIONS", unpackedLibrary());
    try (var server =
        ServerProcess.start(withFilesUpTo(64), data, variables, "--listen", "127.0.0.1:0")) {
      assertEquals(6, server.exitStatus(), server.errors());
      assertTrue(server.errors().contains("nothing was changed"), server.errors());
      assertFalse(server.errors().contains("\tat "), server.errors());
    }
    var alice = new Shell(data);
    assertEquals(0, alice.run("doctor").status(), "what there is of it is whole");
    assertEquals(0, alice.run("token", "list").status(), "and can be gone on with");
  }

  /**
   * SQLite's library is a file too, which the process would write first: it gets a copy of ours.
   */
  private String unpackedLibrary() throws IOException {
    new Shell(temporary.resolve("any")).run("token", "list");
    var here = Path.of(System.getProperty("java.io.tmpdir"));
    var copy = temporary.resolve("sqlite");
    try (var files = Files.newDirectoryStream(here, "sqlite-*sqlitejdbc.*[!k]")) {
      for (var file : files) {
        try {
          Files.copy(file, copy);
          break;
        } catch (NoSuchFileException e) {
          // That of another process, which has ended.
        }
      }
    }
    return "-Dorg.sqlite.lib.path=%s -Dorg.sqlite.lib.name=%s"
        .formatted(temporary, copy.getFileName());
  }

  @Test
  void diskThatFillsUp() throws Exception {
    try (var client = HttpClient.newHttpClient();
        var server =
            ServerProcess.start(
                withFilesUpTo(4096),
                temporary,
                VARIABLES,
                "--sandbox",
                "--listen",
                "127.0.0.1:0")) {
      String chats = server.ready() + "/v1/chats";
      String notes = chats + "/!notes:sandbox.local/messages";
      HttpResponse<String> answer = send(client, notes);
      while (answer.statusCode() == 404) { // until the first sync brings the chat
        LockSupport.parkNanos(10_000_000);
        answer = send(client, notes);
      }
      while (answer.statusCode() == 200) {
        answer = send(client, notes);
      }
      assertEquals(500, answer.statusCode(), answer.body());
      assertTrue(answer.body().contains("STORAGE_ERROR"), answer.body());
      assertTrue(answer.body().contains("nothing was changed"), answer.body());
      assertEquals(200, ServerProcess.get(chats, TOKEN).statusCode(), "reading goes on");
      server.terminate();
      assertEquals(0, server.exitStatus());
    }
    var health = new Shell(temporary).run("doctor");
    assertEquals(0, health.status(), health.out());
  }

  private static HttpResponse<String> send(HttpClient client, String url)
      throws IOException, InterruptedException {
    String body = "{\"text\":\"%s\"}".formatted("x".repeat(60_000));
    return client.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
