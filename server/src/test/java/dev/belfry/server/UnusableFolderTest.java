package dev.belfry.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data folders that cannot be served: a clear word, the right exit status, and nothing touched. */
@Tag("hub")
class UnusableFolderTest {
  private static final int STORE_FAULT = 6;

  @TempDir Path temporary;
  private Path store;
  private Shell alice;

  @BeforeEach
  void makeStore() {
    store = temporary.resolve("data/belfry.db");
    alice = new Shell(temporary.resolve("data"));
    assertEquals(0, alice.run("token", "create", "--name", "first").status());
  }

  private void assertRefused(String... words) throws IOException {
    byte[] before = Files.readAllBytes(store);
    var served = alice.run("serve", "--listen", "127.0.0.1:0");
    assertEquals(STORE_FAULT, served.status(), served.err());
    assertEquals("", served.out());
    assertTrue(served.err().startsWith("belfry: "), served.err());
    for (var word : words) {
      assertTrue(served.err().contains(word), served.err());
    }
    assertFalse(served.err().contains("\tat "), served.err());
    assertEquals(STORE_FAULT, alice.run("token", "list").status());
    assertArrayEquals(before, Files.readAllBytes(store));
    try (var files = Files.list(store.resolveSibling(""))) {
      assertEquals(2, files.count(), "the store and the lock, and nothing beside");
    }
  }

  @Test
  void rubbish() throws Exception {
    Files.writeString(store, "no database at all ".repeat(1000));
    assertRefused("damaged", "belfry restore");
    assertEquals(1, alice.run("doctor").status());
  }

  @Test
  void cutOff() throws Exception {
    byte[] bytes = Files.readAllBytes(store);
    Files.write(store, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused("damaged", "belfry restore");
    assertEquals(1, alice.run("doctor").status());
  }

  @Test
  void otherFormat() throws Exception {
    byte[] bytes = Files.readAllBytes(store);
    bytes[100] = 77; // the first page's kind
    Files.write(store, bytes);
    assertRefused("damaged", "belfry restore");
  }

  @Test
  void newerVersion() throws Exception {
    setField(60, 999);
    assertRefused("newer Belfry (version 999", "Run the newer Belfry");
  }

  @Test
  void databaseOfAnotherProgram() throws Exception {
    setField(68, 0x12345678);
    assertRefused("another program", "--data");
  }

  /** Of SQLite's header: 60 is the user version, 68 the application id. */
  private void setField(int offset, int value) throws IOException {
    byte[] bytes = Files.readAllBytes(store);
    java.nio.ByteBuffer.wrap(bytes).putInt(offset, value);
    Files.write(store, bytes);
  }

  @Test
  void placeWhereNothingCanBeMade() {
    var nowhere = new Shell(Path.of("/proc/belfry")); // where even root can make nothing
    var served = nowhere.run("serve", "--listen", "127.0.0.1:0");
    assertEquals(STORE_FAULT, served.status(), served.err());
    assertTrue(served.err().contains("/proc/belfry cannot be used"), served.err());
  }

  @Test
  void fileWhereTheFolderShouldBe() throws Exception {
    var file = Files.writeString(temporary.resolve("file"), "x");
    var served = new Shell(file).run("serve", "--listen", "127.0.0.1:0");
    assertEquals(STORE_FAULT, served.status(), served.err());
    assertTrue(served.err().contains("is a file"), served.err());
    assertEquals("x", Files.readString(file));
  }
}
