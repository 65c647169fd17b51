package dev.belfry.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Event;
import dev.belfry.api.EventPage;
import dev.belfry.api.MessageSendResponse;
import dev.belfry.api.codec.Codec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed again and again while a writer sends 200 messages a second and ten readers
 * of each kind listen that break off at random: in the end each has got every change exactly once,
 * in order.
 */
@Tag("hub")
class KilledEventsTest {
  private static final int KILLS = Integer.getInteger("belfry.test.kills", 20);
  private static final int READERS_OF_A_KIND = 10;
  private static final int WRITERS = 4;
  private static final int MESSAGES_A_SECOND = 200;
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String CHAT = "/v1/chats/!lisbon:sandbox.local/messages";

  @TempDir Path data;
  private final Random random = new Random(11);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port = freePort();

  /** The pending ids of what the server said it has taken. */
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  private volatile boolean writing = true;

  KilledEventsTest() throws IOException {}

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES) // some 40 seconds on a machine with time
  void everyReaderGetsEveryChangeOnceAndInOrder() throws Exception {
    var server = started();
    String start = page("?after=now").newestCursor();
    var followers = followers(start);
    followers.forEach(EventFollower::start);
    var writers = new ArrayList<Thread>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(Thread.ofVirtual().start(this::write));
    }
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        Thread.sleep(200 + random.nextInt(1000)); // the moment of the blow is chance's
        server.kill();
        server.exitStatus();
        server.close();
        server = started();
      }
      writing = false;
      for (var writer : writers) {
        writer.join();
      }
      String marker = sendUntilTaken();
      var truth = log(start, marker);
      String last = truth.getLast().cursor();
      followers.forEach(follower -> follower.endAt(String.valueOf(last)));
      var _ = sendUntilTaken(); // wakes those who have heard it already
      var expected = truth.stream().map(Event::cursor).toList();
      for (var follower : followers) {
        var got = follower.result().get(5, TimeUnit.MINUTES);
        assertEquals(expected.size(), got.size(), follower::toString);
        assertEquals(expected, got, follower::toString);
        assertTrue(follower.connections() > 1, follower::toString);
      }
      assertTold(truth);
    } finally {
      writing = false;
      server.close();
      client.shutdownNow();
    }
  }

  private List<EventFollower> followers(String start) {
    var followers = new ArrayList<EventFollower>();
    for (var kind : EventFollower.Kind.values()) {
      for (int i = 0; i < READERS_OF_A_KIND; i++) {
        followers.add(
            new EventFollower(kind, port, TOKEN, start, new Random(random.nextLong()), client));
      }
    }
    return followers;
  }

  /** Whatever the server has acknowledged is among what it told. */
  private void assertTold(List<Event> truth) {
    var told = new HashSet<String>();
    truth.forEach(event -> told.addAll(event.ids()));
    var missing = new HashSet<>(acknowledged);
    missing.removeAll(told);
    assertEquals(Set.of(), missing);
    assertTrue(acknowledged.size() > KILLS, "messages got through: " + acknowledged.size());
  }

  private ServerProcess started() throws Exception {
    var server =
        ServerProcess.start(
            data,
            Map.of("BELFRY_ACCESS_TOKEN", TOKEN),
            "--sandbox",
            "--listen",
            "127.0.0.1:" + port);
    String url = server.ready();
    while (ServerProcess.get(url + CHAT, TOKEN).statusCode() != 200) {
      Thread.sleep(20);
    }
    return server;
  }

  private void write() {
    long pause = TimeUnit.SECONDS.toNanos(1) * WRITERS / MESSAGES_A_SECOND;
    long next = System.nanoTime();
    while (writing) {
      try {
        acknowledged.add(send("hello"));
      } catch (IOException e) {
        next = System.nanoTime() + Duration.ofMillis(20).toNanos(); // killed; it will come back
      } catch (InterruptedException e) {
        return;
      }
      next = Math.max(next + pause, System.nanoTime() - pause);
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private String send(String text) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + CHAT))
            .header("Authorization", "Bearer " + TOKEN)
            .POST(BodyPublishers.ofString("{\"text\":\"" + text + "\"}"))
            .build();
    var answer = client.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode());
    }
    return Codec.read(MessageSendResponse.class, answer.body()).pendingMessageID();
  }

  private String sendUntilTaken() throws Exception {
    while (true) {
      try {
        return send("the last");
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
  }

  /** All events from a cursor until a message has got its final id. */
  private List<Event> log(String start, String marker) throws Exception {
    var events = new ArrayList<Event>();
    String cursor = start;
    while (true) {
      var page = page("?limit=200&wait=5&after=" + cursor);
      for (var event : page.items()) {
        events.add(event);
        if (event.ids().size() == 2 && event.ids().contains(marker)) {
          return events;
        }
      }
      cursor = page.newestCursor();
    }
  }

  private EventPage page(String query) throws Exception {
    var reply = ServerProcess.get("http://127.0.0.1:" + port + "/v1/events" + query, TOKEN);
    assertEquals(200, reply.statusCode(), reply.body());
    return Codec.read(
        EventPage.class, reply.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
