package dev.belfry.server.process;

import dev.belfry.model.HubException;
import dev.belfry.model.StoreFault;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** Turns what ended a command into words for the person and a status for the script. */
public final class Failures {
  private static final System.Logger LOG = System.getLogger("dev.belfry");

  private Failures() {}

  /** Says on the error stream what happened; with its stack where the log level is {@code debug}. */
  public static ExitStatus report(Throwable thrown, Terminal terminal) {
    boolean traces = LOG.isLoggable(Level.DEBUG);
    var status =
        switch (thrown) {
          case Failure failure -> failure.status();
          case HubException _ -> ExitStatus.REFUSED;
          case StoreFault _ -> ExitStatus.STORE;
          default -> ExitStatus.FAILED;
        };
    String message =
        switch (thrown) {
          case Failure failure -> failure.getMessage();
          case HubException refused -> refused.getMessage();
          case StoreFault fault -> fault.getMessage();
          case IOException failed -> LogLine.brief(failed);
          default ->
              "this should not happen: "
                  + LogLine.brief(thrown)
                  + (traces ? "" : ". --log-level debug shows more");
        };
    terminal.err().println("belfry: " + message);
    if (traces) {
      thrown.printStackTrace(terminal.err());
    }
    return status;
  }
}
