package dev.belfry.core.files;

import dev.belfry.network.PrivateFiles;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Files that networks gave, as long as there is room: the one that was used longest ago goes first.
 * What several ask for at once is fetched once. An entry is a folder with the file and {@code
 * .source}, the URL that it came from.
 */
final class Cache {
  private static final System.Logger LOG = System.getLogger(Cache.class.getName());
  private static final String SOURCE = ".source";

  /** How exactly the disk knows when an entry was used: a write each time would be too much. */
  private static final Duration NOTED = Duration.ofHours(1);

  /** Writes a file. */
  @FunctionalInterface
  interface Fetch {
    void to(OutputStream target) throws IOException, InterruptedException;
  }

  private final Path root;
  private final long limit;
  private final InstantSource clock;

  /** Bytes by key, the one used longest ago first. */
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param used when, as the disk knows it
   */
  private record Entry(long size, Instant used) {}

  private final Map<String, CompletableFuture<Path>> fetching = new HashMap<>();
  private long used;

  Cache(Path root, long limit, InstantSource clock) {
    this.root = root;
    this.limit = limit;
    this.clock = clock;
  }

  /** Looks what an earlier run has left. */
  synchronized void open() throws IOException {
    record Left(String key, Entry entry) {}
    Folders.removeParts(root);
    List<Left> left = new ArrayList<>();
    for (var folder : Folders.entries(root)) {
      left.add(
          new Left(
              folder.getFileName().toString(),
              new Entry(Folders.size(folder), Files.getLastModifiedTime(folder).toInstant())));
    }
    left.sort(Comparator.comparing(each -> each.entry().used()));
    for (var each : left) {
      entries.put(each.key(), each.entry());
      used += each.entry().size();
    }
    shrink("");
  }

  /** Drops all that came from elsewhere, such as from a message that was deleted. */
  synchronized void retain(Predicate<String> sources) {
    for (var key : List.copyOf(entries.keySet())) {
      if (source(key).filter(sources).isEmpty()) {
        Folders.delete(root.resolve(key));
        forget(key);
      }
    }
  }

  /**
   * The key of a file.
   *
   * @param encryption tells what was decrypted from what was not; null for a file in clear
   */
  static String key(String url, @Nullable String encryption) {
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      hash.update(url.getBytes(StandardCharsets.UTF_8));
      hash.update((byte) 0);
      hash.update((encryption == null ? "" : encryption).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash.digest(), 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** The file, if it is here. */
  synchronized Optional<Path> find(String key) {
    var entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    var file = file(root.resolve(key));
    if (file.isEmpty()) { // somebody has tidied up
      forget(key);
    } else if (entry.used().plus(NOTED).isBefore(clock.instant())) {
      entries.put(key, noted(key, entry.size()));
    }
    return file;
  }

  /** Used now; the folder's time says so to the next run. */
  private Entry noted(String key, long size) {
    var now = clock.instant();
    try {
      Files.setLastModifiedTime(root.resolve(key), FileTime.from(now));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "when a file of the cache was used could not be noted", e);
    }
    return new Entry(size, now);
  }

  /** The URL that an entry was fetched from. */
  Optional<String> source(String key) {
    try {
      return Optional.of(Files.readString(root.resolve(key).resolve(SOURCE)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> file(Path folder) {
    try (var files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The file, fetched if it is not here; whoever asks for one that is being fetched waits.
   *
   * @param name what it is called here
   * @throws IOException when it cannot be had
   */
  Path get(String key, String url, String name, Fetch fetch)
      throws IOException, InterruptedException {
    CompletableFuture<Path> fetched;
    boolean isOurs = false;
    synchronized (this) {
      var file = find(key);
      if (file.isPresent()) {
        return file.get();
      }
      var others = fetching.get(key);
      isOurs = others == null;
      fetched = others == null ? new CompletableFuture<>() : others;
      fetching.put(key, fetched);
    }
    return isOurs ? fetch(key, url, name, fetch, fetched) : await(fetched);
  }

  private static Path await(CompletableFuture<Path> fetched)
      throws IOException, InterruptedException {
    try {
      return fetched.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IOException("it was not fetched to its end", e);
      }
    }
  }

  @SuppressWarnings("CatchThrowable") // whatever happens, those who wait must hear of it
  private Path fetch(
      String key, String url, String name, Fetch fetch, CompletableFuture<Path> fetched)
      throws IOException, InterruptedException {
    try {
      var file = fetch(key, url, name, fetch);
      fetched.complete(file);
      return file;
    } catch (Throwable e) {
      fetched.completeExceptionally(e);
      throw e;
    } finally {
      synchronized (this) {
        fetching.remove(key);
      }
    }
  }

  private Path fetch(String key, String url, String name, Fetch fetch)
      throws IOException, InterruptedException {
    Path part = part();
    try {
      var file = part.resolve(name);
      try (var out = new Bounded(file)) {
        fetch.to(out);
      }
      Files.writeString(PrivateFiles.file(part.resolve(SOURCE)), url);
      var folder = root.resolve(key);
      synchronized (this) {
        Folders.delete(folder);
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        long size = Folders.size(folder);
        entries.put(key, noted(key, size));
        used += size;
        shrink(key);
      }
      return folder.resolve(name);
    } finally {
      Folders.delete(part);
    }
  }

  private Path part() {
    try {
      return Folders.part(root);
    } catch (IOException e) {
      throw Folders.unwritable(root, e);
    }
  }

  /** Makes room; one entry stays whatever its size, as somebody waits for it. */
  private void shrink(String kept) {
    while (used > limit) {
      var oldest = entries.keySet().stream().filter(key -> !key.equals(kept)).findFirst();
      if (oldest.isEmpty()) {
        return;
      }
      Folders.delete(root.resolve(oldest.get()));
      forget(oldest.get());
      LOG.log(Level.DEBUG, "the cache of files is full: one that was not used goes");
    }
  }

  private void forget(String key) {
    var entry = entries.remove(key);
    used -= entry == null ? 0 : entry.size();
  }

  /**
   * Our own disk's faults are not the network's, and no file may be larger than all of the cache.
   */
  private final class Bounded extends OutputStream {
    private final FileOutputStream out;
    private long size;

    Bounded(Path file) throws IOException {
      // not a channel, which an interruption would close
      out = new FileOutputStream(PrivateFiles.file(file).toFile());
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      size += length;
      if (size > limit) {
        throw new IOException("the file is larger than the cache, which takes " + limit + " bytes");
      }
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        throw Folders.unwritable(root, e);
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
