package dev.belfry.bench.data;

import dev.belfry.model.AccountId;
import dev.belfry.model.User;
import dev.belfry.network.Action;
import dev.belfry.network.Connector;
import dev.belfry.network.Events;
import dev.belfry.network.HistoryPage;
import dev.belfry.network.Login;
import dev.belfry.network.LoginStep;
import dev.belfry.network.NetworkClient;
import dev.belfry.network.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A network whose events are handed over from outside: whoever holds {@link #events} is the
 * network. It takes actions and never answers, so that a hub under measurement has no other work.
 */
public final class FeedConnector implements Connector {
  static final String TYPE = "bench";
  private static final long PATIENCE_MINUTES = 5;

  private final Map<AccountId, User> owners;
  private final Map<AccountId, CompletableFuture<Events>> running = new ConcurrentHashMap<>();

  /**
   * Knows the owners of accounts.
   *
   * @param owners of those that will be added
   */
  public FeedConnector(Map<AccountId, User> owners) {
    this.owners = Map.copyOf(owners);
  }

  /** The id that the hub gives to an account. */
  public static AccountId account(int number) {
    return new AccountId(number == 0 ? TYPE : TYPE + "-" + (number + 1));
  }

  /** Where an account's events go; waits until its link is up. */
  public Events events(AccountId account) throws InterruptedException {
    try {
      return runningLink(account).get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private CompletableFuture<Events> runningLink(AccountId account) {
    return running.computeIfAbsent(account, _ -> new CompletableFuture<>());
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String network() {
    return "Bench";
  }

  @Override
  public Login login(AccountId account, Path folder) {
    var owner = owners.get(account);
    if (owner == null) {
      throw new IllegalArgumentException("nobody owns " + account);
    }
    return new Login() {
      @Override
      public LoginStep begin() {
        // Not the owner's id: a second story has the same people, and would be taken for the first.
        return new LoginStep.Complete(owner, account.value());
      }

      @Override
      public LoginStep submit(Map<String, String> values) {
        throw new IllegalStateException("nothing was asked");
      }

      @Override
      public void close() {
        // Nothing was begun.
      }
    };
  }

  @Override
  public NetworkClient open(AccountId account, Path folder) {
    return new Feed(account);
  }

  @Override
  public void logout(AccountId account, Path folder) {
    // Nobody is told.
  }

  private final class Feed implements NetworkClient {
    private final AccountId account;
    private final CountDownLatch closed = new CountDownLatch(1);

    Feed(AccountId account) {
      this.account = account;
    }

    @Override
    public void run(Events events) throws InterruptedException {
      runningLink(account).complete(events);
      closed.await();
    }

    @Override
    public Outcome perform(Action action) throws InterruptedException {
      closed.await();
      return new Outcome.Unsupported();
    }

    @Override
    public HistoryPage history(String chatKey, String token, int limit) {
      return new HistoryPage(List.of(), null);
    }

    @Override
    public String device() {
      return TYPE;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
