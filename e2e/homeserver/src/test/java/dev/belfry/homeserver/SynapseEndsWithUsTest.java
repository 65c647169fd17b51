package dev.belfry.homeserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("e2e")
class SynapseEndsWithUsTest {
  @Test
  @Timeout(600)
  void alsoWhenTheJvmIsKilled(@TempDir Path directory) throws IOException, InterruptedException {
    Synapse.missing().ifPresent(reason -> assumeTrue(false, reason));
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var starter =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                SynapseStarter.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("starter.log").toFile())
            .start();
    try {
      var file = directory.resolve("url");
      Patience.seconds(60).untilTrue("Synapse started", () -> Files.exists(file));
      var url = URI.create(Files.readString(file));
      assertEquals(401, assertThrows(MatrixRefusal.class, () -> joinedRooms(url)).status());
      starter.destroyForcibly().waitFor();
      Patience.USUAL.untilTrue("nothing answers any more", () -> nothingAnswers(url));
    } finally {
      starter.destroyForcibly();
    }
  }

  private static boolean nothingAnswers(URI url) {
    try {
      joinedRooms(url);
      return false;
    } catch (UncheckedIOException e) {
      return true;
    } catch (MatrixRefusal e) {
      return false;
    }
  }

  private static Json joinedRooms(URI url) {
    return new MatrixHttp(url, "", java.util.Map.of()).get("/_matrix/client/v3/joined_rooms");
  }
}
