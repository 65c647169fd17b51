package dev.belfry.server.cli;

import dev.belfry.server.commands.Commands;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.serve.Environment;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code belfry token create}. */
@Command(
    name = "create",
    header = "Make a token; it is printed this once.",
    footer = {
      "",
      "Examples:",
      "  belfry token create --name laptop",
      "  belfry token create --name dashboard --scope read --expires 30d",
      "  belfry token create --name bot --account matrix-2      sees that account and nothing else",
      "  belfry token create --name bot --chat '!a:example.org' --chat 17      two chats, by any id",
      "  TOKEN=$(belfry token create --name script)   the token alone goes to the standard output"
    })
final class TokenCreate extends DataCommand {
  private static final Set<String> SCOPES = Set.of("read", "write");

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "What the list will call it.")
  String name = "";

  @Option(
      names = "--scope",
      split = ",",
      paramLabel = "SCOPE",
      description = "read, or read,write (the default); write implies read.")
  List<String> scopes = List.of("read", "write");

  @Option(
      names = "--expires",
      paramLabel = "DURATION",
      description = "How long it stays valid: such as 12h, 30d, 1y, or never (the default).")
  @Nullable Expiry expires;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "An account that it may see; several times for several. Without it: all.")
  List<String> accounts = List.of();

  @Option(
      names = "--chat",
      paramLabel = "ID",
      description = {
        "A chat that it may see, by its id or its local number; several times for several. Without it: all.",
        "With --account and --chat together it sees what both allow. A limited token opens no chats."
      })
  List<String> chats = List.of();

  TokenCreate(Environment environment) {
    super(environment);
  }

  @Override
  ExitStatus run() throws IOException, InterruptedException {
    if (name.isBlank()) {
      throw new ParameterException(spec.commandLine(), "the name is empty");
    }
    for (String scope : scopes) {
      if (!SCOPES.contains(scope)) {
        throw new ParameterException(
            spec.commandLine(),
            "unknown scope '%s'%s; there are: read, write"
                .formatted(scope, Suggestions.didYouMean(scope, SCOPES)));
      }
    }
    var lifetime = expires == null ? null : expires.lifetime();
    var wanted =
        new Commands.NewToken(name.strip(), new TreeSet<>(scopes), lifetime, accounts, chats);
    var made = inNewOrOld(commands -> commands.createToken(wanted));
    var token = made.token();
    remark(
        "token %s \"%s\", %s, sees: %s, expires: %s. It will not be shown again:"
            .formatted(
                token.id(),
                token.name(),
                String.join(" and ", token.scopes()),
                TokenList.seen(token),
                token.expiresAt() == null ? "never" : token.expiresAt().toString()));
    print(made.secret());
    return ExitStatus.OK;
  }
}
