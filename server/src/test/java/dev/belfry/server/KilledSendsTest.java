package dev.belfry.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed between sends, and a client that repeats what it got no answer to. */
@Tag("hub")
@Timeout(300)
class KilledSendsTest {
  private static final int KILLS = 2;
  private static final int SENDERS = 4;
  private static final long PAUSE_NANOS = 50_000_000;
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String CHAT = "/v1/chats/!lisbon:sandbox.local/messages";

  @TempDir Path data;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random = new Random(7);

  /** By key, the answer; empty while there is none. */
  private final Map<String, String> answers = new ConcurrentHashMap<>();

  @Test
  void everySendMakesOneMessage() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      try (var server = start()) {
        String url = server.ready();
        awaitChat(url);
        repeat(url);
        sendUntilKilled(server, url, kill);
      }
    }
    try (var server = start()) {
      String url = server.ready();
      repeat(url);
      assertOneMessageEach(url);
    }
    client.close();
  }

  private ServerProcess start() throws IOException {
    return ServerProcess.start(
        data, Map.of("BELFRY_ACCESS_TOKEN", TOKEN), "--sandbox", "--listen", "127.0.0.1:0");
  }

  private static void awaitChat(String url) throws Exception {
    while (ServerProcess.get(url + CHAT, TOKEN).statusCode() != 200) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Everything again: what was answered gets the same answer, what was not gets one. */
  private void repeat(String url) throws Exception {
    for (var entry : new HashMap<>(answers).entrySet()) {
      String answer = send(url, entry.getKey());
      if (!entry.getValue().isEmpty()) {
        assertEquals(entry.getValue(), answer, entry.getKey());
      }
      answers.put(entry.getKey(), answer);
    }
  }

  private void sendUntilKilled(ServerProcess server, String url, int kill) throws Exception {
    var enough = new CountDownLatch(10 + random.nextInt(30));
    var senders = new Thread[SENDERS];
    for (int sender = 0; sender < SENDERS; sender++) {
      String name = "key-" + kill + "-" + sender + "-";
      senders[sender] =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; ; i++) {
                    answers.put(name + i, "");
                    answers.put(name + i, send(url, name + i));
                    enough.countDown();
                  }
                } catch (IOException e) {
                  // killed
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
    }
    assertEquals(true, enough.await(60, TimeUnit.SECONDS), "sends");
    server.kill();
    server.exitStatus();
    for (var sender : senders) {
      sender.join();
    }
  }

  private String send(String url, String key) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url + CHAT))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString("{\"text\":\"says " + key + ".\"}"))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  private void assertOneMessageEach(String url) throws Exception {
    var counts = new HashMap<String, Integer>();
    String cursor = "";
    while (true) {
      String page = ServerProcess.get(url + CHAT + "?limit=200" + cursor, TOKEN).body();
      for (String key : answers.keySet()) {
        int count = page.split("says " + key + "\\.", -1).length - 1;
        counts.merge(key, count, Integer::sum);
      }
      if (page.contains("\"hasMore\":false")) {
        break;
      }
      cursor =
          "&direction=before&cursor="
              + page.replaceAll("(?s).*\"oldestCursor\":\"([^\"]*)\".*", "$1");
    }
    for (String key : answers.keySet()) {
      assertEquals(1, counts.get(key), key);
    }
  }
}
