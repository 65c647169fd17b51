package dev.belfry.http.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.core.Hub;
import dev.belfry.core.events.Position;
import dev.belfry.model.Grant;
import dev.belfry.model.StoreFault;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch over the tokens of those who listen. */
@Tag("hub")
class FeedTest {
  private static final Position NEVER = new Position(Long.MAX_VALUE, 0);

  @TempDir private Path folder;

  private Reader.End endOf(Supplier<Optional<Grant>> standing) throws Exception {
    try (var hub = Hub.open(folder, List.of(), InstantSource.system(), Hub.Options.NONE);
        var feed = new Feed(hub.events(), hub.changes(), false, Pace.USUAL)) {
      feed.start();
      try (var reader = feed.open(new Listener(Grant.HUB, standing))) {
        assertTrue(!reader.await(NEVER, TimeUnit.SECONDS.toNanos(30)));
        var end = reader.end();
        if (end == null) {
          throw new AssertionError("the reader was left alone");
        }
        return end;
      }
    }
  }

  @Test
  void aFaultOfTheStoreDoesNotEndTheWatch() throws Exception {
    var faulty = new CountDownLatch(1);
    var end =
        endOf(() -> {
          if (faulty.getCount() > 0) {
            faulty.countDown();
            throw new StoreFault("The disk is full");
          }
          return Optional.empty();
        });
    assertEquals(0, faulty.getCount());
    assertEquals(Reader.End.UNAUTHORIZED, end);
  }

  @Test
  void aTokenThatIsGoodForSomethingElseIsNoLongerThatOne() throws Exception {
    var narrower = new Grant(Grant.HUB.subject(), Grant.HUB.scopes(), null, Set.of());
    assertEquals(Reader.End.CHANGED, endOf(() -> Optional.of(narrower)));
  }
}
