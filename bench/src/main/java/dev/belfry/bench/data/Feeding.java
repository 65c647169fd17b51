package dev.belfry.bench.data;

import dev.belfry.bench.measure.CpuClock;
import dev.belfry.core.Hub;
import dev.belfry.model.AccountState;
import dev.belfry.model.User;
import dev.belfry.network.LoginStep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Tells a new hub the whole story, as a network tells its history at the first connection: through
 * the hub's own front door, in slices, oldest first.
 */
final class Feeding {
  /** Slices made in advance, while the hub stores others. */
  private static final int AHEAD = 8;

  private static final Slice END = new Slice(-1, List.of(), 0);

  private final Size size;
  private final Path folder;
  private final BlockingQueue<Slice> queue = new ArrayBlockingQueue<>(AHEAD);

  Feeding(Size size, Path folder) {
    this.size = size;
    this.folder = folder;
  }

  /**
   * Runs to the end.
   *
   * @param progress told now and then how many messages are stored
   */
  Rate run(LongConsumer progress) throws IOException, InterruptedException {
    var story = new Story(size);
    List<User> owners = IntStream.range(0, Story.ACCOUNTS).mapToObj(story::owner).toList();
    var network = new FeedConnector(owners);
    var clock = InstantSource.fixed(Story.END);
    try (var hub = Hub.open(folder, List.of(network), clock, Hub.Options.NONE)) {
      for (int i = 0; i < owners.size(); i++) {
        logIn(hub);
      }
      hub.start();
      return feed(story, network, progress);
    }
  }

  private static void logIn(Hub hub) throws IOException, InterruptedException {
    try (var session = hub.accounts().login(FeedConnector.TYPE)) {
      if (!(session.begin() instanceof LoginStep.Complete)) {
        throw new IllegalStateException("nothing should have been asked");
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // the end is one object
  private Rate feed(Story story, FeedConnector network, LongConsumer progress)
      throws InterruptedException {
    var teller = Thread.ofPlatform().name("bench-story").daemon().start(() -> tell(story));
    long cpu = CpuClock.SELF.nanos();
    long begun = System.nanoTime();
    long messages = 0;
    for (var slice = queue.take(); slice != END; slice = queue.take()) {
      network.events(FeedConnector.account(slice.account())).accept(slice.events());
      messages += slice.messages();
      progress.accept(messages);
    }
    teller.join();
    for (int account = 0; account < Story.ACCOUNTS; account++) {
      network.events(FeedConnector.account(account)).state(AccountState.CONNECTED);
    }
    return new Rate(messages, System.nanoTime() - begun, CpuClock.SELF.nanos() - cpu);
  }

  private void tell(Story story) {
    try {
      while (story.hasNext()) {
        queue.put(story.next());
      }
      queue.put(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
