package dev.belfry.server;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.request.AttachmentParams;
import dev.belfry.api.request.MessageSendParams;
import dev.belfry.sdk.Belfry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a data folder is its owner's alone, whoever put it there. */
@Tag("hub")
class PrivateFilesTest {
  private static final String TOKEN = "a-token-of-more-than-twenty-characters";

  @TempDir Path temporary;

  @Test
  void nobodyElseReadsTheDataFolder() throws Exception {
    var data = temporary.resolve("data");
    var file = Files.writeString(temporary.resolve("note.txt"), "for you");
    try (var server =
            ServerProcess.start(
                data,
                Map.of("BELFRY_ACCESS_TOKEN", TOKEN),
                "--sandbox",
                "--listen",
                "127.0.0.1:0");
        var client = Belfry.connect(URI.create(server.ready()), TOKEN)) {
      var upload = client.assets().upload(file);
      var chat = client.chats().list().items().getFirst();
      client
          .messages()
          .send(
              chat.chat().id(),
              new MessageSendParams(
                  "see", AttachmentParams.of(requireNonNull(upload.uploadID())), null),
              Duration.ofSeconds(30));
    }
    assertPrivate(data); // now that nothing changes any more
    assertTrue(names(data).contains("note.txt"), names(data)::toString);
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void assertPrivate(Path folder) throws IOException {
    var open = new ArrayList<String>();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::exists).toList()) {
        var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        if (!mode.endsWith("------") || mode.charAt(2) == 'x' != Files.isDirectory(file)) {
          open.add(mode + " " + folder.relativize(file));
        }
      }
    }
    assertEquals(List.of(), open);
  }
}
