package dev.belfry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.StoreFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room, for which a limit of SQLite stands: the fault is the same. */
@Tag("hub")
class FullDiskTest {
  @TempDir Path temp;

  private static void limit(Database database, String pages) {
    database.write(tx -> tx.sql().number(0, "PRAGMA max_page_count = " + pages));
  }

  /** The smallest limit there can be: SQLite takes what is in use. */
  private static void fill(Database database) {
    limit(database, "1");
  }

  private static void makeRoom(Database database) {
    limit(database, "1000000");
  }

  private static void addMuch(Database database) {
    StoreFile.add(database, "x".repeat(100_000));
  }

  private static void assertFull(StoreFault fault) {
    var message = String.valueOf(fault.getMessage());
    assertTrue(message.contains("full"), message);
    assertTrue(message.contains("Make room"), message);
  }

  @Test
  void nothingIsChangedAndWorkGoesOnOnceThereIsRoom() throws Exception {
    var file = StoreFile.with(temp, 10);
    try (var database = file.open()) {
      for (int turn = 1; turn <= 3; turn++) {
        fill(database);
        for (int attempt = 0; attempt < 5; attempt++) {
          assertFull(assertThrows(StoreFault.class, () -> addMuch(database)));
          assertEquals(9 + turn, StoreFile.count(database), "reading goes on");
        }
        makeRoom(database);
        addMuch(database);
        assertEquals(10 + turn, StoreFile.count(database));
      }
    }
    Backup.check(file.path());
  }

  @Test
  void whatWasToBeCommittedTogetherFailsTogether() throws Exception {
    var file = StoreFile.with(temp, 10);
    try (var database = file.open()) {
      fill(database);
      var entered = new CountDownLatch(1);
      var release = new CountDownLatch(1);
      var first =
          task(() ->
              database.write(tx -> {
                entered.countDown();
                try {
                  release.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                return true;
              }));
      entered.await();
      var together = new ArrayList<FutureTask<Boolean>>();
      together.add(task(() -> StoreFile.add(database, "small")));
      together.add(task(() -> addMuch(database)));
      together.add(task(() -> StoreFile.add(database, "small too")));
      release.countDown();
      assertEquals(true, first.get());
      int stored = 0;
      for (var each : together) {
        try {
          stored += each.get() ? 1 : 0;
        } catch (ExecutionException e) {
          assertFull(assertInstanceOf(StoreFault.class, e.getCause()));
        }
      }
      assertEquals(10 + stored, StoreFile.count(database), "who was told so, and nobody else");
      makeRoom(database);
      StoreFile.add(database, "afterwards");
      assertEquals(11 + stored, StoreFile.count(database));
    }
  }

  private static FutureTask<Boolean> task(Runnable work) {
    var task = new FutureTask<>(work, true);
    Thread.ofVirtual().start(task);
    return task;
  }
}
