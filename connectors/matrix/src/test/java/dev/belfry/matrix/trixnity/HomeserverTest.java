package dev.belfry.matrix.trixnity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.belfry.matrix.MatrixLinks.RefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type, and servers that are not what they should be. */
@Tag("unit")
class HomeserverTest {
  private static final String VERSIONS = "{\"versions\":[\"v1.11\"]}";
  @TempDir private Path folder;
  private final TrixnityLinks links = new TrixnityLinks(InstantSource.system());
  private HttpServer server;
  private URI address;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private String refusal(URI typed) {
    return assertThrows(RefusedException.class, () -> links.login(folder, typed, "alice", "secret"))
        .toString()
        .replaceFirst("[^:]*: ", "");
  }

  @Test
  void aWebSiteIsNoHomeserver() throws Exception {
    answer("/", 200, "<html>Welcome</html>");
    assertEquals(
        "At " + address + " there is no Matrix homeserver. Check its address.", refusal(address));
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count(), "nothing is left behind");
    }
  }

  @Test
  void anotherWebSiteIsNoHomeserverEither() {
    assertTrue(refusal(address).contains("there is no Matrix homeserver"));
  }

  @Test
  void aLoginWithoutPasswordIsTold() {
    answer("/_matrix/client/versions", 200, VERSIONS);
    answer(
        "/_matrix/client/v3/login",
        200,
        "{\"flows\":[{\"type\":\"m.login.sso\"},{\"type\":\"m.login.token\"}]}");
    assertEquals(address + " offers no login with a password, only sso, token.", refusal(address));
    assertEquals(
        address + " offers no login with a password, only sso, token.",
        refusal(address.resolve("/_matrix/client/v3")));
  }

  @Test
  void theWellKnownAddressIsFollowed() {
    answer(
        "/.well-known/matrix/client",
        200,
        "{\"m.homeserver\":{\"base_url\":\"http://localhost:%d/\"}}".formatted(address.getPort()));
    answer("/_matrix/client/versions", 200, VERSIONS);
    answer("/_matrix/client/v3/login", 200, "{\"flows\":[]}");
    assertEquals(
        "http://localhost:%d offers no login with a password.".formatted(address.getPort()),
        refusal(address));
    assertEquals(
        "http://localhost:%d offers no login with a password.".formatted(address.getPort()),
        refusal(URI.create("localhost:" + address.getPort())),
        "a loopback name needs no scheme");
  }

  @Test
  void aHomeserverBeneathAPathIsRefusedInWords() {
    answer(
        "/.well-known/matrix/client",
        200,
        "{\"m.homeserver\":{\"base_url\":\"%s/chat/\"}}".formatted(address));
    answer("/chat/_matrix/client/versions", 200, VERSIONS);
    answer("/_matrix/client/versions", 200, VERSIONS);
    assertTrue(refusal(address).startsWith(address + "/chat has a path"));
    assertTrue(refusal(address.resolve("/elsewhere")).contains("has a path"));
  }

  @Test
  void refusalsAreInWordsForPeople() {
    answer("/_matrix/client/versions", 200, VERSIONS);
    answer(
        "/_matrix/client/v3/login",
        403,
        "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"Invalid username or password\"}");
    assertEquals("The user name or the password is wrong.", refusal(address));
  }

  @Test
  void aServerInTroubleIsNotARefusal() {
    answer("/_matrix/client/versions", 502, "<html>Bad Gateway</html>");
    var fault =
        assertThrows(IOException.class, () -> links.login(folder, address, "alice", "secret"));
    assertTrue(fault.toString().contains("status 502"), fault.toString());
  }

  @Test
  void aServerThatIsAwayIsNotARefusal() {
    server.stop(0);
    var fault =
        assertThrows(IOException.class, () -> links.login(folder, address, "alice", "secret"));
    assertTrue(fault.toString().contains("cannot be reached"), fault.toString());
  }

  @Test
  void nonsenseIsNoAddress() {
    assertEquals("This is not the address of a homeserver.", refusal(URI.create("mailto:alice")));
  }
}
