package dev.belfry.server.cli;

import dev.belfry.server.process.LogLevel;
import dev.belfry.server.serve.Environment;
import dev.belfry.server.serve.ListenAddress;
import dev.belfry.server.serve.Serve;
import dev.belfry.server.serve.ServeOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code belfry serve}. A correct one is usually read by {@link ServeOptions#quick} already. */
@Command(
    name = "serve",
    header = "Run the server.",
    description = {
      "",
      "Prints one line on the standard output once it answers: Belfry is ready: http://127.0.0.1:PORT. All else goes to the error stream. SIGTERM and Ctrl-C end it; nothing is lost.",
      ""
    },
    footer = {
      "",
      "Environment:",
      "  BELFRY_ACCESS_TOKEN   one more token with all rights, never stored (20 characters or more)",
      "  BELFRY_EVENTS_DAYS    how long events can be asked for again; 30 if not set",
      "  BELFRY_EVENTS_COUNT   how many changes are kept at most; 1000000 if not set",
      "  BELFRY_EVENTS_TIME    milliseconds: events bear a number as their time, not a text",
      "",
      "Examples:",
      "  belfry serve --sandbox                     a living inbox without any account",
      "  belfry serve --listen 127.0.0.1:8080       at a port of your choice",
      "  belfry serve --listen 0.0.0.0:23373        reachable from other machines: put TLS in front"
    })
final class ServeCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description =
          "Where to listen. Without it: on both loopback addresses, at port 23373 or the next free one up to 23392.")
  @Nullable ListenAddress listen;

  @Option(
      names = "--sandbox",
      description =
          "Add a simulated network with two accounts, some dozens of chats and people who answer.")
  boolean sandbox;

  private final Environment environment;

  ServeCommand(Environment environment) {
    this.environment = environment;
  }

  ServeOptions options() {
    return new ServeOptions(listen, common.data, sandbox, common.logLevel(LogLevel.INFO));
  }

  @Override
  public Integer call() throws Exception {
    return Serve.run(options(), environment).code();
  }
}
