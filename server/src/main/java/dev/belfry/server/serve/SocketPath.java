package dev.belfry.server.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.server.folder.DataFolder;
import dev.belfry.server.folder.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the command socket lies: in the data folder, or, as systems allow such a path about a
 * hundred bytes only, in a folder of mode 0700 among the temporary ones.
 *
 * @param temporary the folder to remove at the end, if there is one
 */
record SocketPath(Path path, Optional<Path> temporary) implements AutoCloseable {
  /** macOS has 104 bytes, Linux 108, both with a zero at the end. */
  private static final int MOST_BYTES = 103;

  private static final String NAME = "belfry.sock";
  private static final String PREFIX = "belfry-";

  /**
   * @param former who had the folder before us; what it left behind is removed
   */
  static SocketPath choose(DataFolder folder, Optional<Owner> former) throws IOException {
    former.map(Owner::socket).map(Path::of).ifPresent(socket -> removeLeftover(socket, folder));
    Path usual = folder.path().resolve(NAME);
    if (usual.toString().getBytes(UTF_8).length <= MOST_BYTES) {
      return new SocketPath(usual, Optional.empty());
    }
    Path made = Files.createTempDirectory(PREFIX); // mode 0700, and a name that nobody can guess
    return new SocketPath(made.resolve(NAME), Optional.of(made));
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
    if (temporary.isPresent()) {
      Files.deleteIfExists(temporary.get());
    }
  }

  private static void removeLeftover(Path socket, DataFolder folder) {
    Path parent = socket.getParent();
    if (socket.endsWith(NAME)
        && parent != null
        && !parent.equals(folder.path())
        && parent.getFileName().toString().startsWith(PREFIX)) {
      try {
        Files.deleteIfExists(socket);
        Files.deleteIfExists(parent);
      } catch (IOException _) {
        // it stays, and harms nobody
      }
    }
  }
}
