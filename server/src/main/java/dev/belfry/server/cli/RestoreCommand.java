package dev.belfry.server.cli;

import dev.belfry.server.commands.Access;
import dev.belfry.server.folder.DataFolder;
import dev.belfry.server.folder.FolderLock;
import dev.belfry.server.folder.Owner;
import dev.belfry.server.folder.Restoration;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import dev.belfry.server.serve.Environment;
import dev.belfry.server.serve.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belfry restore}. */
@Command(
    name = "restore",
    header = "Put a backup into the data folder.",
    description = {
      "",
      "The server must not be running. The backup is checked before anything is changed.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  belfry restore ~/belfry-2026-01-31.backup",
      "  belfry restore ~/belfry-2026-01-31.backup --data /srv/belfry --force"
    })
final class RestoreCommand extends DataCommand {
  @Parameters(paramLabel = "FILE", description = "What `belfry backup` has written.")
  Path file = Path.of("");

  @Option(
      names = "--force",
      description =
          "Also where there is data: it is moved into a folder before-restore-TIME there.")
  boolean force;

  RestoreCommand(Environment environment) {
    super(environment);
  }

  @Override
  ExitStatus run() throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new Failure(ExitStatus.REFUSED, file + " is no file that can be read");
    }
    var folder = folder();
    folder.prepare();
    try (var _ = lock(folder)) {
      Optional<Path> aside =
          new Restoration(folder, environment.clock().instant())
              .restore(file, force, fresh -> Wiring.hub(fresh, environment.clock()).close());
      remark("restored " + file + " into " + folder.path());
      aside.ifPresent(old -> remark("what was there before is in " + old));
    }
    return ExitStatus.OK;
  }

  private static FolderLock lock(DataFolder folder) {
    return FolderLock.tryTake(folder, Owner.self())
        .orElseThrow(() -> Access.inUse(folder, FolderLock.owner(folder).orElse(null)));
  }
}
