package dev.belfry.server.cli;

import dev.belfry.core.Hub;
import dev.belfry.server.folder.DataFolder;
import dev.belfry.server.folder.Reasons;
import dev.belfry.server.process.Failures;
import dev.belfry.store.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** The doctor's look at the data folder. */
final class FolderChecks {
  private static final long LITTLE_ROOM = 1L << 30;
  private static final long NO_ROOM = 64L << 20;
  private static final Duration CLOCK_MAY_DIFFER = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final DataFolder folder;

  FolderChecks(InstantSource clock, DataFolder folder) {
    this.clock = clock;
    this.folder = folder;
  }

  void run(Findings findings) {
    Path path = folder.path();
    if (!Files.exists(path)) {
      findings.ok("data", path + " is not there yet: the first `serve` makes it");
      return;
    }
    if (!Files.isDirectory(path)) {
      findings.bad("data", path + " is no folder");
      return;
    }
    try {
      if (folder.isAnothers()) {
        findings.bad(
            "data",
            path + " holds other things and no data of Belfry: name another folder with --data");
        return;
      }
      permissions(findings);
      room(findings);
      store(findings, path.resolve(Hub.STORE));
    } catch (IOException e) {
      findings.bad("data", Reasons.of(e));
    }
  }

  private void permissions(Findings findings) throws IOException {
    if (!Files.isWritable(folder.path())) {
      findings.bad("data", folder.path() + " cannot be written");
    } else if (!folder.isPrivate()) {
      findings.warn("data", folder.path() + " can be read by others; the next `serve` ends that");
    } else {
      findings.ok("data", folder.path() + ", for its owner only");
    }
  }

  private void room(Findings findings) throws IOException {
    long room = Files.getFileStore(folder.path()).getUsableSpace();
    String text = "%,d MB are free".formatted(room >> 20);
    if (room < NO_ROOM) {
      findings.bad("disk", text);
    } else if (room < LITTLE_ROOM) {
      findings.warn("disk", text);
    } else {
      findings.ok("disk", text);
    }
  }

  private void store(Findings findings, Path store) throws IOException {
    if (!Files.exists(store) && folder.holdsData()) {
      findings.warn("store", "a restore was cut off; the next command on the data finishes it");
      return;
    }
    if (!Files.exists(store)) {
      findings.ok("store", "there is none yet: the first `serve` makes it");
      return;
    }
    try {
      Backup.check(store);
      findings.ok("store", "%s, %,d KB, is whole".formatted(store, Files.size(store) >> 10));
    } catch (RuntimeException e) {
      findings.bad("store", Failures.message(e));
    }
    var written = Files.getLastModifiedTime(store).toInstant();
    if (written.isAfter(clock.instant().plus(CLOCK_MAY_DIFFER))) {
      findings.warn("clock", "the store was last written at " + written + ", which is yet to come");
    }
  }
}
