package dev.belfry.http;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.Outcome;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A network that says one thing when it is connected, and confirms what is sent; it refuses texts
 * that begin with "refuse", and has no time for those that begin with "hold".
 */
final class TestNetwork implements Connector {
  static final UserId SELF = new UserId("@me:example.org");

  /** A text that the network refuses. */
  static final String REFUSED = "refuse this";

  /** The actions that were carried out, each once its outcome is stored here or on its way. */
  final BlockingQueue<Action> performed = new LinkedBlockingQueue<>();

  private final List<NetworkEvent> says;
  private final Instant now;
  private final CountDownLatch said = new CountDownLatch(1);

  TestNetwork(List<NetworkEvent> says, Instant now) {
    this.says = says;
    this.now = now;
  }

  /** Waits until all it had to say is stored. */
  void awaitSaid() throws InterruptedException {
    said.await();
  }

  @Override
  public String type() {
    return "test";
  }

  @Override
  public String network() {
    return "Test";
  }

  @Override
  public Login login(AccountId account, Path folder) {
    // Each account is somebody else's: another login of the same person would be no other account.
    return new LoginAtOnce(
        account.value().equals("test") ? SELF : new UserId("@" + account + ":example.org"));
  }

  @Override
  public NetworkClient open(AccountId account, Path folder) {
    return new Client();
  }

  @Override
  public void logout(AccountId account, Path folder) {}

  private final class Client implements NetworkClient {
    private final CountDownLatch connected = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Events events = NOBODY;

    @Override
    public void run(Events to) throws InterruptedException {
      events = to;
      to.state(AccountState.CONNECTED);
      to.accept(says);
      connected.countDown();
      said.countDown();
      closed.await();
    }

    @Override
    public Outcome perform(Action action) throws InterruptedException {
      connected.await();
      if (action instanceof Action.SendMessage send) {
        String text = send.content().body();
        if (text.startsWith("refuse")) {
          return new Outcome.Rejected("forbidden", "Not this.", true);
        }
        if (text.startsWith("hold")) {
          return new Outcome.RetryLater(Duration.ofHours(1), "busy");
        }
        String key = "$" + send.transaction();
        events.accept(
            List.of(
                new MessageReceived(
                    send.chatKey(), key, SELF, true, send.content(), now, send.transaction())));
      }
      performed.add(action);
      return new Outcome.Done("");
    }

    @Override
    public void download(String id, @Nullable String encryption, OutputStream target)
        throws IOException {
      if (id.endsWith("/none")) {
        throw new FileNotFoundException(id);
      }
      if (!id.endsWith("/ok")) {
        throw new IOException("the network has its faults");
      }
      target.write(id.getBytes(UTF_8));
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
  }

  private static final Events NOBODY =
      new Events() {
        @Override
        public void accept(List<NetworkEvent> batch) {
          throw new IllegalStateException("not connected");
        }

        @Override
        public void state(AccountState state) {
          throw new IllegalStateException("not connected");
        }
      };
}
