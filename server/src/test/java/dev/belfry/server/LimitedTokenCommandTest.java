package dev.belfry.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code belfry token create --account --chat}, with a server running and without. */
@Tag("hub")
class LimitedTokenCommandTest {
  @TempDir Path data;

  @Test
  void aTokenSeesWhatItWasMadeFor() throws Exception {
    var alice = new Shell(data);
    String chat;
    try (var server = ServerProcess.start(data, "--sandbox", "--listen", "127.0.0.1:0")) {
      String url = server.ready();
      String full = alice.run("token", "create", "--name", "full").out().strip();
      var chats = chats(url, full);
      chat = between(chats, "id");
      String account = between(chats, "accountID");

      var one = alice.run("token", "create", "--name", "one", "--chat", chat);
      assertEquals(0, one.status(), one.err());
      assertTrue(one.err().contains("sees: chats " + chat), one.err());
      var listed = ServerProcess.get(url + "/v1/chats", one.out().strip()).body();
      assertEquals(1, listed.split("\"localChatID\"", -1).length - 1, listed);
      assertTrue(listed.contains("\"hasMore\":false"), listed);

      var other = account.equals("sandbox") ? "sandbox-2" : "sandbox";
      var wrong = alice.run("token", "create", "--name", "w", "--account", other, "--chat", chat);
      assertEquals(4, wrong.status());
      assertTrue(wrong.err().contains("not among those named"), wrong.err());
      assertEquals("", wrong.out());
    }
    // And without a server: by several options, and to what is there alone.
    var made =
        alice.run(
            "token", "create", "--name", "two", "--account", "sandbox", "--account", "sandbox-2");
    assertEquals(0, made.status(), made.err());
    var nobody = alice.run("token", "create", "--name", "n", "--account", "pigeon");
    assertEquals(4, nobody.status());
    assertEquals("belfry: Account \"pigeon\" not found\n", nobody.err());
    var nowhere = alice.run("token", "create", "--name", "n", "--chat", "!no:where");
    assertEquals("belfry: Chat \"!no:where\" not found\n", nowhere.err());
    var table = alice.run("token", "list").out();
    assertTrue(table.contains("everything"), table);
    assertTrue(table.contains("chats " + chat), table);
    assertTrue(table.contains("accounts sandbox, sandbox-2"), table);
    assertFalse(table.contains("pigeon"), table);
    var json = alice.run("token", "list", "--json").out();
    assertTrue(json.contains("\"accounts\":[\"sandbox\",\"sandbox-2\"]"), json);
    assertTrue(json.contains("\"chats\":[\"" + chat + "\"]"), json);
  }

  /** The sandbox fills while it runs. */
  private static String chats(String url, String token) throws Exception {
    while (true) {
      var body = ServerProcess.get(url + "/v1/chats", token).body();
      if (body.contains("\"id\":")) {
        return body;
      }
      Thread.sleep(20);
    }
  }

  private static String between(String json, String key) {
    var found = Pattern.compile("\"" + key + "\":\"([^\"]+)\"").matcher(json);
    assertTrue(found.find(), json);
    return found.group(1);
  }
}
