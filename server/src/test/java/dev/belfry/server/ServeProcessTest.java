package dev.belfry.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's life, seen from outside. */
@Tag("hub")
class ServeProcessTest {
  private static final String ANY_PORT = "127.0.0.1:0";

  @TempDir Path temporary;

  @Test
  void saysOneLineWhenReadyAndEndsInGoodOrder() throws Exception {
    Path data = temporary.resolve("a/data");
    try (var server = ServerProcess.start(data, "--listen", ANY_PORT)) {
      String url = server.ready();
      assertTrue(url.matches("http://127\\.0\\.0\\.1:[0-9]+"), url);
      assertEquals(200, ServerProcess.get(url + "/v1/info", "none").statusCode());
      assertEquals("rwx------", mode(data));
      assertEquals("rw-------", mode(data.resolve("belfry.sock")));

      long asked = System.nanoTime();
      server.terminate();
      assertEquals(0, server.exitStatus());
      assertTrue(Duration.ofNanos(System.nanoTime() - asked).toSeconds() < 5);
      assertEquals("", server.restOfOutput());
      assertTrue(server.errors().contains("stopped"), server.errors());
      assertFalse(Files.exists(data.resolve("belfry.sock")));
    }
  }

  @Test
  void commandsReachItAndWorkWithoutItToo() throws Exception {
    var alice = new Shell(temporary);
    String token = alice.run("token", "create", "--name", "before").out().strip();
    try (var server = ServerProcess.start(temporary, "--listen", ANY_PORT)) {
      String accounts = server.ready() + "/v1/accounts";
      assertEquals(200, ServerProcess.get(accounts, token).statusCode());

      var created = alice.run("token", "create", "--name", "phone", "--expires", "1d");
      assertEquals(0, created.status(), created.err());
      assertEquals(200, ServerProcess.get(accounts, created.out().strip()).statusCode());
      assertTrue(alice.run("token", "list").out().contains("phone"));
      assertFalse(alice.run("token", "list", "--json").out().contains(created.out().strip()));

      assertEquals(0, alice.run("token", "revoke", "before").status());
      assertEquals(401, ServerProcess.get(accounts, token).statusCode());
      var unknown = alice.run("token", "revoke", "before");
      assertEquals(4, unknown.status());
      assertEquals("belfry: Token not found\n", unknown.err());

      var health = alice.run("doctor");
      assertEquals(0, health.status(), health.out());
      assertTrue(health.out().contains("process " + server.pid()), health.out());
      server.terminate();
      assertEquals(0, server.exitStatus());
    }
    assertTrue(alice.run("token", "list").out().contains("phone"));
    assertEquals(0, alice.run("doctor").status());
  }

  @Test
  void aSecondOneIsRefused() throws Exception {
    try (var first = ServerProcess.start(temporary, "--listen", ANY_PORT)) {
      String url = first.ready();
      try (var second = ServerProcess.start(temporary, "--listen", ANY_PORT)) {
        assertEquals(5, second.exitStatus());
        assertEquals("", second.restOfOutput());
        assertTrue(second.errors().contains("process " + first.pid()), second.errors());
        assertTrue(second.errors().contains(url), second.errors());
        assertFalse(second.errors().contains("\tat "), second.errors());
      }
      var restore =
          new Shell(temporary).run("restore", Files.createTempFile(temporary, "b", "").toString());
      assertEquals(5, restore.status());
    }
  }

  @Test
  void aPortAskedForThatIsTakenIsAnError() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var server =
            ServerProcess.start(temporary, "--listen", "127.0.0.1:" + other.getLocalPort())) {
      assertEquals(7, server.exitStatus());
      assertEquals("", server.restOfOutput());
      assertTrue(server.errors().contains("" + other.getLocalPort()), server.errors());
      assertFalse(server.errors().contains("\tat "), server.errors());
    }
  }

  @Test
  void afterAKillTheNextOneStartsAndALongPathHasASocketElsewhere() throws Exception {
    Path data = temporary.resolve("x".repeat(100)).resolve("data");
    var alice = new Shell(data);
    String token;
    Path socket;
    try (var killed = ServerProcess.start(data, "--listen", ANY_PORT)) {
      killed.ready();
      var created = alice.run("token", "create", "--name", "kept");
      assertEquals(0, created.status(), created.err());
      token = created.out().strip();
      socket = socket(data);
      assertFalse(socket.startsWith(data));
      assertEquals("rwx------", mode(socket.resolveSibling(".")));
      killed.kill();
      killed.exitStatus();
    }
    assertTrue(Files.exists(socket));
    try (var next = ServerProcess.start(data, "--listen", ANY_PORT)) {
      assertEquals(200, ServerProcess.get(next.ready() + "/v1/accounts", token).statusCode());
      assertFalse(Files.exists(socket.resolveSibling(".")));
      assertTrue(alice.run("token", "list").out().contains("kept"));
    }
  }

  @Test
  void takesOneMoreTokenFromTheEnvironment() throws Exception {
    String token = "0123456789abcdef0123456789abcdef";
    var variables = Map.of("BELFRY_ACCESS_TOKEN", token);
    try (var server = ServerProcess.start(temporary, variables, "--listen", ANY_PORT)) {
      assertEquals(200, ServerProcess.get(server.ready() + "/v1/accounts", token).statusCode());
      assertEquals("[]\n", new Shell(temporary).run("token", "list", "--json").out());
      assertFalse(server.errors().contains(token));
    }
  }

  @Test
  void aStoreThatCannotBeUsedIsLeftAsItIs() throws Exception {
    Path store = temporary.resolve("belfry.db");
    Files.writeString(store, "this is no database, and long enough to be looked at".repeat(100));
    byte[] before = Files.readAllBytes(store);
    try (var server = ServerProcess.start(temporary, "--listen", ANY_PORT)) {
      assertEquals(6, server.exitStatus());
      assertTrue(server.errors().contains("belfry restore"), server.errors());
      assertFalse(server.errors().contains("\tat "), server.errors());
    }
    assertEquals(6, new Shell(temporary).run("token", "list").status());
    var health = new Shell(temporary).run("doctor");
    assertEquals(1, health.status());
    assertTrue(health.out().contains("bad"), health.out());
    assertEquals(-1, java.util.Arrays.mismatch(before, Files.readAllBytes(store)));
  }

  @Test
  void theSandboxHasTwoAccounts() throws Exception {
    var alice = new Shell(temporary);
    for (int run = 0; run < 2; run++) {
      try (var server = ServerProcess.start(temporary, "--sandbox", "--listen", ANY_PORT)) {
        server.ready();
        var accounts = alice.run("account", "list");
        assertEquals(3, accounts.out().lines().count(), accounts.out());
        server.terminate();
        assertEquals(0, server.exitStatus());
      }
    }
    assertEquals(2, alice.run("account", "remove", "sandbox").status(), "nobody to ask");
    assertEquals(0, alice.run("account", "remove", "sandbox", "--yes", "--forget").status());
    assertEquals(2, alice.run("account", "list").out().lines().count());
    assertEquals(4, alice.run("account", "remove", "sandbox", "--yes").status());
  }

  private static Path socket(Path data) throws IOException {
    String text = Files.readString(data.resolve("belfry.lock"));
    return Path.of(text.replaceAll("(?s).*\"socket\":\"([^\"]*)\".*", "$1"));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
