package dev.belfry.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.room.RoomSettings;
import dev.belfry.network.Directory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class MatrixDirectoryTest {
  private static final String ME = "@me:example.org";
  private static final String MARKS = "/user/%40me%3Aexample.org/account_data/m.direct";

  @Test
  void aRoomThatWasMadeIsOpenedWhateverBecomesOfItsMark(@TempDir Path folder) throws Exception {
    try (var server = new FakeHomeserver();
        var api = new MatrixApi(server.url(), "secret")) {
      server
          .on("POST /createRoom", 200, "{\"room_id\":\"!new:example.org\"}")
          .on("GET " + MARKS, 0, "");
      var settings = RoomSettings.open(folder);
      var directory = new MatrixDirectory(api, ME, settings);
      var opened =
          directory.open(new Directory.NewChat(true, List.of("@bob:example.org"), null, true));
      assertEquals(new Directory.Opened("!new:example.org", false), opened);
      assertTrue(settings.isDirect("!new:example.org"));
    }
  }
}
