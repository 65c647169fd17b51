package dev.belfry.http.guard;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose handshake or headers take too long: a byte now and then would keep them
 * open for ever, as each starts the idle limit anew.
 */
public final class SlowConnections extends AbstractLifeCycle {
  private static final int LOOKS = 8;

  private final Server server;
  private final long patience;
  private Map<EndPoint, Seen> seen = new HashMap<>();
  private Scheduler.@Nullable Task next;

  public SlowConnections(Server server, Patience patience) {
    this.server = server;
    this.patience = patience.atFirst().toNanos();
  }

  /**
   * What was there at the last look.
   *
   * @param requests that have come to the end of their headers
   * @param bytes that have come
   * @param isBusy whether one of them was being answered
   * @param since when the bytes of a further one were noticed; 0 for none
   */
  private record Seen(long requests, long bytes, boolean isBusy, long since) {}

  @Override
  protected void doStart() {
    schedule();
  }

  @Override
  protected void doStop() {
    var task = next;
    if (task != null) {
      task.cancel();
    }
  }

  private void schedule() {
    next = server.getScheduler().schedule(this::look, patience / LOOKS, TimeUnit.NANOSECONDS);
  }

  private void look() {
    var now = new HashMap<EndPoint, Seen>();
    for (Connector connector : server.getConnectors()) {
      for (EndPoint end : connector.getConnectedEndPoints()) {
        look(end, now);
      }
    }
    seen = now;
    if (isRunning()) {
      schedule();
    }
  }

  private void look(EndPoint end, Map<EndPoint, Seen> now) {
    Connection connection = end.getConnection();
    boolean shakesHands = false;
    if (connection instanceof SslConnection secure) {
      shakesHands = isShakingHands(secure);
      connection = secure.getSslEndPoint().getConnection();
    }
    // What HTTP was left for, such as a WebSocket, has rules of its own.
    if (!(connection instanceof Connection.UpgradeFrom)) {
      return;
    }
    var before = seen.get(end);
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    boolean isBusy = requests > connection.getMessagesOut();
    long since = 0;
    if (!isBusy) {
      boolean isNew = before == null;
      boolean isSame = before != null && before.requests() == requests && !before.isBusy();
      boolean hasBegun =
          shakesHands
              || (isNew && requests == 0 && bytes > 0)
              || (before != null && isSame && bytes > before.bytes());
      since = before != null && isSame && before.since() != 0 ? before.since() : 0;
      if (!shakesHands && requests == 0 && bytes == 0) {
        since = 0; // the handshake is over, and nothing is asked yet
      } else if (since == 0 && hasBegun) {
        since = System.nanoTime();
      }
    }
    if (since != 0 && System.nanoTime() - since > patience) {
      end.close();
    } else {
      now.put(end, new Seen(requests, bytes, isBusy, since));
    }
  }

  private static boolean isShakingHands(SslConnection secure) {
    var status = secure.getSSLEngine().getHandshakeStatus();
    return (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED)
        || secure.getSSLEngine().getSession().getCipherSuite().equals("SSL_NULL_WITH_NULL_NULL");
  }
}
