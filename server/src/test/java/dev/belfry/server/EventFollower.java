package dev.belfry.server;

import dev.belfry.api.EventPage;
import dev.belfry.api.codec.Codec;
import dev.belfry.http.RawSocket;
import dev.belfry.http.SseClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Follows the events of a server that comes and goes, as somebody with a bad line does: it breaks
 * off at random and comes back with the last cursor that it got.
 */
final class EventFollower {
  /** How it listens. */
  enum Kind {
    LONG_POLL,
    STREAM,
    SOCKET
  }

  private final Kind kind;
  private final int port;
  private final String authorization;
  private final String start;
  private final Random random;
  private final HttpClient client;
  private final List<String> cursors = new ArrayList<>();
  private final CompletableFuture<List<String>> result = new CompletableFuture<>();
  private volatile String last = "";
  private volatile String end = "";
  private final AtomicInteger connections = new AtomicInteger();

  EventFollower(Kind kind, int port, String token, String start, Random random, HttpClient client) {
    this.kind = kind;
    this.port = port;
    this.authorization = "Bearer " + token;
    this.start = start;
    this.random = random;
    this.client = client;
  }

  /** Begins to follow. */
  void start() {
    Thread.ofVirtual().name("follower").start(this::follow);
  }

  /** Has it end with the event of this cursor, once one that is later comes. */
  void endAt(String cursor) {
    end = cursor;
  }

  /** The cursors of all events that it got, in order, up to the end. */
  CompletableFuture<List<String>> result() {
    return result;
  }

  int connections() {
    return connections.get();
  }

  @Override
  public String toString() {
    return kind + " at " + cursors.size() + " after " + connections + " connections";
  }

  @SuppressWarnings("CatchThrowable") // whatever went wrong is the test's result
  private void follow() {
    try {
      while (!isAtEnd()) {
        try {
          connections.incrementAndGet();
          int some = 1 + random.nextInt(400);
          switch (kind) {
            case LONG_POLL -> poll();
            case STREAM -> stream(some);
            case SOCKET -> listen(some);
          }
        } catch (IOException e) {
          Thread.sleep(10 + random.nextInt(50)); // killed; it will come back
        }
      }
      result.complete(List.copyOf(cursors.subList(0, cursors.indexOf(end) + 1)));
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private boolean isAtEnd() {
    return !end.isEmpty() && (last.equals(end) || cursors.contains(end));
  }

  private String from() {
    return last.isEmpty() ? start : last;
  }

  private void got(String cursor) {
    cursors.add(cursor);
    last = cursor;
  }

  private void poll() throws IOException, InterruptedException {
    int limit = 1 + random.nextInt(200);
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/v1/events?wait=2&limit=%d&after=%s"
                        .formatted(port, limit, from())))
            .header("Authorization", authorization)
            .build();
    var answer = client.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new AssertionError("status " + answer.statusCode());
    }
    var page = Codec.read(EventPage.class, answer.body());
    if (page.isReset()) {
      throw new AssertionError("reset");
    }
    page.items().forEach(event -> got(String.valueOf(event.cursor())));
    last = page.newestCursor();
  }

  private void stream(int some) throws IOException {
    try (var in =
        new SseClient(port, "Authorization: " + authorization, "?after=" + start, from())) {
      for (int i = 1; i <= some && !isAtEnd(); i++) {
        var event = in.next();
        take(i, event.text());
      }
    }
  }

  private void listen(int some) throws IOException {
    try (var socket = new RawSocket(port, "Authorization: " + authorization)) {
      socket.send(
          "{\"type\":\"subscriptions.set\",\"chatIDs\":[\"*\"],\"after\":\"" + from() + "\"}");
      for (int i = -1; i <= some && !isAtEnd(); i++) {
        String text = socket.text();
        if (i > 0) {
          take(i, text);
        }
      }
    }
  }

  private void take(int seq, String event) {
    if (!event.contains("\"seq\":" + seq + ",")) {
      throw new AssertionError("expected number " + seq + ": " + event);
    }
    int begin = event.lastIndexOf("\"cursor\":\"") + 10;
    got(event.substring(begin, event.indexOf('"', begin)));
  }
}
