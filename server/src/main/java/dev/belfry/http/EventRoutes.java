package dev.belfry.http;

import dev.belfry.api.ApiError;
import dev.belfry.http.events.EventPage;
import dev.belfry.http.events.EventStream;
import dev.belfry.http.events.Feed;
import dev.belfry.http.events.Listener;
import dev.belfry.http.events.SocketUpgrade;
import dev.belfry.model.HubException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** What happened, to be asked for or listened to (contract, Decided for Belfry). */
final class EventRoutes {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");
  private static final String STREAM = "text/event-stream";
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 200;

  /** Less than a minute: that is when proxies hang up. */
  private static final int MAX_WAIT = 55;

  private final EventPage page;
  private final EventStream stream;
  private final SocketUpgrade sockets;

  EventRoutes(Feed feed) {
    sockets = new SocketUpgrade(feed);
    page = new EventPage(feed);
    stream = new EventStream(feed);
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/v1/events", this::events),
        Route.reading("GET", "/v1/ws", this::socket));
  }

  private record Wanted(@Nullable String after, int limit, int seconds) {}

  private Answer events(Call call) {
    var wanted =
        call.read(in ->
            new Wanted(
                in.query().string("after"),
                in.query().integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT),
                in.query().integer("wait", 0, 0, MAX_WAIT)));
    var listener = new Listener(call.grant(), call.standing());
    String accept = call.header("Accept");
    boolean streamed = accept != null && accept.contains(STREAM);
    if (streamed && !call.isHead()) {
      return stream(call, listener, wanted.after());
    }
    return new Answer.Streamed((_, response) -> {
      int seconds = call.isHead() ? 0 : wanted.seconds();
      var json = page.read(listener, wanted.after(), wanted.limit(), Duration.ofSeconds(seconds));
      response.setStatus(HttpStatus.OK_200);
      Headers.putJson(response.getHeaders());
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, json.length);
      Content.Sink.write(response, true, ByteBuffer.wrap(json));
    });
  }

  private Answer stream(Call call, Listener listener, @Nullable String after) {
    // A client that comes back repeats its first request, and says in the header how far it got.
    String last = call.header("Last-Event-ID");
    var open =
        last == null || last.isEmpty()
            ? stream.from(listener, after, "query", "after")
            : stream.from(listener, last, "header", "Last-Event-ID");
    return new Answer.Streamed((_, response) -> {
      response.setStatus(HttpStatus.OK_200);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, STREAM);
      response.getHeaders().put("X-Accel-Buffering", "no"); // else nginx keeps events back
      open.writeTo((bytes, isLast) -> write(response, bytes, isLast));
    });
  }

  private static void write(Response response, byte[] bytes, boolean isLast)
      throws java.io.IOException {
    Content.Sink.write(response, isLast, ByteBuffer.wrap(bytes));
  }

  private Answer socket(Call call) {
    checkUpgrade(call);
    var listener = new Listener(call.grant(), call.standing());
    return new Answer.Upgraded(
        (request, response, callback) -> sockets.accept(listener, request, response, callback));
  }

  /** Refuses, in the API's own form, what could not become a WebSocket (RFC 6455, section 4.2). */
  private static void checkUpgrade(Call call) {
    boolean asks =
        call.words("Upgrade").stream().anyMatch("websocket"::equalsIgnoreCase)
            && call.words("Connection").stream().anyMatch("upgrade"::equalsIgnoreCase);
    if (!asks || call.isHead()) {
      throw new Refused(
          upgradeRequired(
              "This is a WebSocket: connect with ws:// or wss://, or use /v1/events",
              Map.of("Upgrade", "websocket", "Connection", "Upgrade")));
    }
    if (!"13".equals(call.header("Sec-WebSocket-Version"))) {
      throw new Refused(
          upgradeRequired(
              "Only version 13 of WebSocket is spoken here",
              Map.of("Sec-WebSocket-Version", "13")));
    }
    String key = call.header("Sec-WebSocket-Key");
    if (key == null || !KEY.matcher(key).matches()) {
      throw new HubException(
          HubException.Reason.INVALID,
          "custom",
          "Expected 16 bytes in Base64",
          List.of("header", "Sec-WebSocket-Key"));
    }
  }

  private static Problem upgradeRequired(String message, Map<String, String> headers) {
    return new Problem(426, ApiError.of("UPGRADE_REQUIRED", message), headers, true);
  }
}
