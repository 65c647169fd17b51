package dev.belfry.sdk;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a client ends what it is in the middle of. */
@Tag("unit")
@Timeout(30)
class CloseTest extends SdkTest {
  private static final Duration PATIENT = Duration.ofMinutes(10);

  private static @Nullable Throwable fault(FutureTask<?> task) {
    ExecutionException ended =
        assertThrows(ExecutionException.class, () -> task.get(20, TimeUnit.SECONDS));
    return ended.getCause();
  }

  private static FutureTask<Void> started(FutureTask<Void> task) {
    Thread thread = new Thread(task, "waiting");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  @Test
  void whoWaitsForAnAnswerHearsOfIt() throws Exception {
    Belfry waiting = settings().timeout(PATIENT).build();
    server.stall();
    FutureTask<Void> task =
        started(new FutureTask<>(() -> waiting.events().fromOldest().next(), null));
    server.request();
    waiting.close();
    assertEquals("The client is closed", requireNonNull(fault(task)).getMessage());
    assertThrows(IllegalStateException.class, () -> waiting.events().fromOldest().next());
  }

  @Test
  void whoReadsAFileHearsOfIt() throws Exception {
    Belfry reading = settings().timeout(PATIENT).build();
    server.stall();
    Assets.Content content = reading.assets().serve("mxc://x/1");
    FutureTask<Void> task =
        started(
            new FutureTask<>(() -> {
              content.stream().readAllBytes();
              return null;
            }));
    reading.close();
    assertEquals(
        "The client is closed", assertInstanceOf(IOException.class, fault(task)).getMessage());
  }

  @Test
  void aFileThatNobodyReadsOnDoesNotHoldItUp() throws Exception {
    Belfry reading = settings().timeout(PATIENT).build();
    server.stall();
    Assets.Content content = reading.assets().serve("mxc://x/1");
    assertEquals('h', content.stream().read());
    reading.close();
    assertThrows(IOException.class, () -> content.stream().read());
    content.close();
  }
}
