package dev.belfry.server.cli;

import dev.belfry.server.commands.Conversation;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.serve.Environment;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code belfry account add matrix}. */
@Command(
    name = "matrix",
    header = "Log in on a Matrix homeserver.",
    description = {
      "",
      "The password is asked for without being shown, or read from the standard input when that is no terminal. It is used once and not kept.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  belfry account add matrix --homeserver https://matrix.org --user ada",
      "  pass show matrix | belfry account add matrix --homeserver https://matrix.org --user ada"
    })
final class AccountAddMatrix extends DataCommand implements Conversation {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--homeserver",
      required = true,
      paramLabel = "URL",
      description = "Such as https://matrix.org.")
  String homeserver = "";

  @Option(
      names = "--user",
      required = true,
      paramLabel = "USER",
      description = "Such as ada, or @ada:matrix.org.")
  String user = "";

  @Option(
      names = {"-p", "--password"},
      hidden = true,
      arity = "0..1",
      fallbackValue = "")
  @Nullable String password;

  private @Nullable String secret;

  AccountAddMatrix(Environment environment) {
    super(environment);
  }

  @Override
  ExitStatus run() throws IOException, InterruptedException {
    if (password != null) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no --password: what stands on a command line can be read by every user of the machine and stays in the shell's history."
              + " Leave it out and the password is asked for, or pipe it in");
    }
    // before the folder is touched: nobody else should have to wait for somebody who types
    secret = environment.terminal().askSecret("Password of " + user);
    boolean[] served = {false};
    var account =
        inNewOrOld(commands -> {
          served[0] = commands.server().isPresent();
          return commands.addAccount("matrix", this);
        });
    print(account.id());
    remark(
        "added %s (%s)%s"
            .formatted(
                account.id(),
                account.user(),
                served[0]
                    ? ": "
                        + account.state()
                        + (account.reason().isEmpty() ? "" : ", " + account.reason())
                    : "; its chats come with the next `" + environment.program() + " serve`"));
    return ExitStatus.OK;
  }

  @Override
  public Map<String, String> ask(Question question) {
    var answers = new HashMap<String, String>();
    for (var field : question.fields()) {
      answers.put(field.id(), answer(field));
    }
    return answers;
  }

  @Override
  public void progress(String text) {
    remark(text);
  }

  private String answer(Field field) {
    return switch (field.type()) {
      case "url" -> homeserver;
      case "username" -> user;
      case "password" -> {
        String known = secret;
        secret = null; // asked for again means that it was wrong
        yield known == null ? environment.terminal().askSecret(field.label()) : known;
      }
      default -> environment.terminal().ask(field.label());
    };
  }
}
