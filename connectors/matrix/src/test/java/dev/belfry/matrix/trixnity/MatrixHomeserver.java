package dev.belfry.matrix.trixnity;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.MatrixUser;
import dev.belfry.homeserver.Synapse;
import dev.belfry.matrix.MatrixLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A homeserver, with people on it whose devices are ours. */
final class MatrixHomeserver implements AutoCloseable {
  private final Path directory;
  private final Synapse synapse;
  private final List<MatrixLink> open = new ArrayList<>();
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final TrixnityLinks links;

  private MatrixHomeserver(Path directory) {
    this.directory = directory;
    synapse = Synapse.start(directory.resolve("synapse"));
    links = new TrixnityLinks(now());
  }

  static MatrixHomeserver start(Path directory) throws IOException {
    Synapse.missing().ifPresent(reason -> assumeTrue(false, reason));
    Files.createDirectories(directory.resolve("synapse"));
    return new MatrixHomeserver(directory);
  }

  private InstantSource now() {
    return () -> Instant.now().plus(ahead.get());
  }

  /** Lets time pass for our devices. */
  void pass(Duration time) {
    ahead.updateAndGet(time::plus);
  }

  Synapse synapse() {
    return synapse;
  }

  TrixnityLinks links() {
    return links;
  }

  MatrixUser register(String name) {
    return synapse.register(name, "secret");
  }

  /** An empty folder for an account. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(directory.resolve("accounts").resolve(name));
  }

  /** Logs a device in, which does not sync. */
  MatrixLink login(String user, Path folder) throws Exception {
    MatrixLink link = links.login(folder, synapse.url(), user, "secret");
    open.add(link);
    return link;
  }

  /** A new device of a user's, which syncs. */
  SyncingDevice device(MatrixUser user) throws Exception {
    String name = user.id().substring(1, user.id().indexOf(':'));
    return device(user, folder(name + open.size()));
  }

  SyncingDevice device(MatrixUser user, Path folder) throws Exception {
    String name = user.id().substring(1, user.id().indexOf(':'));
    return new SyncingDevice(user, login(name, folder)).start();
  }

  /** The device that a folder holds, syncing. */
  SyncingDevice reopen(MatrixUser user, Path folder) throws Exception {
    MatrixLink link = links.open(folder);
    open.add(link);
    return new SyncingDevice(user, link).start();
  }

  /** An encrypted room that all are in. */
  MatrixRoom encrypted(Map<String, ?> settings, MatrixUser maker, MatrixUser... others) {
    var content = new java.util.LinkedHashMap<String, Object>(settings);
    content.put("algorithm", "m.megolm.v1.aes-sha2");
    MatrixRoom room =
        maker.createRoom(
            Map.of(
                "preset",
                "private_chat",
                "invite",
                Arrays.stream(others).map(MatrixUser::id).toList(),
                "initial_state",
                List.of(Map.of("type", "m.room.encryption", "state_key", "", "content", content))));
    for (MatrixUser other : others) {
      other.join(room.id());
    }
    return room;
  }

  @Override
  public void close() {
    for (MatrixLink one : open) {
      one.close();
    }
    synapse.close();
  }
}
