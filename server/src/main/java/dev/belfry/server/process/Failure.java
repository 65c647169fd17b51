package dev.belfry.server.process;

/** Ends the command. The message is for the person: what is the matter, and what to do about it. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitStatus status;

  public Failure(ExitStatus status, String message) {
    super(message);
    this.status = status;
  }

  public Failure(ExitStatus status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  public ExitStatus status() {
    return status;
  }
}
