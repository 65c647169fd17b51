package dev.belfry.core.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class CacheTest {
  private static final int ROOM = 1000;

  @TempDir Path folder;
  private volatile Instant now = Instant.parse("2026-05-01T10:00:00Z");

  private Cache cache() throws IOException {
    var cache = new Cache(folder, ROOM, () -> now);
    cache.open();
    return cache;
  }

  private static Path get(Cache cache, String key, int size) throws Exception {
    return cache.get(key, "mxc://x/" + key, "a.txt", target -> target.write(new byte[size]));
  }

  @Test
  void whatWasUsedLongestAgoGoesFirst() throws Exception {
    var cache = cache();
    var first = get(cache, "first", 300);
    var second = get(cache, "second", 300);
    get(cache, "first", 300);
    get(cache, "third", 300);
    get(cache, "fourth", 300);
    assertFalse(Files.exists(second));
    assertTrue(Files.exists(first));
    assertTrue(cache.find("third").isPresent());
    assertEquals("mxc://x/fourth", cache.source("fourth").orElse(""));
  }

  @Test
  void useIsRememberedOverRestarts() throws Exception {
    var cache = cache();
    var first = get(cache, "first", 400);
    now = now.plusSeconds(60);
    var second = get(cache, "second", 400);
    now = now.plusSeconds(7200);
    get(cache, "first", 400);
    var restarted = cache();
    now = now.plusSeconds(60);
    get(restarted, "third", 400);
    assertTrue(Files.exists(first));
    assertFalse(Files.exists(second));
  }

  @Test
  void whatIsTooLargeIsNotTaken() throws Exception {
    var cache = cache();
    assertThrows(IOException.class, () -> get(cache, "large", ROOM + 1));
    assertTrue(cache.find("large").isEmpty());
    get(cache, "small", 10);
    get(cache, "all", ROOM - 20);
    assertTrue(cache.find("small").isEmpty());
  }

  @Test
  void itIsFetchedOnceForAllWhoAsk() throws Exception {
    var cache = cache();
    var fetched = new AtomicInteger();
    var everybody = new CountDownLatch(8);
    Callable<Path> asking =
        () -> {
          everybody.countDown();
          return cache.get(
              "key",
              "mxc://x/1",
              "a.txt",
              target -> {
                fetched.incrementAndGet();
                everybody.await();
                target.write(new byte[] {1, 2, 3});
              });
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Path>>();
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(asking));
      }
      for (var answer : answers) {
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(answer.get()));
      }
    }
    assertEquals(1, fetched.get());
  }

  @Test
  void halfAFileIsNeverSeen() throws Exception {
    var cache = cache();
    Cache.Fetch broken =
        target -> {
          target.write(new byte[10]);
          assertTrue(cache.find("key").isEmpty());
          throw new IOException("the link broke");
        };
    assertThrows(IOException.class, () -> cache.get("key", "mxc://x/1", "a.txt", broken));
    assertTrue(cache.find("key").isEmpty());
    try (var left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
    assertEquals(20, Files.size(get(cache, "key", 20)));
  }

  @Test
  void itIsThereAfterARestartAndWhatIsBrokenIsNot() throws Exception {
    var file = get(cache(), "key", 20);
    Files.createDirectories(folder.resolve(".part-1"));
    var cache = cache();
    assertEquals(file, cache.find("key").orElseThrow());
    assertFalse(Files.exists(folder.resolve(".part-1")));
    Files.delete(file);
    assertTrue(cache.find("key").isEmpty());
    assertEquals(30, Files.size(get(cache, "key", 30)));
  }

  @Test
  void whatWasDecryptedIsAnotherFile() {
    assertNotEquals(Cache.key("mxc://x/1", null), Cache.key("mxc://x/1", "key"));
    assertNotEquals(Cache.key("mxc://x/1", "a"), Cache.key("mxc://x/1", "b"));
  }
}
