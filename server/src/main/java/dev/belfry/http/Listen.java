package dev.belfry.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Where to listen: on all the hosts at the same port.
 *
 * @param hosts names or addresses, the main one first
 * @param firstPort the port wanted; 0 for any
 * @param lastPort where the search for a free one ends; the same as the first where only that will
 *     do
 */
public record Listen(List<String> hosts, int firstPort, int lastPort) {
  private static final String IPV4 = "127.0.0.1";
  private static final String IPV6 = "::1";

  public Listen {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty() || firstPort < 0 || lastPort < firstPort || lastPort > 65535) {
      throw new IllegalArgumentException("not a place to listen at");
    }
  }

  /** On both of this machine's own addresses, as {@code localhost} may mean either. */
  public static Listen loopback(int firstPort, int lastPort) {
    return new Listen(List.of(IPV4, IPV6), firstPort, lastPort);
  }

  /** On one address, or on both loopback addresses for {@code localhost}. */
  public static Listen on(String host, int port) {
    return host.equals("localhost") ? loopback(port, port) : new Listen(List.of(host), port, port);
  }

  /** Whether nobody but this machine can connect. */
  public boolean isLoopbackOnly() {
    return hosts.stream().allMatch(Listen::isLoopback);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
