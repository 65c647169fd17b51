package dev.belfry.server.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.belfry.api.codec.Codec;
import dev.belfry.network.PrivateFiles;
import io.avaje.json.JsonException;
import io.avaje.jsonb.JsonType;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to use a data folder, which one process has at a time. The system takes it back when
 * the process ends, however it ends. The file itself stays: were it deleted, two processes could
 * each hold a lock on a file of that name.
 */
public final class FolderLock implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FolderLock.class.getName());

  // far behind the text, so that others can read it also where locked bytes cannot be read
  // (Windows)
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
  private static final int LONGEST = 8192;
  private static final JsonType<Owner> JSON = Codec.jsonb().type(Owner.class);

  // The system's lock is the process's: closing any other descriptor of the file, as after reading
  // it, would give it up. So this process
  // does not touch the files of the locks that it holds.
  private static final Map<Path, Owner> HELD = new ConcurrentHashMap<>();

  private final Path path;
  private final FileChannel file;

  private FolderLock(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Takes the lock unless somebody has it. Whoever gets it finds the data whole: a restore that was
   * cut off is finished.
   *
   * @throws dev.belfry.server.process.Failure when the folder cannot be written
   */
  public static Optional<FolderLock> tryTake(DataFolder folder, Owner owner) {
    try {
      Path path = folder.path().toRealPath();
      if (HELD.putIfAbsent(path, owner) != null) {
        return Optional.empty();
      }
      boolean taken = false;
      FileChannel file = null;
      try {
        file =
            FileChannel.open(
                folder.lockFile(), Set.of(CREATE, READ, WRITE), PrivateFiles.attributes(path));
        if (file.tryLock(LOCKED_BYTE, 1, false) == null) {
          return Optional.empty();
        }
        var lock = new FolderLock(path, file);
        lock.write(owner);
        finishRestoring(folder);
        taken = true;
        return Optional.of(lock);
      } finally {
        if (!taken) {
          HELD.remove(path);
          if (file != null) {
            file.close();
          }
        }
      }
    } catch (IOException e) {
      throw folder.unusable(e);
    }
  }

  private static void finishRestoring(DataFolder folder) throws IOException {
    var exchange = new Exchange(folder);
    boolean isCutOff = exchange.isCutOff();
    var _ = exchange.finish();
    if (isCutOff) {
      LOG.log(
          Level.WARNING,
          "a restore was cut off and is finished now; what was there before it is in {0}, in before-restore-TIME",
          folder.path());
    }
  }

  /** Who has the lock, when somebody has; empty while a new owner has not written it yet. */
  public static Optional<Owner> owner(DataFolder folder) {
    try {
      Owner here = HELD.get(folder.path().toRealPath());
      if (here != null) {
        return Optional.of(here);
      }
      if (Files.size(folder.lockFile()) > LONGEST) {
        return Optional.empty();
      }
      String text = Files.readString(folder.lockFile());
      return text.isBlank() ? Optional.empty() : Optional.ofNullable(JSON.fromJson(text));
    } catch (IOException | JsonException _) {
      return Optional.empty();
    }
  }

  /** Tells others who we are and where we are found. */
  public void write(Owner owner) throws IOException {
    HELD.put(path, owner);
    var text = ByteBuffer.wrap((JSON.toJson(owner) + "\n").getBytes(UTF_8));
    int length = text.limit();
    for (long at = 0; text.hasRemaining(); ) {
      at += file.write(text, at);
    }
    file.truncate(length);
  }

  @Override
  public void close() {
    try (file) {
      file.truncate(0);
    } catch (IOException _) {
      // the lock is gone all the same, and that is all that counts
    } finally {
      HELD.remove(path);
    }
  }
}
