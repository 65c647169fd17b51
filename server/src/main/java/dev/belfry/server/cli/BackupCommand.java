package dev.belfry.server.cli;

import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import dev.belfry.server.serve.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code belfry backup}. */
@Command(
    name = "backup",
    header = "Write all that the data folder holds into one file.",
    description = {
      "",
      "Also while the server runs. The file holds the keys and logins of the accounts: it is readable by its owner only, and whoever gets it can read your chats.",
      "",
      "Uploads that a draft or a message needs are in it; those that nothing uses are not, nor is what networks can give again.",
      ""
    },
    footer = {"", "Example:", "  belfry backup ~/belfry-$(date +%%F).backup"})
final class BackupCommand extends DataCommand {
  @Parameters(paramLabel = "FILE", description = "Must not be there yet.")
  Path file = Path.of("");

  BackupCommand(Environment environment) {
    super(environment);
  }

  @Override
  ExitStatus run() throws IOException, InterruptedException {
    Path target = file.toAbsolutePath().normalize();
    if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
      throw new Failure(ExitStatus.REFUSED, "there is no folder " + target.getParent());
    }
    inOld(commands -> {
      commands.backup(target);
      return target;
    });
    remark("wrote %s (%,d bytes)".formatted(target, Files.size(target)));
    return ExitStatus.OK;
  }
}
