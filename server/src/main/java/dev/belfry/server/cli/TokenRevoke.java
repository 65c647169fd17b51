package dev.belfry.server.cli;

import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.serve.Environment;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code belfry token revoke}. */
@Command(
    name = "revoke",
    header = "Revoke a token: from now on it is refused.",
    footer = {"", "Example:", "  belfry token revoke laptop"})
final class TokenRevoke extends DataCommand {
  @Parameters(paramLabel = "ID|NAME", description = "What `belfry token list` shows.")
  String idOrName = "";

  TokenRevoke(Environment environment) {
    super(environment);
  }

  @Override
  ExitStatus run() throws IOException, InterruptedException {
    var token = inOld(commands -> commands.revokeToken(idOrName));
    remark("revoked %s \"%s\"".formatted(token.id(), token.name()));
    return ExitStatus.OK;
  }
}
