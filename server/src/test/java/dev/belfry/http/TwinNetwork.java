package dev.belfry.http;

import dev.belfry.model.AccountId;
import dev.belfry.model.AccountState;
import dev.belfry.model.UserId;
import dev.belfry.network.Action;
import dev.belfry.network.Connector;
import dev.belfry.network.Events;
import dev.belfry.network.HistoryPage;
import dev.belfry.network.Login;
import dev.belfry.network.NetworkClient;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A network that says what it is told to, and confirms nothing. */
final class TwinNetwork implements Connector {
  private final String type;
  private final UserId self;
  private final CompletableFuture<Events> events = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  TwinNetwork(String type, String self) {
    this.type = type;
    this.self = new UserId(self);
  }

  void says(List<NetworkEvent> batch) throws InterruptedException {
    events.join().accept(batch);
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public String network() {
    return "The " + type;
  }

  @Override
  public Login login(AccountId account, Path folder) {
    return new LoginAtOnce(self);
  }

  @Override
  public NetworkClient open(AccountId account, Path folder) {
    return new NetworkClient() {
      @Override
      public void run(Events to) throws InterruptedException {
        to.state(AccountState.CONNECTED);
        to.accept(List.of());
        events.complete(to);
        closed.await();
      }

      @Override
      public Outcome perform(Action action) throws InterruptedException {
        closed.await();
        throw new InterruptedException("the link has ended");
      }

      @Override
      public HistoryPage history(String chatKey, String token, int limit) {
        return new HistoryPage(List.of(), null);
      }

      @Override
      public String device() {
        return "device";
      }

      @Override
      public void close() {
        closed.countDown();
      }
    };
  }

  @Override
  public void logout(AccountId account, Path folder) {}
}
