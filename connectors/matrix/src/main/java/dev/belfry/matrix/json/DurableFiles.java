package dev.belfry.matrix.json;

import dev.belfry.network.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Small texts that are on the disk when they are written: the sync position, which moves on
 * afterwards, must not outlive them.
 */
public final class DurableFiles {
  private DurableFiles() {}

  /** Adds to a file's end, and makes it where there is none. */
  static void append(Path file, String text) throws IOException {
    boolean fresh = !Files.exists(file);
    write(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (fresh) {
      settle(file);
    }
  }

  /** Puts a text in the place of a file's, whole or not at all. */
  public static void replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    write(
        fresh,
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    settle(file);
  }

  private static void write(Path file, String text, OpenOption... how) throws IOException {
    try (FileChannel channel = FileChannel.open(PrivateFiles.file(file), Set.of(how))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        int _ = channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Makes the file's name last; not every system lets a folder be opened for that. */
  private static void settle(Path file) {
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      System.getLogger(DurableFiles.class.getName())
          .log(System.Logger.Level.DEBUG, "a folder cannot be forced: {0}", e.toString());
    }
  }
}
