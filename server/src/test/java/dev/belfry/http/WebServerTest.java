package dev.belfry.http;

import static dev.belfry.http.Wire.exchange;
import static dev.belfry.http.Wire.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.contract.Contract;
import dev.belfry.http.Wire.Reply;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the server answers, and what it refuses. */
@Tag("hub")
class WebServerTest extends Served {
  @Test
  void answers() throws IOException {
    Reply open = exchange(port, request("GET", "/open", ""));
    assertEquals(200, open.status());
    assertEquals("{\"ok\":true}", open.text());
    assertEquals("application/json", open.header("content-type"));
    assertCommon(open);
    Reply echo = exchange(port, request("GET", "/echo/a%2Fb%20%F0%9F%99%82;x=..", "", READER));
    assertEquals("{\"id\":\"a/b 🙂;x=..\"}", echo.text());
    Reply posted = exchange(port, request("POST", "/echo/1", "{\"text\":\"é\"}", WRITER));
    assertEquals("{\"text\":\"é\"}", posted.text());
  }

  @Test
  void answersOnBothLoopbackAddresses() throws IOException {
    try (var wire = new Wire("::1", port)) {
      wire.send(request("GET", "/open", "", "Host: [::1]:" + port));
      assertEquals(200, wire.receive().status());
    }
  }

  @Test
  void saysNothingWith204() throws IOException {
    Reply done = exchange(port, request("POST", "/done", "", WRITER));
    assertEquals(204, done.status());
    assertCommon(done);
    assertFalse(done.headers().containsKey("content-type"));
    assertEquals("", done.header("content-length"));
  }

  @Test
  void answersHeadAndOptions() throws IOException {
    Reply head = exchange(port, request("HEAD", "/open", ""));
    assertEquals(200, head.status());
    assertEquals("11", head.header("content-length"));
    Reply missing = exchange(port, request("HEAD", "/nothing", ""));
    assertEquals(404, missing.status());
    Reply options = exchange(port, request("OPTIONS", "/echo/1", ""));
    assertEquals(204, options.status());
    assertEquals("GET, HEAD, OPTIONS, POST", options.header("allow"));
  }

  @Test
  void refusesUnknownPathsAndMethods() throws IOException {
    for (String path : List.of("/", "/v1", "/open/", "//open", "/open/../open", "/echo")) {
      Reply reply = exchange(port, request("GET", path, ""));
      assertError(404, "NOT_FOUND", reply);
      assertTrue(reply.text().contains("not found"), reply.text());
    }
    Reply method = exchange(port, request("DELETE", "/echo/1", ""));
    assertError(405, "METHOD_NOT_ALLOWED", method);
    assertEquals("GET, HEAD, OPTIONS, POST", method.header("allow"));
    assertEquals("false", method.header("x-should-retry"));
    assertError(405, "METHOD_NOT_ALLOWED", exchange(port, request("BREW", "/open", "")));
    for (String path : List.of("/echo/%zz", "/echo/%00", "/../open")) {
      assertError(400, "VALIDATION_ERROR", exchange(port, request("GET", path, "", READER)));
    }
  }

  @Test
  void asksForATokenWhereOneIsNeeded() throws IOException {
    List<String> wrong =
        List.of(
            "Authorization: Bearer stale",
            "Authorization: Bearer",
            "Authorization: Bearer ",
            "Authorization: Basic cmVhZGVy",
            "Authorization: reader",
            READER + "\r\n" + READER,
            "X-None: 1");
    for (String header : wrong) {
      Reply reply = exchange(port, request("GET", "/echo/1", "", header, "Host: 127.0.0.1:99"));
      assertError(401, "UNAUTHORIZED", reply);
      assertEquals(
          "Bearer resource_metadata=\"http://127.0.0.1:99/.well-known/oauth-protected-resource\"",
          reply.header("www-authenticate"));
      assertEquals(200, exchange(port, request("GET", "/open", "", header)).status());
    }
    assertError(403, "FORBIDDEN", exchange(port, request("POST", "/done", "", READER)));
    assertEquals(200, exchange(port, request("GET", "/echo/1", "", WRITER)).status());
  }

  @Test
  void turnsAwayOtherNamesAndWebSites() throws IOException {
    for (String host :
        List.of("evil.example", "localhost.evil.example:" + port, "10.0.0.1", "127.evil")) {
      assertError(403, "FORBIDDEN", exchange(port, request("GET", "/open", "", "Host: " + host)));
    }
    for (String host : List.of("localhost", "LOCALHOST:1", "127.0.0.1:" + port, "[::1]")) {
      assertEquals(200, exchange(port, request("GET", "/open", "", "Host: " + host)).status());
    }
    for (String origin :
        List.of(
            "https://evil.example", "null", "http://localhost.evil.example", "http://", "x y")) {
      assertError(
          403, "FORBIDDEN", exchange(port, request("GET", "/open", "", "Origin: " + origin)));
    }
    for (String origin :
        List.of("http://localhost:3000", "https://127.0.0.1", "chrome-extension://abc")) {
      assertEquals(200, exchange(port, request("GET", "/open", "", "Origin: " + origin)).status());
    }
  }

  @Test
  void mapsRefusals() throws IOException {
    assertFailure(404, "NOT_FOUND", "missing");
    assertFailure(422, "READ_ONLY", "refused");
    assertFailure(401, "UNAUTHORIZED", "unauthorized");
    assertFailure(403, "FORBIDDEN", "forbidden");
    assertFailure(413, "PAYLOAD_TOO_LARGE", "large");
    assertFailure(500, "STORAGE_ERROR", "full");
    assertFailure(500, "STORAGE_ERROR", "broken");
    assertFailure(500, "INTERNAL_ERROR", "unexpected");
    assertFailure(500, "INTERNAL_ERROR", "error");
    Reply invalid = assertFailure(400, "VALIDATION_ERROR", "invalid");
    Contract.assertValid("ValidationError", invalid.body());
    assertTrue(invalid.text().contains("[\"query\",\"cursor\"]"), invalid.text());
  }

  private Reply assertFailure(int status, String code, String how) throws IOException {
    Reply got = exchange(port, request("GET", "/fail/" + how, "", READER));
    assertError(status, code, got);
    assertFalse(got.text().contains("secret"));
    assertEquals(code.equals("STORAGE_ERROR") ? "false" : "", got.header("x-should-retry"));
    Reply posted = exchange(port, request("POST", "/fail/" + how, "", WRITER));
    assertError(status, code, posted);
    assertEquals("false", posted.header("x-should-retry"));
    return got;
  }

  @Test
  void answersBrokenHttpInTheSameForm() throws IOException {
    List<String> broken =
        List.of(
            "nonsense\r\n\r\n",
            "GET /open\r\n\r\n",
            "GET /open HTTP/9.9\r\n\r\n",
            "GET /open HTTP/1.1\r\n\r\n",
            "GET /open HTTP/1.1\r\nHost: a b\r\n\r\n",
            "GET /open HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
            "GET /open HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
            "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /open HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n",
            "POST /done HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
            "POST /done HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "POST /done HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n");
    for (String text : broken) {
      Reply reply = exchange(port, text);
      assertTrue(reply.status() >= 400 && reply.status() < 600, text);
      assertTrue(reply.status() != 500, text);
      assertCommon(reply);
      Contract.assertValid("Error", reply.body());
    }
    assertError(
        431,
        "REQUEST_HEADER_FIELDS_TOO_LARGE",
        exchange(port, request("GET", "/open", "", "X-Long: " + "x".repeat(5000))));
    assertError(414, "URI_TOO_LONG", exchange(port, request("GET", "/" + "x".repeat(5000), "")));
    assertError(
        417, "EXPECTATION_FAILED", exchange(port, request("POST", "/done", "", "Expect: luck")));
  }

  @Test
  void readsBodiesOfEveryForm() throws IOException {
    String chunked = "Transfer-Encoding: chunked";
    Reply reply =
        exchange(
            port,
            request("POST", "/echo/1", "", WRITER, chunked)
                + "e\r\n{\"text\":\"abc\"}\r\n0\r\n\r\n");
    assertEquals("{\"text\":\"abc\"}", reply.text());
    Reply broken = exchange(port, request("POST", "/echo/1", "", WRITER, chunked) + "zz\r\n");
    assertEquals(400, broken.status());
    Contract.assertValid("Error", broken.body());
    Reply empty = exchange(port, request("POST", "/echo/1", "", WRITER, "Content-Length: 0"));
    assertError(400, "VALIDATION_ERROR", empty);
    assertTrue(empty.text().contains("[\"body\",\"text\"]"), empty.text());
    String form = "Content-Type: application/x-www-form-urlencoded";
    assertEquals(
        200, exchange(port, request("POST", "/echo/1", "{\"text\":\"a\"}", WRITER, form)).status());
  }

  @Test
  void refusesBodiesOverTheLimitWithoutReadingThem() throws IOException {
    String promised = "Content-Length: 100000000";
    Reply reply = exchange(port, request("POST", "/echo/1", "", WRITER, promised));
    assertError(413, "PAYLOAD_TOO_LARGE", reply);
    assertEquals("close", reply.header("connection"));
    assertEquals("false", reply.header("x-should-retry"));
    String expecting = "Expect: 100-continue";
    assertError(
        413,
        "PAYLOAD_TOO_LARGE",
        exchange(port, request("POST", "/echo/1", "", WRITER, promised, expecting)));
    String large = "{\"text\":\"" + "x".repeat(5_000_000) + "\"}";
    assertError(
        413, "PAYLOAD_TOO_LARGE", exchange(port, request("POST", "/echo/1", large, WRITER)));
    assertError(401, "UNAUTHORIZED", exchange(port, request("POST", "/echo/1", large)));
    String chunk = "7530\r\n" + "x".repeat(30_000) + "\r\n0\r\n\r\n";
    assertError(
        413,
        "PAYLOAD_TOO_LARGE",
        exchange(
            port, request("POST", "/echo/1", "", WRITER, "Transfer-Encoding: chunked") + chunk));
  }
}
