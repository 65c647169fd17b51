package dev.belfry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.contract.Contract;
import dev.belfry.http.Wire.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A connected hub in which nothing may change, whatever is asked of it. */
abstract class Untouched {
  @TempDir Path folder;
  TestHub hub;
  private StoreFile file;
  private Map<String, Integer> before = Map.of();

  @BeforeEach
  void open() throws Exception {
    hub = new TestHub(folder);
    hub.connect();
    file = new StoreFile(folder);
    before = file.content();
  }

  @AfterEach
  void close() throws Exception {
    assertUnchanged("all");
    assertEquals(List.of(), List.copyOf(hub.network.performed));
    file.close();
    hub.close();
  }

  void assertUnchanged(String what) {
    assertEquals(before, file.content(), () -> "something changed by " + what);
  }

  /** Checks a refusal; {@code told} is what its envelope must say, such as the path of an issue. */
  static void assertRefused(int status, String told, Reply reply, String what) {
    assertEquals(status, reply.status(), () -> what + ": " + reply.text());
    assertEquals("4.2.808", reply.header("x-beeper-desktop-version"), what);
    assertEquals("application/json", reply.header("content-type"), what);
    Contract.assertValid("Error", reply.body());
    if (status == 400) {
      Contract.assertValid("ValidationError", reply.body());
    }
    String text = reply.text().toLowerCase(Locale.ROOT);
    assertTrue(text.contains(told.toLowerCase(Locale.ROOT)), () -> what + ": " + reply.text());
  }
}
