package dev.belfry.server.serve;

import dev.belfry.core.Hub;
import dev.belfry.http.Listen;
import dev.belfry.http.ServerIdentity;
import dev.belfry.http.WebServer;
import dev.belfry.http.WebSettings;
import dev.belfry.http.events.Feed;
import dev.belfry.http.events.Pace;
import dev.belfry.model.Grant;
import dev.belfry.server.commands.Access;
import dev.belfry.server.commands.CommandSocket;
import dev.belfry.server.commands.HubCommands;
import dev.belfry.server.commands.ServerStatus;
import dev.belfry.server.folder.DataFolder;
import dev.belfry.server.folder.FolderLock;
import dev.belfry.server.folder.Owner;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import dev.belfry.server.process.Log;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the server from start to end. */
public final class Serve {
  private static final System.Logger LOG = System.getLogger(Serve.class.getName());

  /** What a client tries without being told, and how far the search for a free one goes. */
  public static final int FIRST_PORT = 23373;

  public static final int LAST_PORT = 23392;

  private static final int SHORTEST_TOKEN = 20;

  // a command has the folder for moments only
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final ServeOptions options;
  private final Environment environment;
  private final DataFolder folder;

  private Serve(ServeOptions options, Environment environment) {
    this.options = options;
    this.environment = environment;
    folder = environment.folder(options.data());
  }

  /**
   * Serves until a signal ends the process.
   *
   * @throws Failure when it cannot be started
   */
  public static ExitStatus run(ServeOptions options, Environment environment)
      throws IOException, InterruptedException {
    Log.configure(options.logLevel(), environment.terminal().err());
    return new Serve(options, environment).run();
  }

  private ExitStatus run() throws IOException, InterruptedException {
    String extraToken = extraToken(environment.variables());
    var events = EventSettings.of(environment.variables());
    var settings = options.web().settings(listen());
    folder.prepare();
    Optional<Owner> former = FolderLock.owner(folder);
    var self = Owner.self();
    try (var stop = new StopSignal();
        var lock = lock(self);
        var hub =
            Wiring.hub(
                folder.path(),
                environment.clock(),
                options.sandbox(),
                new Hub.Options(extraToken, events.keep(), options.files()));
        var web =
            WebServer.of(
                hub,
                ServerIdentity.BELFRY,
                settings,
                new Feed(hub.events(), hub.changes(), events.millis(), Pace.USUAL));
        var socket = SocketPath.choose(folder, former)) {
      boolean isNew = hub.accounts().list(Grant.HUB).isEmpty();
      if (options.sandbox()) {
        SandboxAccounts.make(hub);
      }
      hub.tidy();
      String url = start(web, settings);
      var status =
          new ServerStatus(self.pid(), self.version(), List.of(url), environment.clock().instant());
      try (var _ = CommandSocket.open(socket.path(), new HubCommands(hub, status))) {
        lock.write(new Owner(self.pid(), self.version(), url, socket.path().toString()));
        hub.start();
        environment.terminal().out().println("Belfry is ready: " + url);
        if (environment.terminal().isWatched()) {
          environment
              .terminal()
              .err()
              .println(Hints.next(environment, folder, options.data(), url, isNew));
        }
        LOG.log(Level.INFO, "version {0}, data in {1}", self.version(), folder.path());
        openAllJars();
        stop.await();
      }
    }
    return ExitStatus.OK;
  }

  private FolderLock lock(Owner self) throws InterruptedException {
    Owner owner = null;
    for (long waited = 0; waited <= PATIENCE.toMillis(); waited += PAUSE.toMillis()) {
      var lock = FolderLock.tryTake(folder, self);
      if (lock.isPresent()) {
        return lock.get();
      }
      owner = FolderLock.owner(folder).orElse(owner);
      if (owner != null && owner.address() != null) {
        break; // a server: it will not go away
      }
      Thread.sleep(PAUSE);
    }
    throw Access.inUse(folder, owner);
  }

  private Listen listen() {
    var asked = options.listen();
    if (asked == null) {
      return Listen.loopback(FIRST_PORT, LAST_PORT);
    }
    return Listen.on(asked.host(), asked.port());
  }

  private String start(WebServer web, WebSettings settings) {
    var asked = options.listen();
    int port;
    try {
      if (asked != null) {
        var _ = InetAddress.getByName(asked.host());
      }
      port = web.start();
    } catch (UnknownHostException e) {
      throw new Failure(ExitStatus.PORT, "the host to listen on is unknown: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new Failure(
          ExitStatus.PORT, e.getMessage() + ": name another address with --listen", e);
    }
    boolean secure = settings.tls() != null;
    if (!settings.listen().isLoopbackOnly() && !secure && !settings.reach().isProxied()) {
      LOG.log(
          Level.WARNING,
          "other machines can connect, and what they send and get is not encrypted: give --tls-cert and --tls-key, or put a proxy with TLS in front and say --behind-proxy");
    }
    return ListenAddress.url(secure, asked == null ? "127.0.0.1" : asked.host(), port);
  }

  /** {@code BELFRY_ACCESS_TOKEN}: one more token, for containers and the like. */
  static @Nullable String extraToken(Map<String, String> variables) {
    String token = variables.getOrDefault("BELFRY_ACCESS_TOKEN", "");
    if (token.isEmpty()) {
      return null;
    }
    if (token.length() < SHORTEST_TOKEN || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new Failure(
          ExitStatus.USAGE,
          "BELFRY_ACCESS_TOKEN must have "
              + SHORTEST_TOKEN
              + " characters or more, without spaces: `openssl rand -hex 32` makes one");
    }
    return token;
  }

  /**
   * Else a jar that is first needed later could by then be one of a newer build. Looking for what
   * is nowhere opens each.
   */
  private static void openAllJars() throws IOException {
    var _ = ClassLoader.getSystemResources("META-INF/nowhere").hasMoreElements();
  }
}
