package dev.belfry.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.Grant;
import dev.belfry.model.StoreFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Files that a broken disk, or somebody's editor, has been at: said so, and made no worse. */
@Tag("hub")
class DamageTest {
  private static final int CHANGES = 2000;
  private static final int PAGE = 4096;

  @TempDir Path temp;

  private static byte[] garbage(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static void assertDamaged(Executable work) {
    var fault = assertThrows(StoreFault.class, work);
    var message = String.valueOf(fault.getMessage());
    assertTrue(message.contains("damaged"), message);
    assertTrue(message.contains("belfry restore FILE"), message);
  }

  @TestFactory
  Stream<DynamicTest> overwrittenBeginning() {
    return IntStream.of(1, 16, 100, PAGE, 3 * PAGE)
        .mapToObj(length ->
            DynamicTest.dynamicTest(
                length + " bytes", () -> refused(file -> file.overwrite(0, garbage(length)))));
  }

  @TestFactory
  Stream<DynamicTest> cutOff() {
    return IntStream.of(1, 99, PAGE - 1, PAGE, 10 * PAGE, 20 * PAGE + 1)
        .mapToObj(length ->
            DynamicTest.dynamicTest(
                length + " bytes are left", () -> refused(file -> file.truncate(length))));
  }

  private interface Harm {
    void to(StoreFile file) throws IOException;
  }

  private void refused(Harm harm) throws IOException {
    var file = StoreFile.with(Files.createTempDirectory(temp, "store"), CHANGES);
    harm.to(file);
    var before = file.bytes();
    assertDamaged(() -> file.open().close());
    assertDamaged(() -> Backup.check(file.path()));
    assertArrayEquals(before, file.bytes());
  }

  @Test
  void overwrittenPagesOfATable() throws Exception {
    var file = StoreFile.with(temp, CHANGES);
    var pages = file.ask("SELECT pageno FROM dbstat WHERE name = 'change' AND pagetype = 'leaf'");
    for (var page : pages) {
      file.overwrite((Long.parseLong(page) - 1) * PAGE, garbage(PAGE));
    }
    var before = file.bytes();
    try (var database = file.open()) {
      assertDamaged(() -> database.read(Grant.HUB, tx -> tx.changes().after(0, 10)));
      assertDamaged(() -> StoreFile.add(database, "one more"));
      assertEquals(0, StoreFile.count(database, "message"), "what is whole can be read");
      assertDamaged(() -> database.copyTo(temp.resolve("copy.db")));
    }
    assertDamaged(() -> Backup.check(file.path()));
    assertArrayEquals(before, file.bytes());
  }

  @Test
  void rubbishBesideIt() throws Exception {
    var file = StoreFile.with(temp, CHANGES);
    Files.write(temp.resolve("belfry.db-wal"), garbage(10 * PAGE));
    Files.write(temp.resolve("belfry.db-shm"), garbage(8 * PAGE));
    try (var database = file.open()) {
      assertEquals(CHANGES, StoreFile.count(database));
      StoreFile.add(database, "one more");
    }
    Backup.check(file.path());
    assertFalse(Files.exists(temp.resolve("belfry.db-wal")));
  }

  @Test
  void logThatEndsAnywhere() throws Exception {
    StoreFile.with(temp, 10);
    var file = StoreFile.at(temp.resolve("crashed.db"));
    var wal = temp.resolve("crashed.db-wal");
    try (var database = StoreFile.at(temp.resolve("belfry.db")).open()) {
      for (int i = 0; i < 5; i++) {
        StoreFile.add(database, "late-" + i);
      }
      Files.copy(temp.resolve("belfry.db"), file.path());
      Files.copy(temp.resolve("belfry.db-wal"), wal);
    }
    byte[] log = Files.readAllBytes(wal);
    byte[] main = file.bytes();
    long last = 15;
    for (int length = log.length; length >= 0; length -= PAGE + 731) {
      Files.write(file.path(), main);
      Files.write(wal, Arrays.copyOf(log, length));
      try (var database = file.open()) {
        long count = StoreFile.count(database);
        assertTrue(count <= last && count >= 10, count + " after " + last);
        last = count;
      }
      Backup.check(file.path());
    }
    assertEquals(10, last, "each commit is there whole or not at all");
  }
}
