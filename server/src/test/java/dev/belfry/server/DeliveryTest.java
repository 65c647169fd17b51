package dev.belfry.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Message;
import dev.belfry.api.Message.SendState;
import dev.belfry.api.MessageSendResponse;
import dev.belfry.api.codec.Codec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a message's way while its network has its faults. */
@Tag("hub")
@Timeout(300)
class DeliveryTest {
  private static final long PAUSE_NANOS = 50_000_000;
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @TempDir Path data;
  private final HttpClient client = HttpClient.newHttpClient();
  private ServerProcess server;
  private String chat = "";

  @BeforeEach
  void start() throws Exception {
    server =
        ServerProcess.start(
            data, Map.of("BELFRY_ACCESS_TOKEN", TOKEN), "--sandbox", "--listen", "127.0.0.1:0");
    chat = server.ready() + "/v1/chats/!faults:sandbox.local/messages";
    while (get("").statusCode() != 200) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    client.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return ServerProcess.get(chat + path, TOKEN);
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(chat + path))
            .header("Authorization", "Bearer " + TOKEN)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static MessageSendResponse sent(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    return Codec.read(MessageSendResponse.class, answer.body().getBytes(UTF_8));
  }

  private MessageSendResponse send(String text, int wait) throws Exception {
    return sent(post("?wait=" + wait, "{\"text\":\"" + text + "\"}"));
  }

  private static SendState state(Message message) {
    return Objects.requireNonNull(message.sendStatus()).status();
  }

  private static Message message(MessageSendResponse sent) {
    return Objects.requireNonNull(sent.message());
  }

  /** Gives a command, which is in force once it is taken. */
  private void command(String command) throws Exception {
    assertEquals(SendState.SUCCESS, state(message(send(command, 60))));
  }

  private String until(String path, Predicate<String> holds) throws Exception {
    while (true) {
      String body = get(path).body();
      if (holds.test(body)) {
        return body;
      }
    }
  }

  @Test
  void deliveredReadAndRefused() throws Exception {
    var sent = send("/help", 60);
    assertEquals(SendState.SUCCESS, state(message(sent)));

    command("/reject retryable");
    var refused = send("refused", 60);
    assertEquals(SendState.FAIL_RETRIABLE, state(message(refused)));
    var status = Objects.requireNonNull(message(refused).sendStatus());
    assertFalse(Objects.requireNonNull(status.reason()).isEmpty());
    var again = sent(post("/" + message(refused).id() + "/retry?wait=60", ""));
    assertEquals(refused.pendingMessageID(), again.pendingMessageID());
    assertEquals(SendState.SUCCESS, state(message(again)));

    command("/reject");
    assertEquals(SendState.FAIL_PERMANENT, state(message(send("refused for good", 60))));

    // Somebody who reads what they get.
    String faults = chat;
    chat = faults.replace("!faults:", "!mira:");
    var toMira = send("Hello Mira", 60).pendingMessageID();
    until("/" + toMira, text -> text.contains("\"deliveredToUsers\":["));
    until("/" + toMira, text -> text.contains("\"seen\":"));
  }

  @Test
  void oneThatIsBeingSentCannotBeCancelled() throws Exception {
    command("/slow 20s");
    HttpResponse<String> cancel;
    do { // until it is late enough
      var slow = send("slow", 0).pendingMessageID();
      cancel = post("/" + slow + "/cancel", "");
    } while (cancel.statusCode() == 200);
    assertEquals(422, cancel.statusCode(), cancel.body());
    assertTrue(cancel.body().contains("BEING_SENT"), cancel.body());
  }

  @Test
  void whileTheLinkIsBrokenMessagesWaitAndCanBeCancelled() throws Exception {
    command("/drop 5m");
    while (!accounts().contains("\"status\":\"disconnected\"")) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    var waiting = send("waits", 0).pendingMessageID();
    var next = send("waits too", 1);
    assertNull(next.message());
    var cancelled = post("/" + waiting + "/cancel", "");
    assertEquals(200, cancelled.statusCode(), cancelled.body());
    assertTrue(cancelled.body().contains("\"success\":true"), cancelled.body());
    String page = get("").body();
    assertFalse(page.contains("\"" + waiting + "\""), page);
    assertTrue(page.contains("\"" + next.pendingMessageID() + "\""), page);
    assertTrue(page.contains("\"status\":\"PENDING\""), page);
  }

  private String accounts() throws Exception {
    return ServerProcess.get(chat.replaceFirst("/v1/.*", "/v1/accounts"), TOKEN).body();
  }
}
