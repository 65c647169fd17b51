package dev.belfry.server.commands;

import dev.belfry.core.Hub;
import dev.belfry.server.folder.DataFolder;
import dev.belfry.server.folder.FolderLock;
import dev.belfry.server.folder.Owner;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds who can carry out commands on a data folder: the server that has it, or this process. */
public final class Access {
  // a command holds a folder for moments; a server that is starting has no socket yet
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Access() {}

  /** What is done with the commands. */
  @FunctionalInterface
  public interface Use<T> {
    T with(Commands commands) throws IOException, InterruptedException;
  }

  /**
   * Runs {@code use} on the folder.
   *
   * @param open opens the hub on a folder that this process has locked
   * @throws Failure when another process has the folder and does not give it back
   */
  public static <T> T use(DataFolder folder, Function<Path, Hub> open, Use<T> use)
      throws IOException, InterruptedException {
    var self = Owner.self();
    Owner owner = null;
    for (long waited = 0; waited <= PATIENCE.toMillis(); waited += PAUSE.toMillis()) {
      var lock = FolderLock.tryTake(folder, self);
      if (lock.isPresent()) {
        try (var _ = lock.get();
            var hub = open.apply(folder.path())) {
          return use.with(new HubCommands(hub, null));
        }
      }
      owner = FolderLock.owner(folder).orElse(owner);
      var server = connect(owner);
      if (server.isPresent()) {
        try (var commands = server.get()) {
          return use.with(commands);
        }
      }
      Thread.sleep(PAUSE);
    }
    throw inUse(folder, owner);
  }

  /** That somebody else has the folder. */
  public static Failure inUse(DataFolder folder, @Nullable Owner owner) {
    return new Failure(
        ExitStatus.IN_USE,
        "the data folder %s is in use by %s: end that first, or name another folder with --data"
            .formatted(folder.path(), owner == null ? "another process" : owner.describe()));
  }

  private static Optional<Commands> connect(@Nullable Owner owner) {
    if (owner == null || owner.socket() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(RemoteCommands.connect(Path.of(owner.socket())));
    } catch (IOException _) {
      return Optional.empty(); // it is just ending, or was killed: the lock will tell
    }
  }
}
