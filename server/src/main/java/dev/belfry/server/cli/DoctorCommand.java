package dev.belfry.server.cli;

import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.serve.Environment;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code belfry doctor}. */
@Command(
    name = "doctor",
    header = "Check what Belfry needs, and say what is wrong.",
    description = {
      "",
      "Looks at Java, the clock, the data folder, its permissions and disk, the store from end to end, the running server or the port that one would get, and the accounts. Exit status 1 if something does not work.",
      ""
    })
final class DoctorCommand extends DataCommand {
  DoctorCommand(Environment environment) {
    super(environment);
  }

  @Override
  ExitStatus run() throws IOException, InterruptedException {
    var findings = new Findings();
    new MachineChecks(environment.clock()).run(findings);
    new FolderChecks(environment.clock(), folder()).run(findings);
    new ServerChecks(environment.clock(), folder()).run(findings);
    var table = new Table(3);
    for (var finding : findings.all()) {
      table.row(finding.grade().name().toLowerCase(Locale.ROOT), finding.subject(), finding.text());
    }
    table.print(environment.terminal().out());
    return findings.areBad() ? ExitStatus.FAILED : ExitStatus.OK;
  }
}
