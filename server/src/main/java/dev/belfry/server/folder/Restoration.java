package dev.belfry.server.folder;

import dev.belfry.core.Backups;
import dev.belfry.model.StoreFault;
import dev.belfry.network.PrivateFiles;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts a backup into a data folder that this process has locked. Until the backup has been read and
 * opened nothing of the old is touched; the rest is an {@link Exchange}.
 */
public final class Restoration {
  private final DataFolder folder;
  private final Instant now;

  public Restoration(DataFolder folder, Instant now) {
    this.folder = folder;
    this.now = now;
  }

  /**
   * Restores.
   *
   * @param force whether what is there may be moved aside
   * @param check opens what was restored, and throws when that cannot be done
   * @return where the old things are now; empty if there were none
   */
  public Optional<Path> restore(Path backup, boolean force, Consumer<Path> check)
      throws IOException {
    var exchange = new Exchange(folder);
    if (!force && exchange.hasContents()) {
      throw new Failure(
          ExitStatus.REFUSED,
          folder.path()
              + " holds data already: name another folder with --data, or say --force to have it moved aside");
    }
    Path fresh = exchange.fresh();
    try {
      PrivateFiles.folder(fresh);
      Backups.restore(backup, fresh, folder.path());
      check.accept(fresh);
      exchange.decide(now);
    } catch (StoreFault.Unreadable e) {
      throw new Failure(
          ExitStatus.REFUSED,
          "%s cannot be restored: the data file in it %s. Nothing was changed"
              .formatted(backup, e.what()),
          e);
    } finally {
      PrivateFiles.delete(fresh);
    }
    return exchange.finish();
  }
}
