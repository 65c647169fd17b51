package dev.belfry.core;

import dev.belfry.model.AccountId;
import dev.belfry.model.AccountState;
import dev.belfry.model.User;
import dev.belfry.model.UserId;
import dev.belfry.network.Action;
import dev.belfry.network.Connector;
import dev.belfry.network.Directory;
import dev.belfry.network.Events;
import dev.belfry.network.HistoryPage;
import dev.belfry.network.LoggedOutException;
import dev.belfry.network.Login;
import dev.belfry.network.LoginStep;
import dev.belfry.network.NetworkClient;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.Outcome;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A network that says and answers what a test tells it to. Events are handed over on the test's own
 * thread, so that they are stored when the call returns; actions wait until they are answered.
 */
final class ScriptedNetwork implements Connector {
  private static final long PATIENCE_SECONDS = 45;

  private final InstantSource clock;

  private final Map<AccountId, Client> clients = new ConcurrentHashMap<>();
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final BlockingQueue<Exception> refusals = new LinkedBlockingQueue<>();
  private final Map<String, HistoryPage> pages = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<AccountId> loggedOut = new CopyOnWriteArrayList<>();
  private final List<Path> left = new CopyOnWriteArrayList<>();
  private final List<Instant> attempts = new CopyOnWriteArrayList<>();
  private volatile @Nullable Function<Action, Outcome> answers;
  private volatile @Nullable Function<String, HistoryPage> history;
  private volatile @Nullable Directory directory;
  private volatile String device = "DEVICE1";
  private volatile boolean connectsAtOnce = true;

  ScriptedNetwork(InstantSource clock) {
    this.clock = clock;
  }

  /** An action that waits for its answer. */
  record Call(Action action, BlockingQueue<Outcome> answers) {
    void answer(Outcome outcome) {
      try {
        if (!answers.offer(outcome, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError("nobody waits for the answer to " + action);
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    Action.SendMessage send() {
      return (Action.SendMessage) action;
    }
  }

  /** What can be downloaded, by id and after a space the key; one without bytes breaks the link. */
  final Map<String, byte[]> files = new ConcurrentHashMap<>();

  @Override
  public String type() {
    return "scripted";
  }

  @Override
  public String network() {
    return "Scripted";
  }

  /** The answer to all actions from now on; null to have them wait for the test. */
  void answerAll(@Nullable Function<Action, Outcome> all) {
    answers = all;
  }

  void setDevice(String name) {
    device = name;
  }

  /** Whether a client tells that it is connected before the test has said a word. */
  void connectAtOnce(boolean atOnce) {
    connectsAtOnce = atOnce;
  }

  /** The next attempt to connect ends with this. */
  void refuseNext(Exception e) {
    refusals.add(e);
  }

  /** What {@code token} stands for; a token without a page is a fault of the link. */
  void page(String token, @Nullable String next, NetworkEvent... events) {
    pages.put(token, new HistoryPage(List.of(events), next));
  }

  void history(Function<String, HistoryPage> all) {
    history = all;
  }

  void directory(Directory all) {
    directory = all;
  }

  /** The tokens that history was asked of, in order. */
  List<String> asked() {
    return asked;
  }

  /** When connections were attempted. */
  List<Instant> attempts() {
    return attempts;
  }

  List<AccountId> loggedOut() {
    return loggedOut;
  }

  /** The names of the folders whose logins were ended. */
  List<String> left() {
    return left.stream().map(folder -> folder.getFileName().toString()).toList();
  }

  /** The next action. */
  Call next() {
    try {
      var call = calls.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (call == null) {
        throw new AssertionError("no action came");
      }
      return call;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Actions that were begun and that the test has not looked at. */
  int waiting() {
    return calls.size();
  }

  /** The running client of an account; waits for it. */
  Client client(AccountId account) {
    return Eventually.get(() -> clients.get(account));
  }

  /** Has the running client say something; false where none runs. */
  boolean saysIfRunning(AccountId account, NetworkEvent... batch) {
    var client = clients.get(account);
    var to = client == null ? null : client.events;
    if (to == null) {
      return false;
    }
    to.accept(List.of(batch));
    return true;
  }

  boolean isRunning(AccountId account) {
    return clients.containsKey(account);
  }

  @Override
  public void renewed(Path before, Path now) throws IOException {
    Files.copy(before.resolve("keys"), now.resolve("former-keys"));
  }

  @Override
  public Login login(AccountId account, Path folder) {
    return new Login() {
      @Override
      public LoginStep begin() {
        return new LoginStep.UserInput(
            "who", "Who are you?", List.of(new LoginStep.InputField("user", "User", "username")));
      }

      @Override
      public LoginStep submit(Map<String, String> values) throws IOException {
        var user = values.getOrDefault("user", "");
        if (user.isEmpty()) {
          return new LoginStep.Failed("nobody of this name");
        }
        Files.writeString(folder.resolve("keys"), "keys of " + user);
        return new LoginStep.Complete(User.of(new UserId(user), "Me"), user);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public NetworkClient open(AccountId account, Path folder) {
    return new Client(account);
  }

  @Override
  public void logout(AccountId account, Path folder) {
    if (!Files.exists(folder.resolve("keys"))) {
      throw new AssertionError("no login in " + folder);
    }
    loggedOut.add(account);
    left.add(folder);
  }

  /** One link. */
  final class Client implements NetworkClient {
    private final AccountId account;
    private final BlockingQueue<Exception> ends = new LinkedBlockingQueue<>();
    private volatile @Nullable Events events;

    Client(AccountId account) {
      this.account = account;
    }

    @Override
    public void run(Events to) throws IOException, LoggedOutException, InterruptedException {
      attempts.add(clock.instant());
      var refusal = refusals.poll();
      if (refusal != null) {
        end(refusal);
      }
      events = to;
      if (connectsAtOnce) {
        to.state(AccountState.CONNECTED);
      }
      clients.put(account, this);
      try {
        end(ends.take());
      } finally {
        clients.remove(account, this);
      }
    }

    private static void end(Exception e)
        throws IOException, LoggedOutException, InterruptedException {
      switch (e) {
        case IOException io -> throw io;
        case LoggedOutException out -> throw out;
        case InterruptedException interrupted -> throw interrupted;
        case RuntimeException fault -> throw fault;
        default -> throw new AssertionError(e);
      }
    }

    /** Stores a batch; returns once it is committed. */
    void says(NetworkEvent... batch) {
      says(List.of(batch));
    }

    void says(List<? extends NetworkEvent> batch) {
      Eventually.get(() -> events).accept(List.copyOf(batch));
    }

    void state(AccountState state) {
      Eventually.get(() -> events).state(state);
    }

    /** The link ends, with a fault. */
    void breaks(Exception e) {
      ends.add(e);
    }

    @Override
    public Outcome perform(Action action) throws InterruptedException {
      var all = answers;
      if (all != null) {
        return all.apply(action);
      }
      var call = new Call(action, new SynchronousQueue<>());
      calls.add(call);
      try {
        return call.answers().take();
      } catch (InterruptedException e) {
        // The hub has ended: a call that nobody looked at must not be taken for one of the next
        // hub's.
        calls.remove(call);
        throw e;
      }
    }

    @Override
    public HistoryPage history(String chatKey, String token, int limit) throws IOException {
      asked.add(token);
      var all = history;
      var page = all != null ? all.apply(token) : pages.get(token);
      if (page == null) {
        throw new IOException("history cannot be had");
      }
      return page;
    }

    @Override
    public void download(String id, @Nullable String encryption, OutputStream target)
        throws IOException {
      var content = files.get(encryption == null ? id : id + " " + encryption);
      if (content == null) {
        throw new FileNotFoundException("no such file");
      }
      target.write(content);
      if (content.length == 0) {
        throw new IOException("the link broke");
      }
    }

    @Override
    public @Nullable Directory directory() {
      return directory;
    }

    @Override
    public String device() {
      return device;
    }

    @Override
    public void close() {
      ends.add(new IOException("closed"));
    }
  }
}
