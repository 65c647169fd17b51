package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.core.repeat.Answers;
import dev.belfry.model.Answered;
import dev.belfry.model.Grant;
import dev.belfry.model.RequestKey;
import dev.belfry.model.StoreFault;
import dev.belfry.network.Action;
import dev.belfry.network.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * However often a send is repeated, by twins at once, over tries that die before or after the
 * commit, over restarts and kills: it makes one message. A failure names its seed; {@code
 * -Dbelfry.seeds=N} plays more of them.
 */
@Tag("hub")
class RandomRepeatsTest {
  private static final int KEYS = 6;
  private static final int STEPS = 25;

  private static final Answers.Form<String> FORM =
      new Answers.Form<>() {
        @Override
        public Optional<Answered> remembered(String answer) {
          return Optional.of(new Answered(200, Map.of(), answer));
        }

        @Override
        public String again(Answered earlier) {
          return earlier.body();
        }
      };

  /** How a try ends. */
  private enum End {
    WELL,
    BEFORE_THE_COMMIT,
    BEFORE_THE_ANSWER
  }

  private static final List<End> ENDS = List.of(End.values());

  private static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @TempDir Path temp;

  @TestFactory
  Stream<DynamicTest> interleavings() {
    return LongStream.rangeClosed(1, Long.getLong("belfry.seeds", 3))
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> new Run(seed).play()));
  }

  private final class Run {
    private final Random random;
    private final TestHub hub;
    private final Map<Integer, Set<String>> answered = new ConcurrentHashMap<>();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    /**
     * What is on the disk at a death is copied while the one that dies still runs: it is cut off.
     */
    private volatile boolean isCutOff;

    Run(long seed) throws Exception {
      random = new Random(seed);
      hub = TestHub.connected(Files.createDirectory(temp.resolve("seed-" + seed)));
      hub.client().says(Said.message("$1", Said.ALICE, "a"));
    }

    void play() throws Exception {
      try (hub) {
        answer();
        for (int step = 0; step < STEPS; step++) {
          switch (random.nextInt(8)) {
            case 0 -> killedAtWork();
            case 1 -> hub.restart();
            case 2 -> {
              hub.breakLink();
              hub.reconnected();
            }
            default -> twins(random.nextInt(KEYS));
          }
        }
        for (int key = 0; key < KEYS; key++) {
          attempt(hub.hub(), key, End.WELL, new CountDownLatch(0));
        }
        Eventually.holds(
            "all sent",
            () -> {
              hub.advance(Duration.ofSeconds(1));
              return hub.number("SELECT count(*) FROM outbox") == 0;
            });
        for (int key = 0; key < KEYS; key++) {
          var ids = answered.getOrDefault(key, Set.of());
          assertEquals(1, ids.size(), "key " + key + " was answered with " + ids);
          var text = "text " + key;
          assertEquals(1, hub.bodies().stream().filter(text::equals).count(), text);
        }
        assertEquals(KEYS, taken.size(), "messages that the network has taken");
      }
    }

    /** A network that knows a repeat by its transaction, and tells what it has taken. */
    private void answer() {
      hub.network.answerAll(action -> {
        if (isCutOff) {
          return new Outcome.RetryLater(Duration.ZERO, "Cut off");
        }
        var send = (Action.SendMessage) action;
        taken.add(send.transaction());
        var key = "$" + send.transaction();
        var echo = Said.echo(key, send.content().body(), send.transaction());
        return hub.network.saysIfRunning(TestHub.ACCOUNT, echo)
            ? new Outcome.Done(key)
            : new Outcome.RetryLater(Duration.ZERO, "The link is down");
      });
    }

    private void twins(int key) throws InterruptedException {
      var threads = new ArrayList<Thread>();
      var on = hub.hub();
      int count = 1 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        var end = ENDS.get(random.nextInt(ENDS.size()));
        threads.add(Thread.ofVirtual().start(() -> attempt(on, key, end, new CountDownLatch(0))));
      }
      for (var thread : threads) {
        thread.join();
      }
    }

    /** The process dies while tries are at their different places. */
    private void killedAtWork() throws Exception {
      var on = hub.hub();
      var killed = new CountDownLatch(1);
      var threads = new ArrayList<Thread>();
      for (int key : List.of(random.nextInt(KEYS), random.nextInt(KEYS))) {
        var end = random.nextBoolean() ? End.BEFORE_THE_COMMIT : End.BEFORE_THE_ANSWER;
        threads.add(Thread.ofVirtual().start(() -> attempt(on, key, end, killed)));
      }
      if (random.nextBoolean()) {
        var _ = hub.hub().changes().await(hub.lastChange(), Duration.ofMillis(20));
      }
      isCutOff = true;
      hub.crash();
      isCutOff = false;
      killed.countDown();
      for (var thread : threads) {
        thread.join();
      }
    }

    private void attempt(Hub on, int key, End end, CountDownLatch killed) {
      var of = new RequestKey("t", "POST", "/", "key " + key);
      try {
        var id = on.answers().once(of, () -> "hash " + key, () -> work(on, key, end, killed), FORM);
        answered.computeIfAbsent(key, _ -> ConcurrentHashMap.newKeySet()).add(id);
      } catch (Died | StoreFault e) {
        assertTrue(end != End.WELL || e instanceof StoreFault, "a try that was to go well");
      }
    }

    private String work(Hub on, int key, End end, CountDownLatch killed) {
      if (end == End.BEFORE_THE_COMMIT) {
        await(killed);
        throw new Died();
      }
      var message = new Messages.NewMessage("text " + key, null, List.of());
      var id = on.messages().send(Grant.HUB, Said.CHAT, message).pendingId();
      if (end == End.BEFORE_THE_ANSWER) {
        await(killed);
        throw new Died();
      }
      return id;
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
