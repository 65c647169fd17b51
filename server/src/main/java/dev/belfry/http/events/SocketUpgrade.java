package dev.belfry.http.events;

import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/** Makes WebSockets of requests that were found to be in order. */
public final class SocketUpgrade {
  /** The subprotocol that browsers must ask for to get one (contract, Decided for Belfry). */
  public static final String SUBPROTOCOL = "belfry.v1";

  private final Feed feed;

  public SocketUpgrade(Feed feed) {
    this.feed = feed;
  }

  /** To be called before the server starts. */
  public static void prepare(Server server) {
    var _ = WebSocketServerComponents.ensureWebSocketComponents(server);
  }

  /**
   * Answers with 101, and talks to the peer from then on.
   *
   * @return whether the request was one for a WebSocket after all
   */
  public boolean accept(Listener listener, Request request, Response response, Callback callback) {
    var server = request.getConnectionMetaData().getConnector().getServer();
    var mappings = new WebSocketMappings(WebSocketServerComponents.getWebSocketComponents(server));
    var limits = new Configuration.ConfigurationCustomizer();
    limits.setIdleTimeout(Duration.ZERO); // pings tell who is still there
    limits.setMaxFrameSize(SocketInput.LONGEST);
    limits.setAutoFragment(true);
    WebSocketNegotiator negotiator =
        new WebSocketNegotiator.AbstractNegotiator() {
          @Override
          public EventSocket negotiate(
              ServerUpgradeRequest asked, ServerUpgradeResponse answer, Callback done) {
            if (asked.hasSubProtocol(SUBPROTOCOL)) {
              answer.setAcceptedSubProtocol(SUBPROTOCOL);
            }
            // Compression costs each connection more memory than all else that it has.
            answer.setExtensions(List.of());
            return new EventSocket(feed, listener);
          }
        };
    return mappings.upgrade(negotiator, request, response, callback, limits);
  }
}
