package dev.belfry.matrix;

import dev.belfry.matrix.json.Json;
import dev.belfry.network.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose the account's folder is, so that it can be told without opening the device.
 *
 * @param user the full Matrix user id
 */
record Identity(String user, String device) {
  private static final String FILE = "identity.json";

  /** What was kept of another user's rooms must not be taken for this one's. */
  private static final List<String> KEPT_OF_USER =
      List.of("rooms.jsonl", "settings.json", "pending-keys.jsonl");

  static @Nullable Identity read(Path folder) throws IOException {
    try {
      Json json = Json.parse(Files.readString(folder.resolve(FILE)));
      String user = json.words("user");
      String device = json.words("device");
      return user == null || device == null ? null : new Identity(user, device);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Keeps the link's identity in the folder. */
  static Identity keep(Path folder, MatrixLink link) throws IOException {
    Identity now = new Identity(link.userId(), link.deviceId());
    Identity before = read(folder);
    if (now.equals(before)) {
      return now;
    }
    if (before != null && !before.user().equals(now.user())) {
      for (String file : KEPT_OF_USER) {
        Files.deleteIfExists(folder.resolve(file));
      }
    }
    Json json = Json.of(Map.of("user", now.user(), "device", now.device()));
    Files.writeString(PrivateFiles.file(folder.resolve(FILE)), json.toString());
    return now;
  }

  /** What transaction ids are remembered for. */
  String transactionScope() {
    return user + " " + device;
  }
}
