package dev.belfry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A program sends a real browser to the consent page, with and without JavaScript. */
@Tag("e2e")
@Timeout(400)
@ExtendWith(LogsOnFailure.class)
class ConsentInBrowserTest {
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private static BelfryServer belfry;
  private static HttpServer program;
  private static final BlockingQueue<String> ANSWERS = new LinkedBlockingQueue<>();

  @BeforeAll
  static void start() throws IOException {
    belfry = BelfryServer.in("consent", "--sandbox").start();
    program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    page("/callback", "signed in");
    page("/frame", "<iframe src=\"" + asking("frame") + "\"></iframe>");
    program.start();
  }

  private static void page(String path, String html) {
    program.createContext(
        path,
        exchange -> {
          String query = exchange.getRequestURI().getRawQuery();
          String referrer = exchange.getRequestHeaders().getFirst("Referer");
          String cookie = exchange.getRequestHeaders().getFirst("Cookie");
          var body = ("<!doctype html><title>x</title>" + html).getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
          if (query != null) {
            ANSWERS.add(
                query
                    + (referrer == null ? "" : "&referrer=" + referrer)
                    + (cookie == null ? "" : "&cookie=" + cookie));
          }
        });
  }

  @AfterAll
  static void stop() {
    program.stop(0);
    belfry.close();
  }

  private static String redirect() {
    return "http://127.0.0.1:" + program.getAddress().getPort() + "/callback";
  }

  private static String asking(String state) {
    return belfry.url()
        + "/oauth/authorize?client_id=browser-test&response_type=code&scope=read+write&state="
        + state
        + "&code_challenge_method=S256&code_challenge="
        + CHALLENGE
        + "&redirect_uri="
        + URLEncoder.encode(redirect(), UTF_8);
  }

  private static Map<String, String> answer(String state) throws InterruptedException {
    String query = ANSWERS.poll(60, TimeUnit.SECONDS);
    assertTrue(query != null, "the browser came to the program");
    var values =
        Stream.of(String.valueOf(query).split("&", -1))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
    assertEquals(state, values.get("state"));
    assertEquals(belfry.url().toString(), values.get("iss"));
    assertFalse(values.containsKey("referrer"), values::toString);
    assertFalse(values.containsKey("cookie"), values::toString);
    return values;
  }

  private static void worksWith(Map<String, String> answer) {
    var form =
        "grant_type=authorization_code&client_id=browser-test&code="
            + answer.get("code")
            + "&code_verifier="
            + VERIFIER
            + "&redirect_uri="
            + URLEncoder.encode(redirect(), UTF_8);
    var request =
        HttpRequest.newBuilder(URI.create(belfry.url() + "/oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var given = Json.parse(http.send(request, BodyHandlers.ofString(UTF_8)).body());
      var client = new RawClient(belfry.url(), given.at("access_token").text());
      assertEquals(200, client.get("/v1/chats").status());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void approvesAtTheCommandLine() throws Exception {
    byCommand(true);
  }

  @Test
  void approvesAtTheCommandLineWithoutScripts() throws Exception {
    byCommand(false);
  }

  private static void byCommand(boolean scripts) throws Exception {
    try (var browser = new Chromium("chromium-command", scripts)) {
      browser.go(asking("a"));
      assertTrue(browser.text("#client").contains("browser-test"));
      assertTrue(browser.text("#target").contains(redirect()));
      assertTrue(browser.text("#scopes").contains("read and write"));
      String code = browser.text("#code");
      assertTrue(belfry.cli("", "approve").succeeded().output().contains(code));
      assertEquals(2, belfry.cli("", "approve", code).status(), "nobody to ask");
      var _ = belfry.cli("", "approve", code, "--yes", "--expires", "1d").succeeded();
      worksWith(answer("a"));
      Patience.USUAL.untilTrue(
          "the browser is at the program", () -> browser.url().startsWith(redirect()));
      assertTrue(belfry.cli("", "token", "list").succeeded().output().contains("by consent"));
    }
  }

  @Test
  void approvesWithAToken() throws Exception {
    byToken(true);
  }

  @Test
  void approvesWithATokenWithoutScripts() throws Exception {
    byToken(false);
  }

  private static void byToken(boolean scripts) throws Exception {
    try (var browser = new Chromium("chromium-token", scripts)) {
      browser.go(asking("b"));
      browser.click("#sign-in");
      Patience.USUAL.untilTrue("the form is there", () -> browser.has("#token"));
      browser.type("#token", "wrong");
      browser.click("#continue");
      Patience.USUAL.untilTrue("it is refused", () -> browser.has("#fault"));
      browser.type("#token", belfry.token());
      browser.click("#continue");
      Patience.USUAL.untilTrue("it is signed in", () -> browser.has("#approve"));
      browser.click("#approve");
      worksWith(answer("b"));
    }
  }

  @Test
  void declines() throws Exception {
    try (var browser = new Chromium("chromium-decline", true)) {
      browser.go(asking("c"));
      // The page is loaded anew all two seconds, perhaps between finding a button and clicking it.
      Patience.USUAL.until(
          "it is clicked",
          () -> {
            browser.click("#decline");
            return true;
          },
          yes -> yes);
      assertEquals("access_denied", answer("c").get("error"));
    }
  }

  @Test
  void cannotBeFramed() {
    try (var browser = new Chromium("chromium-frame", true)) {
      browser.go(redirect().replace("/callback", "/frame"));
      browser.enterFrame();
      assertFalse(browser.has("#code"));
    }
  }
}
