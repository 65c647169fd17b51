package dev.belfry.server.cli;

import dev.belfry.api.codec.Codec;
import dev.belfry.server.commands.AccountEntry;
import dev.belfry.server.commands.Commands;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.serve.Environment;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code belfry account list}. */
@Command(name = "list", header = "List the accounts, their state and its reason.")
final class AccountList extends DataCommand {
  @Option(names = "--json", description = "Print a JSON array for programs.")
  boolean json;

  AccountList(Environment environment) {
    super(environment);
  }

  @Override
  ExitStatus run() throws IOException, InterruptedException {
    var accounts = inOld(Commands::accounts);
    if (json) {
      print(Codec.jsonb().type(AccountEntry.class).list().toJson(accounts));
      return ExitStatus.OK;
    }
    if (accounts.isEmpty()) {
      remark(
          "no accounts; `"
              + environment.program()
              + " account add matrix --homeserver URL --user USER` adds one");
      return ExitStatus.OK;
    }
    var table = new Table("ID", "NETWORK", "USER", "STATE", "REASON");
    for (var account : accounts) {
      table.row(account.id(), account.network(), account.user(), account.state(), account.reason());
    }
    table.print(environment.terminal().out());
    return ExitStatus.OK;
  }
}
