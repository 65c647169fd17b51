package dev.belfry.bench.data;

import dev.belfry.core.Hub;
import dev.belfry.model.AccountId;
import dev.belfry.model.AccountState;
import dev.belfry.model.User;
import dev.belfry.network.LoginStep;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Tells a hub a story on new accounts, as a network tells its history at the first connection:
 * through the hub's own front door, in slices, oldest first.
 */
public final class Feeding implements AutoCloseable {
  /** Slices made in advance, while the hub stores others. */
  private static final int AHEAD = 8;

  /** Told last. */
  private static final Slice END = new Slice(-1, List.of(), 0);

  private final Story story;
  private final int firstAccount;
  private final FeedConnector network;
  private final BlockingQueue<Slice> queue = new ArrayBlockingQueue<>(AHEAD);
  private final Thread teller =
      Thread.ofPlatform().name("bench-story").daemon().unstarted(this::tell);

  /**
   * Makes the story up.
   *
   * @param accountsBefore how many accounts there are already
   */
  public Feeding(Size size, int accountsBefore) {
    story = new Story(size);
    firstAccount = accountsBefore;
    Map<AccountId, User> owners = new HashMap<>();
    for (int i = 0; i < Story.ACCOUNTS; i++) {
      owners.put(FeedConnector.account(firstAccount + i), story.owner(i));
    }
    network = new FeedConnector(owners);
  }

  /** The network that a hub must know. */
  public FeedConnector network() {
    return network;
  }

  /** Adds the accounts. The hub must be connected by then, or be so afterwards. */
  public void logIn(Hub hub) throws IOException, InterruptedException {
    for (int i = 0; i < Story.ACCOUNTS; i++) {
      try (var session = hub.accounts().login(FeedConnector.TYPE)) {
        if (!(session.begin() instanceof LoginStep.Complete)) {
          throw new IllegalStateException("nothing should have been asked");
        }
      }
    }
    teller.start();
  }

  /** Has the hub store the next slice; how many messages that were, or -1 after the last. */
  public int next() throws InterruptedException {
    var slice = queue.take();
    if (slice.account() < 0) {
      return -1;
    }
    network.events(FeedConnector.account(firstAccount + slice.account())).accept(slice.events());
    return slice.messages();
  }

  /** The past is told: from now on, what comes is news. */
  public void connected() throws InterruptedException {
    for (int i = 0; i < Story.ACCOUNTS; i++) {
      network.events(FeedConnector.account(firstAccount + i)).state(AccountState.CONNECTED);
    }
  }

  private void tell() {
    try {
      while (story.hasNext()) {
        queue.put(story.next());
      }
      queue.put(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    teller.interrupt();
  }
}
