package dev.belfry.server.process;

import dev.belfry.model.HubException;
import dev.belfry.model.StoreFault;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** Turns what ended a command into words for the person and a status for the script. */
public final class Failures {
  private static final System.Logger LOG = System.getLogger("dev.belfry");

  private Failures() {}

  /**
   * Says on the error stream what happened; with its stack where the log level is {@code debug}.
   */
  public static ExitStatus report(Throwable thrown, Terminal terminal) {
    boolean traces = LOG.isLoggable(Level.DEBUG);
    terminal
        .err()
        .println(
            "belfry: "
                + message(thrown)
                + (isExpected(thrown) || traces ? "" : ". --log-level debug shows more"));
    if (traces) {
      thrown.printStackTrace(terminal.err());
    }
    return status(thrown);
  }

  /** Whether it was made for people to read, and is no fault of the program. */
  public static boolean isExpected(Throwable thrown) {
    return thrown instanceof Failure
        || thrown instanceof HubException
        || thrown instanceof StoreFault;
  }

  /** The status that scripts see. */
  public static ExitStatus status(Throwable thrown) {
    return switch (thrown) {
      case Failure failure -> failure.status();
      case HubException _ -> ExitStatus.REFUSED;
      case StoreFault _ -> ExitStatus.STORE;
      default -> ExitStatus.FAILED;
    };
  }

  /** What the matter is. */
  public static String message(Throwable thrown) {
    if (isExpected(thrown)) {
      return String.valueOf(thrown.getMessage());
    }
    String brief = LogLine.brief(thrown);
    return thrown instanceof IOException ? brief : "this should not happen: " + brief;
  }
}
