package dev.belfry.server;

import dev.belfry.core.Hub;
import dev.belfry.server.cli.CommandTree;
import dev.belfry.server.process.Failures;
import dev.belfry.server.process.Log;
import dev.belfry.server.process.LogLevel;
import dev.belfry.server.process.Terminal;
import dev.belfry.server.serve.Environment;
import dev.belfry.server.serve.NativeLibrary;
import dev.belfry.server.serve.Serve;
import dev.belfry.server.serve.ServeOptions;
import dev.belfry.server.serve.Training;
import java.time.InstantSource;

/** Where the process begins. */
public final class Main {
  /** Read by Java when the first virtual thread is made. */
  private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

  private Main() {}

  /** Runs one command; its arguments are as {@code belfry --help} tells. */
  public static void main(String... arguments) {
    var environment =
        new Environment(Terminal.ofProcess(), System.getenv(), InstantSource.system());
    Log.configure(
        LogLevel.INFO, environment.terminal().err()); // before any class asks for its logger
    addCarriers();
    NativeLibrary.useUnpacked(System.getProperty("belfry.app"));
    System.exit(run(environment, arguments));
  }

  /** One more for each read of the store: it holds the carrier of the virtual thread it runs on. */
  private static void addCarriers() {
    int carriers = Runtime.getRuntime().availableProcessors() + Hub.READS_AT_ONCE;
    if (System.getProperty(CARRIERS) == null) {
      System.setProperty(CARRIERS, Integer.toString(carriers));
    }
  }

  private static int run(Environment environment, String... arguments) {
    var serve = ServeOptions.quick(arguments);
    if (serve.isEmpty() && !Training.isAsked(arguments)) {
      return CommandTree.run(environment, arguments);
    }
    try {
      return (serve.isPresent()
              ? Serve.run(serve.get(), environment)
              : Training.run(arguments[2], environment))
          .code();
    } catch (Exception e) {
      return Failures.report(e, environment.terminal()).code();
    }
  }
}
