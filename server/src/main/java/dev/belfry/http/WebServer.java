package dev.belfry.http;

import dev.belfry.core.Hub;
import dev.belfry.core.repeat.Answers;
import dev.belfry.http.events.Feed;
import dev.belfry.http.events.Pace;
import dev.belfry.http.events.SocketUpgrade;
import dev.belfry.http.guard.ForwardedHeaders;
import dev.belfry.http.guard.RateLimits;
import dev.belfry.http.guard.SlowConnections;
import dev.belfry.http.guard.Tls;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The HTTP server: Jetty without servlets, each request on a virtual thread of its own. */
public final class WebServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WebServer.class.getName());

  /** For selecting, accepting and timing only; what blocks is on virtual threads. */
  private static final int PLATFORM_THREADS = 16;

  /** How long a connection without a request under way stays open once the server is closing. */
  private static final int SHUTDOWN_IDLE_MILLIS = 250;

  /** How long one may say nothing while all are taken, so that those who wait get their turn. */
  private static final int CROWDED_IDLE_MILLIS = 2000;

  /** How long requests that were cut off may take to notice. */
  private static final int INTERRUPTED_MILLIS = 500;

  private final WebSettings settings;
  private final Limits limits;
  private final ExecutorService requests =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
  private final Server server;
  private final @Nullable Feed feed;
  private final List<Route> routes;
  private int port = -1;

  /**
   * Does not listen yet.
   *
   * @param answers what remembers answers for requests that are sent again; null for nothing
   */
  public WebServer(
      ServerIdentity identity,
      Listen listen,
      Limits limits,
      Authentication tokens,
      @Nullable Answers answers,
      List<Route> routes) {
    this(identity, WebSettings.of(listen, limits), tokens, answers, routes, null);
  }

  WebServer(
      ServerIdentity identity,
      WebSettings settings,
      Authentication tokens,
      @Nullable Answers answers,
      List<Route> routes,
      @Nullable Feed feed) {
    this.feed = feed;
    this.routes = List.copyOf(routes);
    this.settings = settings;
    this.limits = settings.limits();
    var threads = new QueuedThreadPool(PLATFORM_THREADS, 2);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(requests);
    server = new Server(threads);
    server.setStopTimeout(limits.grace().toMillis());
    SocketUpgrade.prepare(server);
    var headers = new Headers(identity);
    server.setErrorHandler(new ErrorPages(headers));
    server.setHandler(
        new Dispatcher(
            new Router(routes),
            new Gate(tokens, settings.reach(), new RateLimits(limits.rates(), System::nanoTime)),
            new Repeats(answers),
            headers,
            limits));
  }

  /** The whole API over a hub. */
  public static WebServer of(Hub hub, ServerIdentity identity, Listen listen) {
    return of(hub, identity, WebSettings.of(listen));
  }

  /** The whole API over a hub. */
  public static WebServer of(Hub hub, ServerIdentity identity, WebSettings settings) {
    var feed = new Feed(hub.events(), hub.changes(), false, Pace.USUAL);
    return of(hub, identity, settings, feed);
  }

  /**
   * The whole API over a hub.
   *
   * @param feed leads its events to who listens; started and closed with this
   */
  public static WebServer of(Hub hub, ServerIdentity identity, WebSettings settings, Feed feed) {
    return new WebServer(
        identity,
        settings,
        hub.tokens()::authenticate,
        hub.answers(),
        ApiRoutes.of(hub, feed, identity, settings.reach().isRemote()),
        feed);
  }

  /**
   * Listens and answers.
   *
   * @return the port
   * @throws IOException with a message for people if it cannot listen as asked
   */
  public int start() throws IOException {
    List<ServerConnector> connectors = new Sockets(settings.listen(), this::connector).open();
    connectors.forEach(server::addConnector);
    var limit = new NetworkConnectionLimit(limits.connections(), server);
    limit.setEndPointIdleTimeout(CROWDED_IDLE_MILLIS);
    server.addBean(limit);
    server.addBean(new SlowConnections(server, limits.patience()));
    port = connectors.getFirst().getLocalPort();
    LifeCycle.start(server);
    if (feed != null) {
      feed.start();
    }
    return port;
  }

  /** All that it answers. */
  List<Route> routes() {
    return routes;
  }

  /** The port listened at. */
  public int port() {
    if (port < 0) {
      throw new IllegalStateException("not started");
    }
    return port;
  }

  /** Takes no more requests, lets those under way end within the grace, then cuts them off. */
  @Override
  public void close() {
    if (feed != null) {
      feed.close(); // those who listen would do so for ever
    }
    try {
      LifeCycle.stop(server);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Some requests took longer than the grace and are cut off");
    }
    requests.shutdownNow();
    try {
      if (!requests.awaitTermination(INTERRUPTED_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "Some requests go on although they were interrupted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ServerConnector connector() {
    var http = new HttpConfiguration();
    // Ids hold slashes, dots and semicolons; Router takes the raw path apart by itself, and no path
    // leads to a file.
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setRequestHeaderSize(limits.headerBytes());
    http.setSendServerVersion(false);
    if (settings.reach().isRemote()) {
      http.addCustomizer(new ForwardedHeaders(settings.reach().isProxied()));
    }
    var connector = new ServerConnector(server, 1, 1, protocols(http, settings.tls()));
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
    connector.setAcceptQueueSize(limits.connections());
    return connector;
  }

  private static ConnectionFactory[] protocols(HttpConfiguration http, @Nullable Tls tls) {
    if (tls == null) {
      return new ConnectionFactory[] {new HttpConnectionFactory(http)};
    }
    // First, as a proxy's word counts for more. Names are the gate's affair.
    http.getCustomizers().addFirst(new SecureRequestCustomizer(false));
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls.factory(), HttpVersion.HTTP_1_1.asString()),
      new HttpConnectionFactory(http)
    };
  }
}
