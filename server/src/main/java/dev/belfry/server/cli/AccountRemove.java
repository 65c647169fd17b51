package dev.belfry.server.cli;

import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import dev.belfry.server.serve.Environment;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belfry account remove}. */
@Command(
    name = "remove",
    header = "Log an account out.",
    description = {
      "",
      "Its chats and messages stay and can be read and searched, unless --forget is given.",
      ""
    },
    footer = {"", "Example:", "  belfry account remove matrix-2 --forget"})
final class AccountRemove extends DataCommand {
  @Parameters(paramLabel = "ID", description = "What `belfry account list` shows.")
  String id = "";

  @Option(names = "--forget", description = "Also delete its chats and messages here.")
  boolean forget;

  @Option(names = "--yes", description = "Do not ask whether you are sure.")
  boolean yes;

  AccountRemove(Environment environment) {
    super(environment);
  }

  @Override
  ExitStatus run() throws IOException, InterruptedException {
    folder().require();
    if (!yes && !isConfirmed()) {
      remark("nothing was changed");
      return ExitStatus.REFUSED;
    }
    inOld(commands -> {
      commands.removeAccount(id, forget);
      return id;
    });
    remark(forget ? "removed " + id + " and its history" : "removed " + id + "; its history stays");
    return ExitStatus.OK;
  }

  private boolean isConfirmed() {
    var terminal = environment.terminal();
    if (!terminal.canAsk()) {
      throw new Failure(
          ExitStatus.USAGE, "there is nobody to ask whether you are sure: say so with --yes");
    }
    return terminal.confirm(
        forget
            ? "Log " + id + " out and delete all its chats and messages here?"
            : "Log " + id + " out? Its chats and messages stay.");
  }
}
