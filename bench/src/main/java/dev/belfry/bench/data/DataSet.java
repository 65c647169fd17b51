package dev.belfry.bench.data;

import dev.belfry.bench.measure.CpuClock;
import dev.belfry.core.Hub;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An inbox on disk, built once and then never changed: benchmarks work on copies.
 *
 * @param folder a data folder of the server
 * @param building how fast it was built
 * @param fresh whether that was now
 */
public record DataSet(Size size, Path folder, Rate building, boolean fresh) {
  /** How many accounts there are in each. */
  public static final int ACCOUNTS = Story.ACCOUNTS;

  /** Raised when the story changes, so that kept data of the old one are not used. */
  private static final int STORY_VERSION = 1;

  private static final String NOTE = "built.properties";

  /** The one of a size, if it has been built by this version. */
  public static Optional<DataSet> find(Path root, Size size) throws IOException {
    var folder = root.resolve(name(size));
    if (!Files.exists(folder.resolve(NOTE))) {
      return Optional.empty();
    }
    var note = new Properties();
    try (var in = Files.newInputStream(folder.resolve(NOTE))) {
      note.load(in);
    }
    var rate = new Rate(number(note, "messages"), number(note, "nanos"), number(note, "cpuNanos"));
    return Optional.of(new DataSet(size, folder, rate, false));
  }

  /** The one of a size, built if it is not there. */
  public static DataSet require(Path root, Size size, Consumer<String> say)
      throws IOException, InterruptedException {
    var known = find(root, size);
    return known.isPresent() ? known.get() : build(root, size, say);
  }

  private static DataSet build(Path root, Size size, Consumer<String> say)
      throws IOException, InterruptedException {
    Files.createDirectories(root);
    var begun = Files.createTempDirectory(root, "building-");
    try {
      say.accept("building %,d messages in %s".formatted(size.messages(), root));
      var rate = feed(size, begun, new Progress(size, say));
      var note = new Properties();
      note.setProperty("messages", Long.toString(rate.messages()));
      note.setProperty("nanos", Long.toString(rate.nanos()));
      note.setProperty("cpuNanos", Long.toString(rate.cpuNanos()));
      try (var out = Files.newOutputStream(begun.resolve(NOTE))) {
        note.store(out, null);
      }
      var folder = root.resolve(name(size));
      Files.move(begun, folder, StandardCopyOption.ATOMIC_MOVE);
      return new DataSet(size, folder, rate, true);
    } finally {
      delete(begun);
    }
  }

  private static Rate feed(Size size, Path folder, Progress progress)
      throws IOException, InterruptedException {
    var clock = InstantSource.fixed(Story.END);
    try (var feeding = new Feeding(size, 0);
        var hub = Hub.open(folder, List.of(feeding.network()), clock, Hub.Options.NONE)) {
      feeding.logIn(hub);
      hub.start();
      long cpu = CpuClock.SELF.nanos();
      long begun = System.nanoTime();
      long messages = 0;
      for (int more = feeding.next(); more >= 0; more = feeding.next()) {
        messages += more;
        progress.stored(messages);
      }
      feeding.connected();
      return new Rate(messages, System.nanoTime() - begun, CpuClock.SELF.nanos() - cpu);
    }
  }

  private static String name(Size size) throws IOException {
    return "%d-story%d-schema%s".formatted(size.messages(), STORY_VERSION, Schema.fingerprint());
  }

  private static long number(Properties note, String key) {
    return Long.parseLong(note.getProperty(key, "0"));
  }

  /** Says every tenth part. */
  private static final class Progress {
    private final Size size;
    private final Consumer<String> say;
    private long tenths;

    Progress(Size size, Consumer<String> say) {
      this.size = size;
      this.say = say;
    }

    void stored(long messages) {
      long now = messages * 10 / size.messages();
      if (now > tenths) {
        tenths = now;
        say.accept("  %d0 %%".formatted(now));
      }
    }
  }

  /** Bytes of its file. */
  public long bytes() throws IOException {
    return Files.size(folder.resolve(Hub.STORE));
  }

  /** Makes a data folder with the same content, to be changed at will and deleted afterwards. */
  public Path copy() throws IOException {
    var copy = Files.createTempDirectory(folder.resolveSibling("").toAbsolutePath(), "working-");
    try (var files = Files.walk(folder)) {
      for (var file : (Iterable<Path>) files.filter(file -> !file.equals(folder))::iterator) {
        Files.copy(file, copy.resolve(folder.relativize(file).toString()));
      }
    }
    return copy;
  }

  /** Deletes a folder with everything in it, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException fault)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
