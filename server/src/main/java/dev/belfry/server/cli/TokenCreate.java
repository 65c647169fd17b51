package dev.belfry.server.cli;

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
      description = "How long it is good: such as 12h, 30d, 1y, or never (the default).")
  @Nullable Expiry expires;

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
    var made =
        inNewOrOld(commands -> commands.createToken(name.strip(), new TreeSet<>(scopes), lifetime));
    var token = made.token();
    remark(
        "token %s \"%s\", %s, expires: %s. It will not be shown again:"
            .formatted(
                token.id(),
                token.name(),
                String.join(" and ", token.scopes()),
                token.expiresAt() == null ? "never" : token.expiresAt().toString()));
    print(made.secret());
    return ExitStatus.OK;
  }
}
