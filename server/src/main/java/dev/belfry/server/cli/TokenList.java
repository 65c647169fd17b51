package dev.belfry.server.cli;

import dev.belfry.api.codec.Codec;
import dev.belfry.server.commands.Commands;
import dev.belfry.server.commands.TokenEntry;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.serve.Environment;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code belfry token list}. */
@Command(name = "list", header = "List the tokens, without their secrets.")
final class TokenList extends DataCommand {
  @Option(names = "--json", description = "Print a JSON array for programs.")
  boolean json;

  TokenList(Environment environment) {
    super(environment);
  }

  @Override
  ExitStatus run() throws IOException, InterruptedException {
    var tokens = inOld(Commands::tokens);
    if (json) {
      print(Codec.jsonb().type(TokenEntry.class).list().toJson(tokens));
      return ExitStatus.OK;
    }
    if (tokens.isEmpty()) {
      remark("no tokens; `" + environment.program() + " token create --name NAME` makes one");
      return ExitStatus.OK;
    }
    var table =
        new Table("ID", "NAME", "SCOPES", "SEES", "CREATED", "EXPIRES", "LAST USED", "MADE");
    for (var token : tokens) {
      table.row(
          token.id(),
          token.name(),
          String.join(",", token.scopes()),
          seen(token),
          time(token.createdAt(), ""),
          time(token.expiresAt(), "never"),
          time(token.lastUsedAt(), "not yet"),
          token.client() == null ? "by hand" : "by consent");
    }
    table.print(environment.terminal().out());
    return ExitStatus.OK;
  }

  /** What a token is limited to, in words. */
  static String seen(TokenEntry token) {
    var accounts = token.accounts();
    var chats = token.chats();
    if (chats != null) {
      return chats.isEmpty() ? "nothing, its chats are gone" : "chats " + String.join(", ", chats);
    }
    if (accounts != null) {
      return accounts.isEmpty()
          ? "nothing, its accounts are gone"
          : "accounts " + String.join(", ", accounts);
    }
    return "everything";
  }

  private static String time(@Nullable Instant at, String without) {
    return at == null ? without : at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
