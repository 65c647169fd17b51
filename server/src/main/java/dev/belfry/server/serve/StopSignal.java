package dev.belfry.server.serve;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and SIGINT into an end in good order with exit status 0. Java answers these signals
 * by running its shutdown hooks and then exits with 143 or 130; our hook has the thread that serves
 * wind up, waits for it, and ends the process itself.
 */
final class StopSignal implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StopSignal.class.getName());

  /** Less than the 5 s that we promise. What is committed is safe in any case. */
  private static final Duration GRACE = Duration.ofMillis(4500);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = Thread.ofPlatform().name("stop").unstarted(this::stop);

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Returns when somebody wants the end. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** That all has been wound up. */
  @Override
  public void close() {
    if (asked.getCount() == 0) {
      LOG.log(Level.INFO, "stopped");
    }
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // the hook is at work and will end the process
    }
  }

  private void stop() {
    LOG.log(Level.INFO, "stopping");
    asked.countDown();
    try {
      if (!ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "not everything ended in time; nothing that was stored is lost");
      }
    } catch (InterruptedException _) {
      // nobody interrupts a hook
    }
    Runtime.getRuntime().halt(0);
  }
}
