package dev.belfry.http;

import static dev.belfry.http.TestHub.ALICE;
import static dev.belfry.http.Wire.exchange;
import static dev.belfry.http.Wire.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.contract.Contract;
import dev.belfry.http.Wire.Reply;
import dev.belfry.model.Grant.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Idempotency keys on the wire (contract, Decided for Belfry: Idempotency-Key). */
@Tag("hub")
class IdempotencyKeyTest {
  private static final String CHAT = "/v1/chats/" + ALICE;
  private static final String SEND = CHAT + "/messages";

  @TempDir Path folder;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = new TestHub(folder);
    hub.connect();
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private Reply send(String key, String body) throws IOException {
    return hub.post(SEND, body, "Idempotency-Key: " + key);
  }

  private Reply request(String method, String target, String body, String key) throws IOException {
    return exchange(
        hub.port,
        Wire.request(method, target, body, hub.writersHeader(), "Idempotency-Key: " + key));
  }

  private long messages() throws IOException {
    return hub.get(SEND + "?limit=200").text().split("\"sortKey\"", -1).length - 1L;
  }

  private static void assertSame(Reply first, Reply second) {
    assertEquals(first.status(), second.status(), second.text());
    assertEquals(first.text(), second.text());
    assertEquals(first.header("content-type"), second.header("content-type"));
    assertEquals(first.header("x-should-retry"), second.header("x-should-retry"));
    assertEquals("", first.header("idempotent-replayed"));
    assertEquals("true", second.header("idempotent-replayed"));
  }

  @Test
  void sameRequestGetsTheFirstAnswer() throws Exception {
    long before = messages();
    var first = send("k1", "{\"text\":\"hello\"}");
    first.valid("MessageSendResponse");
    assertSame(first, send("k1", "{\"text\":\"hello\"}"));
    assertEquals(before + 1, messages());
    assertNotEquals(first.text(), send("k2", "{\"text\":\"hello\"}").text());
    assertNotEquals(first.text(), hub.post(SEND, "{\"text\":\"hello\"}").text());
    assertEquals(before + 3, messages());
  }

  @Test
  void anotherBodyOrQueryIsRefused() throws Exception {
    long before = messages();
    send("k1", "{\"text\":\"hello\"}");
    for (var other :
        List.of(
            send("k1", "{\"text\":\"bye\"}"),
            send("k1", "{\"text\":\"hello\"} "),
            send("k1", "nonsense"),
            send("k1", ""),
            request("POST", SEND + "?x=y", "{\"text\":\"hello\"}", "k1"))) {
      assertEquals(422, other.status(), other.text());
      assertTrue(other.text().contains("Idempotency-Key"), other.text());
      assertEquals("false", other.header("x-should-retry"));
      Contract.assertValid("Error", other.body());
    }
    assertEquals(before + 1, messages());
  }

  @Test
  void anotherTokenPathOrMethodIsAnotherRequest() throws Exception {
    send("k1", "{\"text\":\"hello\"}");
    assertEquals(200, request("POST", CHAT + "/read", "", "k1").status());
    assertEquals(200, request("PATCH", CHAT, "{\"isPinned\":true}", "k1").status());
    var other = hub.hub.tokens().create("other", Set.of(Scope.WRITE), null).secret();
    long before = messages();
    var reply =
        exchange(
            hub.port,
            Wire.request(
                "POST",
                SEND,
                "{\"text\":\"bye\"}",
                "Authorization: Bearer " + other,
                "Idempotency-Key: k1"));
    assertEquals(200, reply.status(), reply.text());
    assertEquals(before + 1, messages());
  }

  @Test
  void refusalsAreRememberedToo() throws Exception {
    assertSame(send("k1", "{}"), send("k1", "{}"));
    assertSame(
        request("POST", "/v1/chats/!no/messages", "{\"text\":\"a\"}", "k2"),
        request("POST", "/v1/chats/!no/messages", "{\"text\":\"a\"}", "k2"));
    // The token is looked at each time.
    var stranger = Wire.request("POST", SEND, "{\"text\":\"a\"}", "Idempotency-Key: k3");
    assertEquals(401, exchange(hub.port, stranger).status());
    assertEquals(200, send("k3", "{\"text\":\"a\"}").status());
  }

  @Test
  void allKindsOfWritesHaveIt() throws Exception {
    for (var write :
        List.of(
            List.of("PATCH", CHAT, "{\"isMuted\":true}"),
            List.of("POST", CHAT + "/archive", ""),
            List.of("POST", CHAT + "/unread", "{}"),
            List.of(
                "POST",
                CHAT + "/reminders",
                "{\"reminder\":{\"remindAt\":\"2030-01-01T00:00:00Z\"}}"),
            List.of("DELETE", CHAT + "/reminders", ""),
            List.of("POST", SEND + "/$1/reactions", "{\"reactionKey\":\"👍\"}"),
            List.of("DELETE", SEND + "/$1/reactions/%F0%9F%91%8D", ""))) {
      var first = request(write.get(0), write.get(1), write.get(2), "key");
      assertEquals(2, first.status() / 100, () -> write + " " + first.text());
      assertSame(first, request(write.get(0), write.get(1), write.get(2), "key"));
    }
  }

  @Test
  void twinsMakeOneMessage() throws Exception {
    long before = messages();
    for (int round = 0; round < 20; round++) {
      String key = "twins-" + round;
      var answers = new CopyOnWriteArrayList<String>();
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 8; i++) {
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    answers.add(send(key, "{\"text\":\"" + key + "\"}").text());
                  } catch (IOException e) {
                    answers.add(e.toString());
                  }
                }));
      }
      for (var thread : threads) {
        thread.join();
      }
      assertEquals(8, answers.size());
      assertEquals(1, Set.copyOf(answers).size(), answers.toString());
    }
    assertEquals(before + 20, messages());
  }

  @Test
  void keysThatAreNoneAreRefused() throws Exception {
    long before = messages();
    for (String key : List.of("", " ", "x".repeat(256), "\u0085", "a\tb")) {
      var reply = send(key, "{\"text\":\"a\"}");
      assertEquals(400, reply.status(), key);
      Contract.assertValid("Error", reply.body());
    }
    assertTrue(send("x".repeat(256), "{}").text().contains("[\"headers\",\"Idempotency-Key\"]"));
    var two = hub.post(SEND, "{\"text\":\"a\"}", "Idempotency-Key: a", "Idempotency-Key: b");
    assertEquals(400, two.status(), two.text());
    assertEquals(before, messages());
    assertEquals(200, send("x".repeat(255), "{\"text\":\"a\"}").status());
    assertEquals(200, send("a key, \"quoted\" = 1;", "{\"text\":\"a\"}").status());
    // Where nothing is changed no key is looked at.
    assertEquals(200, hub.get(SEND, "Idempotency-Key: ").status());
  }

  @Test
  void bodiesThatComeInPiecesOrTooLong() throws Exception {
    String body = "{\"text\":\"in pieces\"}";
    String chunked =
        Wire.request(
                "POST",
                SEND,
                "",
                hub.writersHeader(),
                "Idempotency-Key: pieces",
                "Transfer-Encoding: chunked")
            + Integer.toHexString(body.length())
            + "\r\n"
            + body
            + "\r\n0\r\n\r\n";
    var first = exchange(hub.port, chunked);
    assertEquals(200, first.status(), first.text());
    assertSame(first, exchange(hub.port, chunked));
    assertSame(first, send("pieces", body));
    String large = "{\"text\":\"" + "x".repeat(2 << 20) + "\"}";
    assertEquals(413, send("large", large).status());
    String largeChunked =
        chunked.substring(0, chunked.indexOf("\r\n\r\n") + 4).replace("pieces", "large2")
            + Integer.toHexString(large.getBytes(UTF_8).length)
            + "\r\n"
            + large
            + "\r\n0\r\n\r\n";
    assertEquals(413, exchange(hub.port, largeChunked).status());
  }

  private Reply upload(String key, String boundary, String content) throws IOException {
    String body =
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"
                .replace("B", boundary)
            + content
            + "\r\n--"
            + boundary
            + "--\r\n";
    return exchange(
        hub.port,
        Wire.request(
            "POST",
            "/v1/assets/upload",
            body,
            hub.writersHeader(),
            "Content-Type: multipart/form-data; boundary=" + boundary,
            "Idempotency-Key: " + key));
  }

  /** Clients make a new boundary each time they send the same form. */
  @Test
  void uploadsAreComparedByWhatTheyBring() throws Exception {
    for (int size : new int[] {10, 3 << 20}) {
      String key = "upload-" + size;
      var first = upload(key, "----one", "x".repeat(size));
      first.valid("AssetUploadResponse");
      assertSame(first, upload(key, "----two-and-longer", "x".repeat(size)));
      assertEquals(422, upload(key, "----one", "y".repeat(size)).status());
      String other = upload(key + "b", "----one", "x".repeat(size)).text();
      assertNotEquals(first.text(), other);
    }
    String base64 = "{\"content\":\"" + "QUJD".repeat(500_000) + "\",\"fileName\":\"a.bin\"}";
    var first = request("POST", "/v1/assets/upload/base64", base64, "k");
    assertEquals(200, first.status(), first.text());
    assertSame(first, request("POST", "/v1/assets/upload/base64", base64, "k"));
    String other = base64.replace("a.bin", "b.bin");
    assertEquals(422, request("POST", "/v1/assets/upload/base64", other, "k").status());
  }
}
