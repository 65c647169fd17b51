package dev.belfry.sandbox;

import dev.belfry.model.AccountState;
import dev.belfry.model.User;
import dev.belfry.network.Action;
import dev.belfry.network.Directory;
import dev.belfry.network.Events;
import dev.belfry.network.HistoryPage;
import dev.belfry.network.LoggedOutException;
import dev.belfry.network.NetworkClient;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ReadElsewhere.Source;
import dev.belfry.network.Outcome;
import dev.belfry.sandbox.world.Plan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The link of one account to its simulated network. */
final class SandboxClient implements NetworkClient {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final SimulatedNetwork network;
  private final Position position;
  private final User self;
  private final Pause pause;
  private final Sending sending;
  private final ChangingMessages changing;
  private final ChangingChats chats;
  private final Tasks tasks = new Tasks();
  private final CountDownLatch settled = new CountDownLatch(1);
  private volatile @Nullable Connection link;
  private volatile boolean closed;

  SandboxClient(SimulatedNetwork network, Position position, User self, Pause pause) {
    this.network = network;
    this.position = position;
    this.self = self;
    this.pause = pause;
    this.changing = new ChangingMessages(network);
    this.chats = new ChangingChats(network);
    this.sending = new Sending(network, pause, tasks, this::answer);
  }

  @Override
  public void run(Events events) throws IOException, LoggedOutException, InterruptedException {
    try (tasks) {
      Connection connection = network.connect();
      link = connection;
      if (closed) {
        return;
      }
      settled.countDown();
      int at = firstSync(events);
      // only now: what comes before it is no news to the hub
      events.state(AccountState.CONNECTED);
      network.ledger().sent().forEach(this::answer);
      Optional<SimulatedNetwork.Batch> batch = network.take(connection, at);
      while (batch.isPresent()) {
        events.accept(batch.get().events());
        if (!batch.get().again().isEmpty()) {
          events.accept(batch.get().again());
        }
        if (batch.get().position() > at) {
          at = batch.get().position();
          position.write(at);
        }

        batch = network.take(connection, at);
      }
    } catch (UncheckedIOException e) {
      // of our own files: to the hub it is a link that broke
      throw e.getCause();
    } finally {
      settled.countDown();
      close();
    }
  }

  /** Tells the hub everything, unless it has been told before. */
  private int firstSync(Events events) {
    int known = position.read().orElse(-1);
    if (known >= 0 && known <= network.ledger().size()) {
      return known;
    }
    record Snapshot(List<List<NetworkEvent>> batches, int position) {}
    Snapshot snapshot =
        network
            .ledger()
            .still(() -> new Snapshot(InitialSync.of(network, self), network.ledger().size()));
    snapshot.batches().forEach(events::accept);
    position.write(snapshot.position());
    return snapshot.position();
  }

  /** Has an answer given on a thread of its own, from the step after those that are done. */
  private void answer(NetworkEvent.MessageReceived message, int done) {
    List<Step> steps = new Answers(network).to(message);
    if (done >= steps.size()) {
      return;
    }
    // without a link it waits for the next one, which looks for answers that are not complete
    tasks.start(() -> {
      for (int i = done; i < steps.size(); i++) {
        pause.await(steps.get(i).delay());
        if (!isUp()) {
          return;
        }
        network.ledger().take(message.key(), i + 1, steps.get(i));
      }
    });
  }

  private boolean isUp() {
    Connection connection = link;
    return connection != null && network.isUp(connection);
  }

  @Override
  public Outcome perform(Action action) throws InterruptedException {
    settled.await();
    if (!isUp()) {
      return new Outcome.RetryLater(network.wait(SOON), "The link to the sandbox network is down.");
    }
    Optional<Plan> plan = network.world().plan(action.chatKey());
    if (plan.isEmpty()) {
      return new Outcome.Rejected(
          "not_found",
          "The sandbox network has no such chat; it may belong to another account.",
          false);
    }
    try {
      return carryOut(plan.get(), action);
    } catch (UncheckedIOException e) {
      return new Outcome.RetryLater(
          SOON.multipliedBy(10), "The sandbox network cannot keep it: " + e.getMessage());
    }
  }

  private Outcome carryOut(Plan plan, Action action) throws InterruptedException {
    return switch (action) {
      case Action.SendMessage send -> sending.send(plan, send, this::isUp);
      case Action.MarkRead read -> markRead(read);
      case Action.MarkUnread unread -> markUnread(unread);
      case Action.EditMessage edit -> changing.edit(edit);
      case Action.DeleteMessage delete -> changing.delete(delete);
      case Action.React react -> changing.react(react);
      case Action.Unreact unreact -> changing.unreact(unreact);
      case Action.SetFlag set -> chats.flag(set);
      case Action.SetTitle set -> chats.title(plan, set);
      case Action.SetDescription set -> chats.description(plan, set);
      case Action.SetAvatar set -> chats.avatar(plan, set);
      case Action.SetMessageExpiry set -> chats.expiry(plan, set);
    };
  }

  private Outcome markRead(Action.MarkRead read) {
    String upTo = read.upToKey();
    change(
        read.chatKey(),
        chat -> {
          List<NetworkEvent> changes = new ArrayList<>();
          if (upTo != null && chat.isAfter(upTo, chat.receipt())) {
            changes.add(new NetworkEvent.ReadElsewhere(read.chatKey(), Source.RECEIPT, upTo));
          }
          if (upTo != null && chat.isAfter(upTo, chat.marker())) {
            changes.add(new NetworkEvent.ReadElsewhere(read.chatKey(), Source.MARKER, upTo));
          }
          if (chat.markedUnread()) {
            changes.add(new NetworkEvent.MarkedUnreadElsewhere(read.chatKey(), false));
          }
          return changes;
        });
    return new Outcome.Done("");
  }

  private Outcome markUnread(Action.MarkUnread unread) {
    String last = unread.lastReadKey();
    change(
        unread.chatKey(),
        chat -> {
          List<NetworkEvent> changes = new ArrayList<>();
          String marker = chat.marker();
          if (last != null && marker != null && chat.isAfter(marker, last)) {
            changes.add(new NetworkEvent.ReadElsewhere(unread.chatKey(), Source.MARKER, last));
          }
          if (!chat.markedUnread()) {
            changes.add(new NetworkEvent.MarkedUnreadElsewhere(unread.chatKey(), true));
          }
          return changes;
        });
    return new Outcome.Done("");
  }

  private interface Changing {
    List<NetworkEvent> changes(ChatState chat);
  }

  private void change(String chatKey, Changing changing) {
    network.ledger().happen(null, 0, (_, _) -> changing.changes(network.ledger().chat(chatKey)));
  }

  @Override
  public HistoryPage history(String chatKey, String token, int limit) throws IOException {
    if (!isUp()) {
      throw new IOException("the link to the sandbox network is down");
    }
    if (network.world().plan(chatKey).isEmpty()) {
      throw new IOException("the sandbox network has no such chat");
    }
    return History.page(network.ledger().timeline(chatKey), token, limit);
  }

  @Override
  public void download(String id, @Nullable String encryption, OutputStream target)
      throws IOException {
    if (!isUp()) {
      throw new IOException("the link to the sandbox network is down");
    }
    network.files().download(id, target);
  }

  @Override
  public Directory directory() {
    return new SandboxDirectory(network, this::isUp);
  }

  @Override
  public void typing(String chatKey, boolean typing) {
    // Nobody looks.
  }

  /** The simulated network remembers transactions for ever, whoever logs in. */
  @Override
  public String device() {
    return "sandbox";
  }

  @Override
  public void close() {
    closed = true;
    Connection connection = link;
    if (connection != null) {
      network.close(connection);
    }
    settled.countDown();
  }
}
