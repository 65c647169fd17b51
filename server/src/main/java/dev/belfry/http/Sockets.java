package dev.belfry.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** Finds a port that is free on all the hosts asked for, and takes it. */
final class Sockets {
  /** The system's choice for the first host may be taken on the second. */
  private static final int TRIES_FOR_ANY_PORT = 20;

  private final Listen listen;
  private final Supplier<ServerConnector> connectors;

  Sockets(Listen listen, Supplier<ServerConnector> connectors) {
    this.listen = listen;
    this.connectors = connectors;
  }

  /**
   * Listens without accepting yet: clients that come now wait.
   *
   * @throws IOException with a message for people if there is no such address or no free port
   */
  List<ServerConnector> open() throws IOException {
    List<String> hosts = listen.hosts().stream().filter(Sockets::isThere).toList();
    boolean any = listen.firstPort() == 0;
    int tries = any ? TRIES_FOR_ANY_PORT : listen.lastPort() - listen.firstPort() + 1;
    for (int i = 0; i < tries; i++) {
      List<ServerConnector> opened = openAll(hosts, any ? 0 : listen.firstPort() + i);
      if (opened != null) {
        return opened;
      }
    }
    throw new BindException(
        listen.firstPort() == listen.lastPort()
            ? "Port " + listen.firstPort() + " is taken on " + String.join(" or ", hosts)
            : "All ports from " + listen.firstPort() + " to " + listen.lastPort() + " are taken");
  }

  /** Null if the port is taken on one of the hosts. */
  private @Nullable List<ServerConnector> openAll(List<String> hosts, int port) throws IOException {
    var opened = new ArrayList<ServerConnector>();
    int common = port;
    for (String host : hosts) {
      ServerConnector connector = connectors.get();
      connector.setHost(host);
      connector.setPort(common);
      try {
        connector.open();
      } catch (IOException e) {
        opened.forEach(ServerConnector::close);
        if (isTaken(e)) {
          return null;
        }
        throw new IOException("Cannot listen on " + host + ": " + reason(e), e);
      }
      common = connector.getLocalPort();
      opened.add(connector);
    }
    return opened;
  }

  private static boolean isTaken(IOException e) {
    return e.getCause() instanceof BindException bind
        && String.valueOf(bind.getMessage()).contains("in use");
  }

  private static String reason(IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  /** A machine without IPv6 has no {@code ::1}, and nothing is lacking then. */
  private static boolean isThere(String host) {
    try {
      return !host.equals("::1")
          || NetworkInterface.getByInetAddress(InetAddress.ofLiteral(host)) != null;
    } catch (IOException e) {
      return false;
    }
  }
}
