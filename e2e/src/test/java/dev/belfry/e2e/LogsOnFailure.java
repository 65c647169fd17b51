package dev.belfry.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Adds to every failure what the servers wrote to standard error shortly before. */
final class LogsOnFailure
    implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLogs(failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLogs(failure);
  }

  private static Throwable withLogs(Throwable failure) {
    for (var server : BelfryServer.all()) {
      failure.addSuppressed(new ServerLog(server.lastWords()));
    }
    return failure;
  }

  private static final class ServerLog extends Exception {
    private static final long serialVersionUID = 1;

    ServerLog(String text) {
      super(text, null, false, false);
    }
  }
}
