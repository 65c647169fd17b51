package dev.belfry.http;

import dev.belfry.core.Hub;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server: Jetty without servlets, each request on a virtual thread of its own. */
public final class WebServer implements AutoCloseable {
  /** For selecting, accepting and timing only; what blocks is on virtual threads. */
  private static final int PLATFORM_THREADS = 16;

  /** How long a connection without a request under way stays open once the server is closing. */
  private static final int SHUTDOWN_IDLE_MILLIS = 250;

  private final Listen listen;
  private final Limits limits;
  private final Server server;
  private int port = -1;

  /** Does not listen yet. */
  public WebServer(
      ServerIdentity identity,
      Listen listen,
      Limits limits,
      Authentication tokens,
      List<Route> routes) {
    this.listen = listen;
    this.limits = limits;
    var threads = new QueuedThreadPool(PLATFORM_THREADS, 2);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory()));
    server = new Server(threads);
    server.setStopTimeout(limits.grace().toMillis());
    var headers = new Headers(identity);
    server.setErrorHandler(new ErrorPages(headers));
    server.setHandler(
        new Dispatcher(
            new Router(routes),
            new Gate(tokens, listen.isLoopbackOnly()),
            headers,
            limits.bodyBytes()));
  }

  /** The whole API over a hub. */
  public static WebServer of(Hub hub, ServerIdentity identity, Listen listen) {
    return new WebServer(
        identity,
        listen,
        Limits.DEFAULT,
        hub.tokens()::authenticate,
        ApiRoutes.of(hub, identity, !listen.isLoopbackOnly()));
  }

  /**
   * Listens and answers.
   *
   * @return the port
   * @throws IOException with a message for people if it cannot listen as asked
   */
  public int start() throws IOException {
    List<ServerConnector> connectors = new Sockets(listen, this::connector).open();
    connectors.forEach(server::addConnector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), server));
    port = connectors.getFirst().getLocalPort();
    LifeCycle.start(server);
    return port;
  }

  /** The port listened at. */
  public int port() {
    if (port < 0) {
      throw new IllegalStateException("not started");
    }
    return port;
  }

  /**
   * Takes no more requests, lets those under way end within the grace, then closes all connections.
   */
  @Override
  public void close() {
    LifeCycle.stop(server);
  }

  private ServerConnector connector() {
    var http = new HttpConfiguration();
    // Ids hold slashes, dots and semicolons; Router takes the raw path apart by itself, and no path
    // leads to a file.
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setRequestHeaderSize(limits.headerBytes());
    http.setSendServerVersion(false);
    var connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(http));
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
    connector.setAcceptQueueSize(limits.connections());
    return connector;
  }
}
