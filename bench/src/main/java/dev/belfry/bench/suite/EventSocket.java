package dev.belfry.bench.suite;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A client that hears all events, and hands each to a listener with the time it came. */
final class EventSocket implements WebSocket.Listener, AutoCloseable {
  private static final String ALL = "{\"type\":\"subscriptions.set\",\"chatIDs\":[\"*\"]}";

  /** Hears events. */
  interface Heard {
    void event(String json, Instant at);
  }

  private final Heard heard;
  private final StringBuilder text = new StringBuilder();
  private final CountDownLatch subscribed = new CountDownLatch(1);
  private final boolean isStuck;
  private @Nullable WebSocket socket;

  private EventSocket(Heard heard, boolean isStuck) {
    this.heard = heard;
    this.isStuck = isStuck;
  }

  /**
   * Connects.
   *
   * @param isStuck whether it reads nothing once it is subscribed
   */
  static EventSocket connect(HttpClient client, int port, Heard heard, boolean isStuck)
      throws InterruptedException {
    var listener = new EventSocket(heard, isStuck);
    listener.socket =
        client
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + ServerProcess.TOKEN)
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/ws"), listener)
            .join();
    listener.subscribed.await();
    return listener;
  }

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(1);
    var _ = opened.sendText(ALL, true);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      var at = Instant.now();
      var json = text.toString();
      text.setLength(0);
      if (json.contains("\"cursor\":")) {
        heard.event(json, at);
      } else if (json.contains("subscriptions.updated")) {
        subscribed.countDown();
        if (isStuck) {
          return new CompletableFuture<>();
        }
      }
    }
    from.request(1);
    return null;
  }

  @Override
  public void close() {
    var open = socket;
    if (open != null) {
      open.abort();
    }
  }
}
