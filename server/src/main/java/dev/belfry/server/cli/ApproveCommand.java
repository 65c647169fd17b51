package dev.belfry.server.cli;

import dev.belfry.api.codec.Codec;
import dev.belfry.server.commands.ApprovalEntry;
import dev.belfry.server.commands.Commands;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import dev.belfry.server.serve.Environment;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belfry approve}. */
@Command(
    name = "approve",
    header = "Allow a program to use your chats, or decline; without a code, list who asks.",
    description = {
      "",
      "A program that wants access opens a page in the browser, and the page shows a code. Typing the code here is what allows it, so look whether it is the code that your own page shows.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  belfry approve                   who asks",
      "  belfry approve BCDF-GHJK         shows what is asked for, and asks you",
      "  belfry approve BCDF-GHJK --expires 30d",
      "  belfry approve BCDF-GHJK --deny",
      "",
      "`belfry token list` shows what came of it, and `belfry token revoke` ends it."
    })
final class ApproveCommand extends DataCommand {
  @Parameters(arity = "0..1", paramLabel = "CODE", description = "What the page shows.")
  @Nullable String code;

  @Option(names = "--deny", description = "Decline.")
  boolean deny;

  @Option(
      names = "--expires",
      paramLabel = "DURATION",
      description = "How long its access lasts: such as 12h, 30d, 1y; 90d without this.")
  @Nullable Expiry expires;

  @Option(names = "--yes", description = "Do not ask whether you are sure.")
  boolean yes;

  @Option(names = "--json", description = "List as a JSON array for programs.")
  boolean json;

  ApproveCommand(Environment environment) {
    super(environment);
  }

  @Override
  ExitStatus run() throws IOException, InterruptedException {
    var asking = inOld(Commands::approvals);
    if (code == null) {
      list(asking);
      return ExitStatus.OK;
    }
    String typed = code;
    if (expires != null && expires.lifetime() == null) {
      throw new Failure(
          ExitStatus.USAGE, "what a program is allowed ends some time: name how long, such as 1y");
    }
    var lifetime = expires == null ? null : expires.lifetime();
    find(asking, typed).ifPresent(this::show);
    if (!yes && !deny && find(asking, typed).isPresent() && !isConfirmed()) {
      remark("nothing was changed");
      return ExitStatus.REFUSED;
    }
    // also for a code that is not in the list: wrong ones are counted where they are refused
    var decided = inOld(commands -> commands.decide(typed, !deny, lifetime));
    remark(
        (deny ? "declined " : "allowed ") + decided.client() + "; the page in the browser goes on");
    return ExitStatus.OK;
  }

  private static Optional<ApprovalEntry> find(List<ApprovalEntry> asking, String code) {
    String letters = letters(code);
    return asking.stream().filter(entry -> letters(entry.code()).equals(letters)).findFirst();
  }

  private static String letters(String code) {
    return code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
  }

  private void show(ApprovalEntry entry) {
    remark("program    " + name(entry));
    remark(
        "may        "
            + (entry.scopes().contains("write")
                ? "read all your chats, and send, change and delete in your name"
                : "read all your chats"));
    remark("answer to  " + target(entry));
    remark("asked at   " + entry.askedAt().truncatedTo(ChronoUnit.SECONDS));
  }

  private boolean isConfirmed() {
    var terminal = environment.terminal();
    if (!terminal.canAsk()) {
      throw new Failure(
          ExitStatus.USAGE, "there is nobody to ask whether you are sure: say so with --yes");
    }
    return terminal.confirm("Did you start this yourself, and allow it?");
  }

  private void list(List<ApprovalEntry> asking) {
    if (json) {
      print(Codec.jsonb().type(ApprovalEntry.class).list().toJson(asking));
      return;
    }
    if (asking.isEmpty()) {
      remark("no program asks for access");
      return;
    }
    var table = new Table("CODE", "PROGRAM", "SCOPES", "ANSWER TO", "ASKED");
    for (var entry : asking) {
      table.row(
          entry.code(),
          name(entry),
          String.join(",", entry.scopes()),
          target(entry),
          entry.askedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    table.print(environment.terminal().out());
  }

  private static String name(ApprovalEntry entry) {
    return entry.registered() ? entry.client() : "unknown client (" + entry.client() + ")";
  }

  private static String target(ApprovalEntry entry) {
    return entry.redirectUri() == null ? "the program itself" : entry.redirectUri();
  }
}
