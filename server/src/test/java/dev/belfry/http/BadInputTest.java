package dev.belfry.http;

import static dev.belfry.http.TestHub.ALICE;
import static dev.belfry.http.TestHub.FULL;
import static dev.belfry.http.Wire.exchange;
import static dev.belfry.http.Wire.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.contract.Contract;
import dev.belfry.http.Described.Operation;
import dev.belfry.http.Probes.Probe;
import dev.belfry.http.Wire.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is sent: an envelope with the right status, never a 500, and nothing changed. */
@Tag("hub")
@Timeout(300)
class BadInputTest extends Untouched {
  private static final List<String> GETS =
      List.of(
          "/v1/accounts",
          "/v1/accounts/test",
          "/v1/app/setup",
          "/v1/chats",
          "/v1/chats/" + ALICE,
          "/v1/chats/" + ALICE + "/messages",
          "/v1/chats/" + ALICE + "/messages/$1");
  private static final List<String> POSTS =
      List.of(
          "/v1/chats/" + ALICE + "/messages",
          "/v1/chats/" + ALICE + "/read",
          "/v1/chats/" + ALICE + "/unread",
          "/v1/chats/" + ALICE + "/archive");
  private static final List<String> UNKNOWN_IDS =
      List.of(
          "x",
          "!nobody:example.org",
          "0",
          "-1",
          "99999999999999999999",
          "a%2Fb",
          "%2F",
          "..",
          "%2E%2E",
          "%20",
          "Alice%20and%20Bob",
          "%F0%9F%99%82",
          "🙂",
          "a;b=c",
          "%27%20OR%201=1--",
          "%25",
          "x".repeat(8000));

  private void assertGet(int status, String told, String target) throws IOException {
    assertRefused(status, told, hub.get(target), target);
  }

  private void assertPost(int status, String told, String target, String body) throws IOException {
    Reply reply = hub.post(target, body);
    String shown = body.substring(0, Math.min(60, body.length()));
    assertRefused(status, told, reply, target + " " + shown);
    assertEquals("false", reply.header("x-should-retry"), target);
  }

  /** A wrong value in place of each value that {@code /v1/spec} describes, one at a time. */
  @Test
  void everyDescribedValue() throws IOException {
    var spec = new Described(hub.get("/v1/spec").body());
    int cases = 0;
    for (Operation operation : spec.operationsOfApi()) {
      for (Probe probe : new Probes(spec).wrong(operation)) {
        String target = SpecExamples.target(operation) + probe.query();
        Reply reply = hub.send(operation.method(), target, probe.body());
        assertRefused(400, "\"" + probe.place().getFirst() + "\"", reply, probe.toString());
        cases++;
      }
      assertUnchanged(operation.toString());
    }
    assertTrue(cases > 300, cases + " cases");
  }

  /** What each endpoint is given, cut off, doubled and mixed up: never a fault of the server. */
  @Test
  void brokenRequestsToEveryEndpoint() throws IOException {
    var spec = new Described(hub.get("/v1/spec").body());
    for (Operation operation : spec.operationsOfApi()) {
      if (operation.responses().containsKey("400") && !operation.body().isEmpty()) {
        String target = SpecExamples.target(operation);
        for (String body : List.of("{", "[]", "\"a\"", "{\"a\":1,\"a\":2}", "\u0000", "{}x")) {
          Reply reply = hub.send(operation.method(), target, body);
          assertRefused(400, "[\"body\"", reply, operation + " " + body);
        }
      }
      for (String query : List.of("?%ff=1", "?a=%zz", "?%=%", "?" + "a=1&".repeat(400) + "%")) {
        Reply reply = hub.send(operation.method(), SpecExamples.target(operation) + query, "{");
        // What is not offered is so whatever one sends.
        boolean isOffered = !operation.responses().containsKey("501");
        assertTrue(
            reply.status() < (isOffered ? 500 : 502),
            () -> operation + query + ": " + reply.text());
        assertNotEquals(500, reply.status(), () -> operation + query + ": " + reply.text());
      }
      for (String id : List.of("none", "%20", "a%2Fb", "%F0%9F%99%82", "x".repeat(2000))) {
        String nowhere = operation.path().replaceAll("\\{\\w+}", id);
        if (!nowhere.equals(operation.path())) {
          Reply reply = hub.send(operation.method(), nowhere, "");
          assertTrue(reply.status() == 404 || reply.status() == 400, () -> nowhere + reply.text());
          Contract.assertValid("Error", reply.body());
        }
      }
    }
  }

  @Test
  void tokens() throws IOException {
    for (String token :
        List.of("X: y", "Authorization: Bearer wrong", "Authorization: Basic eA==")) {
      for (String target : GETS) {
        assertRefused(401, "token", exchange(hub.port, request("GET", target, "", token)), target);
      }
      for (String target : POSTS) {
        Reply reply = exchange(hub.port, request("POST", target, "{}", token));
        assertRefused(401, "token", reply, target);
      }
    }
    for (String target : POSTS) {
      Reply reply = exchange(hub.port, request("POST", target, "{}", hub.readersHeader()));
      assertRefused(403, "scope", reply, target);
    }
  }

  @Test
  void unknownIds() throws IOException {
    for (String id : UNKNOWN_IDS) {
      assertGet(404, "not found", "/v1/chats/" + id);
      assertGet(404, "not found", "/v1/chats/" + id + "?maxParticipantCount=0");
      assertGet(404, "not found", "/v1/chats/" + id + "/messages");
      assertGet(404, "not found", "/v1/chats/" + id + "/messages/$1");
      assertGet(404, "not found", "/v1/chats/" + ALICE + "/messages/" + id);
      assertGet(404, "not found", "/v1/accounts/" + id);
      assertPost(404, "not found", "/v1/chats/" + id + "/messages", "{\"text\":\"a\"}");
      assertPost(404, "not found", "/v1/chats/" + id + "/read", "");
      assertPost(404, "not found", "/v1/chats/" + id + "/unread", "{}");
      assertPost(404, "not found", "/v1/chats/" + id + "/archive", "");
    }
    // A message of another chat.
    String other = "{\"messageID\":\"$rich\"}";
    assertPost(404, "not found", "/v1/chats/" + ALICE + "/read", other);
    assertPost(404, "not found", "/v1/chats/" + ALICE + "/unread", other);
    String reply = "{\"text\":\"a\",\"replyToMessageID\":\"$rich\"}";
    assertPost(404, "not found", "/v1/chats/" + ALICE + "/messages", reply);
  }

  @Test
  void idsThatCannotBe() throws IOException {
    for (String id : List.of("%", "%zz", "%ff", "%00", "%c3%28")) {
      assertEquals(400, hub.get("/v1/chats/" + id).status(), id);
    }
    assertGet(404, "not found", "/v1/chats/");
    assertGet(404, "not found", "/v1/chats//messages");
    assertGet(404, "not found", "/v1/chats/" + ALICE + "/messages/");
    assertGet(404, "not found", "/v1/chats/a/b/c/d/e");
  }

  @Test
  void paging() throws IOException {
    for (String list : List.of("/v1/chats", "/v1/chats/" + FULL + "/messages")) {
      for (String limit : List.of("0", "-1", "201", "x", "1.5", "1e1", "99999999999999999999")) {
        assertGet(400, "[\"query\",\"limit\"]", list + "?limit=" + limit);
      }
      assertGet(400, "[\"query\",\"limit\"]", list + "?limit=1&limit=2");
      assertGet(400, "[\"query\",\"direction\"]", list + "?direction=sideways");
      assertGet(400, "[\"query\",\"direction\"]", list + "?limit=0&direction=AFTER");
      assertGet(400, "[\"query\",\"cursor\"]", list + "?cursor=%zz");
      for (String cursor : List.of("x", "!", "%00", "-5", "%F0%9F%99%82", "a".repeat(3000))) {
        assertGet(400, "[\"query\",\"cursor\"]", list + "?cursor=" + cursor);
        assertGet(400, "[\"query\",\"cursor\"]", list + "?direction=after&cursor=" + cursor);
      }
    }
    for (String count : List.of("-2", "501", "all")) {
      String target = "/v1/chats/" + ALICE + "?maxParticipantCount=" + count;
      assertGet(400, "[\"query\",\"maxParticipantCount\"]", target);
    }
  }

  @Test
  void malformedBodies() throws IOException {
    List<String> malformed =
        List.of(
            "{",
            "{\"messageID\":\"$1\"",
            "{\"messageID\":\"$1\"}}",
            "{\"messageID\":\"$1\",\"messageID\":\"$2\"}",
            "{\"text\":\"a\",\"text\":\"b\"}",
            "{\"archived\":true,}",
            "{'archived':true}",
            "archived=true",
            "\u0000",
            "[".repeat(50_000),
            "{\"a\":".repeat(50_000));
    for (String target : POSTS) {
      for (String body : malformed) {
        assertPost(400, "[\"body\"", target, body);
      }
      for (String body : List.of("null", "[]", "1", "\"a\"", "true")) {
        assertPost(400, "[\"body\"]", target, body);
      }
      String latin1 = "Content-Length: 12\r\n\r\n{\"text\":\"";
      byte[] head =
          request("POST", target, "", hub.writersHeader()).stripTrailing().getBytes(UTF_8);
      byte[] tail = ("\r\n" + latin1).getBytes(UTF_8);
      var bytes = new byte[head.length + tail.length + 3];
      System.arraycopy(head, 0, bytes, 0, head.length);
      System.arraycopy(tail, 0, bytes, head.length, tail.length);
      bytes[bytes.length - 3] = (byte) 0xe9;
      bytes[bytes.length - 2] = '"';
      bytes[bytes.length - 1] = '}';
      assertRefused(400, "UTF-8", exchange(hub.port, bytes), target);
    }
  }

  @Test
  void wrongTypes() throws IOException {
    String chat = "/v1/chats/" + ALICE;
    for (String value : List.of("1", "null", "true", "[]", "{}", "[\"$1\"]")) {
      String body = "{\"messageID\":" + value + "}";
      assertPost(400, "[\"body\",\"messageID\"]", chat + "/read", body);
      assertPost(400, "[\"body\",\"messageID\"]", chat + "/unread", body);
    }
    for (String value : List.of("1", "null", "\"true\"", "[]", "{}")) {
      String body = "{\"archived\":" + value + "}";
      assertPost(400, "[\"body\",\"archived\"]", chat + "/archive", body);
    }
    String send = chat + "/messages";
    for (String value : List.of("1", "null", "true", "[]", "{}")) {
      assertPost(400, "[\"body\",\"text\"]", send, "{\"text\":" + value + "}");
      String reply = "{\"text\":\"a\",\"replyToMessageID\":" + value + "}";
      assertPost(400, "[\"body\",\"replyToMessageID\"]", send, reply);
    }
    assertPost(400, "[\"body\",\"text\"]", send, "");
    assertPost(400, "[\"body\",\"text\"]", send, "{}");
    assertPost(400, "[\"body\",\"text\"]", send, "{\"text\":\"\"}");
    assertPost(400, "[\"body\",\"text\"]", send, "{\"text\":\" \\n\"}");
    assertPost(400, "[\"body\",\"mentions\",1]", send, "{\"text\":\"a\",\"mentions\":[\"@a\",2]}");
    assertPost(400, "[\"body\",\"attachment\"]", send, "{\"attachment\":1}");
    assertPost(400, "[\"body\",\"attachment\",\"uploadID\"]", send, "{\"attachment\":{}}");
    assertPost(422, "upload", send, "{\"attachment\":{\"uploadID\":\"x\"}}");
    assertPost(
        422, "read-only", "/v1/chats/" + TestHub.READ_ONLY + "/messages", "{\"text\":\"a\"}");
  }

  /** Text that makes naive Markdown parsers run out of stack or time. */
  @Test
  void hostileText() throws IOException {
    for (String piece :
        List.of(
            ">", "> ", "*", "**a ", "[", "![", "`", "<", "- ", "\\n- ", "~~", "_a", "&amp;",
            "](")) {
      String body = "{\"text\":\"" + piece.repeat(100_000 / piece.length()) + "\"}";
      assertPost(422, "read-only", "/v1/chats/" + TestHub.READ_ONLY + "/messages", body);
    }
  }

  @Test
  void aHundredMegabytes() throws Exception {
    for (String target : POSTS) {
      String head = request("POST", target, "", hub.writersHeader(), "Content-Length: 100000000");
      try (var wire = new Wire(hub.port)) {
        wire.send(head);
        var sending =
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    var piece = new byte[1_000_000];
                    for (int i = 0; i < 100; i++) {
                      wire.send(piece);
                    }
                  } catch (IOException e) {
                    // The server has heard enough.
                  }
                });
        assertRefused(413, "limit", wire.receive(), target);
        sending.join();
      }
    }
  }

  @Test
  void methodsAndPaths() throws IOException {
    for (String target : POSTS) {
      Reply put = exchange(hub.port, request("PUT", target, "{}", hub.writersHeader()));
      assertRefused(405, "method", put, target);
      assertTrue(put.header("allow").contains("POST"), target);
    }
    for (String path :
        List.of("/v1/nothing", "/v2/chats", "/V1/chats", "/v1/chats.json", "/etc/passwd")) {
      assertGet(404, "not found", path);
    }
  }

  @Test
  void noise() throws IOException {
    var random = new Random(42);
    for (int i = 0; i < 100; i++) {
      var bytes = new byte[1 + random.nextInt(300)];
      random.nextBytes(bytes);
      if (i % 2 == 0) {
        byte[] start = "GET /v1/chats HTTP/1.1\r\nHost: localhost\r\n".getBytes(UTF_8);
        System.arraycopy(start, 0, bytes, 0, Math.min(start.length, bytes.length));
      }
      try (var wire = new Wire(hub.port)) {
        wire.send(bytes);
        wire.send("\r\n\r\n");
        Reply reply = wire.receive();
        assertTrue(reply.status() >= 400 && reply.status() != 500, reply.text());
        Contract.assertValid("Error", reply.body());
      }
    }
  }
}
