package dev.belfry.http;

import static dev.belfry.http.TestHub.ALICE;
import static dev.belfry.http.TestHub.FULL;
import static dev.belfry.http.Wire.exchange;
import static dev.belfry.http.Wire.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.codec.Codec;
import dev.belfry.http.Described.Operation;
import dev.belfry.http.Wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The table of bad input for events, delivery, repeats and the sign-in: a refusal that names the
 * fault, never a 500, and nothing changed.
 */
@Tag("hub")
@Timeout(300)
class BadAccessInputTest extends Untouched {
  private static final String CHAT = "/v1/chats/" + ALICE;

  // Events.

  @Test
  void events() throws IOException {
    String after = "[\"query\",\"after\"]";
    var bad = new LinkedHashMap<String, String>();
    for (String cursor :
        List.of(
            "x",
            "0",
            "-1",
            "NOW",
            "now%20",
            "%F0%9F%99%82",
            "%00",
            "a".repeat(31),
            "a".repeat(32),
            "a".repeat(33),
            "_".repeat(32),
            "=".repeat(32),
            "a".repeat(7000))) {
      bad.put("after=" + cursor, after);
    }
    bad.put("after=now&after=now", after);
    for (String limit : List.of("0", "-1", "201", "x", "1.5", "99999999999999999999")) {
      bad.put("limit=" + limit, "[\"query\",\"limit\"]");
    }
    for (String wait : List.of("-1", "56", "x", "0.5", "1e1", "99999999999999999999", "PT1S")) {
      bad.put("wait=" + wait, "[\"query\",\"wait\"]");
    }
    bad.put("wait=1&wait=2", "[\"query\",\"wait\"]");
    bad.put("after=%zz", after);
    bad.put("after=%ff", after);
    for (var each : bad.entrySet()) {
      String target = "/v1/events?" + each.getKey();
      assertRefused(400, each.getValue(), hub.get(target), target);
      String stream = "Accept: text/event-stream";
      assertRefused(400, each.getValue(), hub.get(target, stream), target + " as a stream");
    }
    for (String last : List.of("x", "0", "a".repeat(32), "=".repeat(32), "a".repeat(3000))) {
      Reply reply = hub.get("/v1/events", "Accept: text/event-stream", "Last-Event-ID: " + last);
      assertRefused(400, "Last-Event-ID", reply, last);
    }
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      assertRefused(405, "method", hub.send(method, "/v1/events", "{}"), method);
      assertRefused(405, "method", hub.send(method, "/v1/ws", "{}"), method);
    }
    for (String token : List.of("X: y", "Authorization: Bearer wrong", "Authorization: Basic e")) {
      String target = "/v1/events?after=x";
      assertRefused(401, "token", exchange(hub.port, request("GET", target, "", token)), token);
    }
  }

  // Delivery.

  @Test
  void deliveryOfWhatIsNotThere() throws IOException {
    for (String verb : List.of("/retry", "/cancel")) {
      for (String id :
          List.of("none", "0", "-1", "m1", "m1234567890123456", "M1", "%F0%9F%99%82", "%20")) {
        Reply reply = hub.post(CHAT + "/messages/" + id + verb, "");
        assertRefused(404, "not found", reply, id + verb);
        reply = hub.post("/v1/chats/none/messages/" + id + verb, "");
        assertRefused(404, "not found", reply, id + verb);
      }
      for (String id : List.of("%", "%zz", "%ff", "%00")) {
        Reply reply = hub.post(CHAT + "/messages/" + id + verb, "");
        assertEquals(400, reply.status(), reply.text());
      }
      // One that was received, and one that has been sent.
      assertRefused(422, "", hub.post(CHAT + "/messages/$1" + verb, ""), verb);
      String mine = "/v1/chats/" + FULL + "/messages/$mine";
      assertRefused(422, "", hub.post(mine + verb, ""), verb);
      assertRefused(404, "not found", hub.post(CHAT + "/messages/$mine" + verb, ""), verb);
      Reply reader =
          exchange(
              hub.port, request("POST", CHAT + "/messages/$1" + verb, "", hub.readersHeader()));
      assertRefused(403, "scope", reader, verb);
      assertRefused(405, "method", hub.send("GET", CHAT + "/messages/$1" + verb, ""), verb);
    }
  }

  @Test
  void waits() throws IOException {
    String told = "[\"query\",\"wait\"]";
    for (String wait : List.of("-1", "61", "x", "0.5", "1e1", "99999999999999999999", "PT1S")) {
      String query = "?wait=" + wait;
      assertRefused(400, told, hub.post(CHAT + "/messages" + query, "{\"text\":\"a\"}"), query);
      assertRefused(400, told, hub.post(CHAT + "/messages/$1/retry" + query, ""), query);
    }
    Reply twice = hub.post(CHAT + "/messages?wait=1&wait=2", "{\"text\":\"a\"}");
    assertRefused(400, told, twice, "twice");
    Reply both = hub.post(CHAT + "/messages?wait=x", "{\"text\":1}");
    assertRefused(400, told, both, "both");
    assertTrue(both.text().contains("[\"body\",\"text\"]"), both.text());
  }

  // Repeats.

  @Test
  void idempotencyKeys() throws IOException {
    var writes =
        List.of(
            "POST " + CHAT + "/messages",
            "POST " + CHAT + "/read",
            "PATCH " + CHAT,
            "PUT " + CHAT + "/messages/$1",
            "DELETE " + CHAT + "/messages/$1",
            "POST " + CHAT + "/messages/$1/retry",
            "POST " + CHAT + "/messages/$1/cancel",
            "POST /v1/assets/upload/base64");
    for (String write : writes) {
      String method = write.substring(0, write.indexOf(' '));
      String target = write.substring(method.length() + 1);
      for (String key : List.of("", " ", "k".repeat(256), "k".repeat(5000))) {
        var bytes =
            request(
                    method,
                    target,
                    "{\"text\":\"a\"}",
                    hub.writersHeader(),
                    "Idempotency-Key: " + key)
                .getBytes(ISO_8859_1);
        assertRefused(400, "Idempotency-Key", exchange(hub.port, bytes), write + " " + key);
      }
      Reply two =
          exchange(
              hub.port,
              request(
                  method,
                  target,
                  "{\"text\":\"a\"}",
                  hub.writersHeader(),
                  "Idempotency-Key: a",
                  "Idempotency-Key: b"));
      assertRefused(400, "Idempotency-Key", two, write);
      assertUnchanged(write);
    }
  }

  // The sign-in.

  /** Broken in form, in every way that each endpoint could be asked. */
  @Test
  void signIn() throws IOException {
    var spec = new Described(hub.get("/v1/spec").body());
    int cases = 0;
    for (Operation operation : spec.operations.stream().filter(Operation::isOfSignIn).toList()) {
      String target = operation.filled(Map.of("request", "none"));
      for (byte[] broken : brokenRequests(operation.method(), target)) {
        Reply reply = exchange(hub.port, broken);
        String what = new String(broken, UTF_8);
        String shown = what.substring(0, Math.min(300, what.length()));
        boolean isRead =
            operation.method().equals("GET") && !operation.path().endsWith("authorize");
        assertTrue(
            (reply.status() >= 400 || isRead || operation.path().endsWith("introspect"))
                && reply.status() < 500,
            () -> shown + " " + reply);
        String type = reply.header("content-type").replaceAll(";.*", "");
        assertTrue(type.equals("application/json") || type.equals("text/html"), shown + reply);
        if (type.equals("application/json")) {
          assertNotNull(Codec.tree(reply.body()), shown);
        }
        cases++;
      }
      assertUnchanged(operation.toString());
    }
    assertTrue(cases > 300, cases + " cases");
  }

  private static List<byte[]> brokenRequests(String method, String target) {
    var all = new ArrayList<byte[]>();
    for (String query : List.of("?%", "?%ff=%ff", "?=&=&=", "?a", "?client_id=%00", "?%00=x")) {
      all.add(request(method, target + query, "").getBytes(UTF_8));
    }
    all.add(request(method, target + "?client_id=" + "x".repeat(7000), "").getBytes(UTF_8));
    if (!method.equals("POST")) {
      return all;
    }
    var bodies =
        List.of(
            "{",
            "[]",
            "null",
            "1",
            "\"a\"",
            "{}x",
            "\u0000",
            "%",
            "a=%zz",
            "token=%ff",
            "&&&&",
            "=",
            "{\"token\":\"a\",\"token\":\"b\"}",
            "token=" + "&token=",
            "token=a&token=b",
            "[".repeat(50_000),
            "{\"a\":".repeat(50_000),
            "<token>a</token>");
    for (String type :
        List.of(
            "application/json",
            "application/x-www-form-urlencoded",
            "text/plain",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16",
            ";;;")) {
      for (String body : bodies) {
        all.add(request(method, target, body, "Content-Type: " + type).getBytes(UTF_8));
      }
      var latin = new ByteArrayOutputStream();
      latin.writeBytes(
          request(method, target, "", "Content-Type: " + type, "Content-Length: 8")
              .getBytes(UTF_8));
      latin.writeBytes("token=".getBytes(UTF_8));
      latin.writeBytes(new byte[] {(byte) 0xe9, (byte) 0xff});
      all.add(latin.toByteArray());
    }
    return all;
  }

  @Test
  void signInTakesNoHundredMegabytes() throws Exception {
    for (String path :
        List.of("/oauth/register", "/oauth/token", "/oauth/introspect", "/oauth/revoke")) {
      String type = "Content-Type: application/json";
      try (var wire = new Wire(hub.port)) {
        wire.send(request("POST", path, "", type, "Content-Length: 100000000"));
        var sending =
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    for (int i = 0; i < 100; i++) {
                      wire.send(new byte[1_000_000]);
                    }
                  } catch (IOException e) {
                    // The server has heard enough.
                  }
                });
        Reply reply = wire.receive();
        assertEquals(413, reply.status(), path + reply.text());
        sending.join();
      }
    }
  }

  // Frames.
}
