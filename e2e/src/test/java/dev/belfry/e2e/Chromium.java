package dev.belfry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belfry.homeserver.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Chromium without a window, told what to do as a person would do it (WebDriver, a W3C
 * recommendation).
 */
final class Chromium implements AutoCloseable {
  private static final String STARTED = "was started successfully on port ";
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private final Process driver;
  private final String session;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * Starts one with a profile of its own.
   *
   * @param scripts whether pages may run JavaScript
   */
  Chromium(String name, boolean scripts) {
    install();
    try {
      driver =
          new ProcessBuilder(DRIVER.toString(), "--port=0")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Watchdog.guard(driver);
      String base = "http://127.0.0.1:" + port();
      var options =
          Map.of(
              "binary",
              BROWSER.toString(),
              "args",
              List.of(
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-quic",
                  "--disable-dev-shm-usage",
                  "--no-first-run",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-sync",
                  "--user-data-dir=" + Workspace.fresh(name)),
              "prefs",
              Map.of("profile.managed_default_content_settings.javascript", scripts ? 1 : 2));
      var wanted =
          Map.of(
              "capabilities",
              Map.of(
                  "alwaysMatch", Map.of("browserName", "chrome", "goog:chromeOptions", options)));
      session = base + "/session/" + send("POST", base + "/session", wanted).at("sessionId").text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String port() throws IOException {
    var reader = driver.inputReader(UTF_8);
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      int at = line.indexOf(STARTED);
      if (at >= 0) {
        return line.substring(at + STARTED.length()).replace(".", "").strip();
      }
    }
    throw new IOException("chromedriver ended");
  }

  /** Installs it where it is missing; where that cannot be, the test is not run. */
  private static void install() {
    try (var lock =
            FileChannel.open(
                Workspace.target().resolve("chromium.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var _ = lock.lock()) {
      if (Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER)) {
        return;
      }
      boolean can =
          "root".equals(System.getProperty("user.name"))
              && Files.isExecutable(Path.of("/usr/bin/apt-get"));
      assumeTrue(can, "needs Chromium, and there is no apt-get or no root to install it");
      String packages = "apt-get install -y -qq --no-install-recommends chromium chromium-driver";
      var process =
          new ProcessBuilder(
                  "sh", "-c", packages + " || { apt-get update -qq && " + packages + "; }")
              .redirectErrorStream(true);
      process.environment().put("DEBIAN_FRONTEND", "noninteractive");
      var running = process.start();
      String said;
      try (var reader = running.inputReader(UTF_8)) {
        said = reader.readAllAsString();
      }
      if (running.waitFor() != 0) {
        throw new AssertionError("Chromium was not installed: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Opens an address, as if it had been typed. */
  void go(String url) {
    var _ = send("POST", session + "/url", Map.of("url", url));
  }

  /** Where it is now. */
  String url() {
    return String.valueOf(send("GET", session + "/url", null).value());
  }

  /** The text that the first element shows; fails if there is none. */
  String text(String selector) {
    return String.valueOf(
        send("GET", session + "/element/" + find(selector) + "/text", null).value());
  }

  boolean has(String selector) {
    return !all(selector).isEmpty();
  }

  /** Clicks the first element. */
  void click(String selector) {
    var _ = send("POST", session + "/element/" + find(selector) + "/click", Map.of());
  }

  /** Types into the first element. */
  void type(String selector, String text) {
    var _ = send("POST", session + "/element/" + find(selector) + "/value", Map.of("text", text));
  }

  /** Goes into the first frame of the page. */
  void enterFrame() {
    var _ = send("POST", session + "/frame", Map.of("id", 0));
  }

  private String find(String selector) {
    var found = all(selector);
    if (found.isEmpty()) {
      throw new AssertionError("no " + selector + " at " + url());
    }
    return found.getFirst();
  }

  private List<String> all(String selector) {
    var ids = new ArrayList<String>();
    var query = Map.of("using", "css selector", "value", selector);
    for (var each : send("POST", session + "/elements", query).list()) {
      ids.add(each.at(ELEMENT).text());
    }
    return ids;
  }

  private Json send(String method, String url, @Nullable Object body) {
    var publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(new Json(body).toString());
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(100))
            .header("Content-Type", "application/json")
            .method(method, publisher)
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString(UTF_8));
      var value = Json.parse(answer.body()).at("value");
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(method + " " + url + ": " + answer.body());
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      var _ = send("DELETE", session, null);
    } catch (UncheckedIOException | IllegalStateException e) {
      System.getLogger(Chromium.class.getName()).log(System.Logger.Level.DEBUG, "ended before", e);
    }
    driver.destroy();
    http.shutdownNow();
  }
}
