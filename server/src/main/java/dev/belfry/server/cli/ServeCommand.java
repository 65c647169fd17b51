package dev.belfry.server.cli;

import dev.belfry.server.process.LogLevel;
import dev.belfry.server.serve.Environment;
import dev.belfry.server.serve.ListenAddress;
import dev.belfry.server.serve.Serve;
import dev.belfry.server.serve.ServeOptions;
import dev.belfry.server.serve.WebOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
      "  belfry serve --listen 0.0.0.0:23373 --tls-cert cert.pem --tls-key key.pem",
      "                                             reachable from other machines, encrypted",
      "  belfry serve --behind-proxy --allow-host chat.example.org",
      "                                             behind a proxy on this machine",
      "  belfry serve --upload-quota 500M --upload-total 2G --cache-size 1G",
      "                                             on a small disk"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int MOST = 1_000_000;

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

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "Speak HTTPS with this certificate: PEM, the server's own first, then those that vouch for it.")
  @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The certificate's key: PEM, not encrypted.")
  @Nullable Path key;

  @Option(
      names = "--behind-proxy",
      description =
          "A proxy in front makes it reachable from elsewhere: believe its X-Forwarded-Proto, -Host, -Port and -For.")
  boolean behindProxy;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "A name by which other machines may call it; several times for several. Without it: any, as soon as other machines can connect.")
  List<String> hosts = List.of();

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      description =
          "A web page's origin, such as https://app.example.org, that may call it from a browser; pages of this machine may always.")
  List<String> origins = List.of();

  @Option(
      names = "--rate-limit",
      paramLabel = "N",
      description =
          "Requests a second with one token, ten times as many at once; 0: no limit. Default: ${DEFAULT-VALUE}.")
  int rate = WebOptions.NONE.rate();

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = "Connections at once; more wait. Default: ${DEFAULT-VALUE}.")
  int connections = WebOptions.NONE.connections();

  @Mixin FileOptions files = new FileOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  private final Environment environment;

  ServeCommand(Environment environment) {
    this.environment = environment;
  }

  ServeOptions options() {
    return new ServeOptions(
        listen, common.data, sandbox, common.logLevel(LogLevel.INFO), web(), files.limits());
  }

  private WebOptions web() {
    if ((certificate == null) != (key == null)) {
      throw wrong("--tls-cert and --tls-key go together");
    }
    for (String host : hosts) {
      if (!host.matches("[A-Za-z0-9._-]{1,253}")) {
        throw wrong("'" + host + "' is no host name: such as chat.example.org, without a port");
      }
    }
    for (String origin : origins) {
      if (!origin.matches("[A-Za-z][A-Za-z0-9+.-]*://[^/?#@\\s]+")) {
        throw wrong(
            "'" + origin + "' is no origin: such as https://app.example.org, without a path");
      }
    }
    if (rate < 0 || rate > MOST) {
      throw wrong("--rate-limit goes from 0 to " + MOST);
    }
    if (connections < 1 || connections > MOST) {
      throw wrong("--max-connections goes from 1 to " + MOST);
    }
    return new WebOptions(certificate, key, behindProxy, hosts, origins, rate, connections);
  }

  private CommandLine.ParameterException wrong(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }

  @Override
  public Integer call() throws Exception {
    return Serve.run(options(), environment).code();
  }
}
