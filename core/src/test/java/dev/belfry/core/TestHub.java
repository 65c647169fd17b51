package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belfry.model.Account;
import dev.belfry.model.AccountId;
import dev.belfry.model.AccountState.Status;
import dev.belfry.model.Change;
import dev.belfry.model.Chat;
import dev.belfry.model.Grant;
import dev.belfry.model.Message;
import dev.belfry.model.PageRequest;
import dev.belfry.model.PageRequest.Direction;
import dev.belfry.network.LoginStep;
import dev.belfry.network.NetworkEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A real hub on a real file, with one account of a scripted network and a clock moved by hand. */
final class TestHub implements AutoCloseable {
  static final AccountId ACCOUNT = new AccountId("scripted");

  private final Path root;
  private int copies;
  private @Nullable Connection beside;
  private Path folder;
  private Hub hub;
  final HandClock clock = new HandClock("2026-05-01T10:00:00Z");
  final ScriptedNetwork network = new ScriptedNetwork(clock);

  private TestHub(Path root) throws IOException {
    this.root = root;
    this.folder = Files.createDirectory(root.resolve("data"));
    this.hub = openHub();
  }

  private Hub openHub() {
    return Hub.open(folder, List.of(network), clock, Hub.Options.NONE);
  }

  /** With an account that is connected. */
  static TestHub connected(Path root) throws IOException, InterruptedException {
    var hub = empty(root);
    hub.hub().start();
    hub.addAccount(Said.ME.value());
    hub.client();
    hub.settle();
    return hub;
  }

  /** Without an account, and not started. */
  static TestHub empty(Path root) throws IOException {
    return new TestHub(root);
  }

  Hub hub() {
    return hub;
  }

  Path folder() {
    return folder;
  }

  Chats chats() {
    return hub.chats();
  }

  Messages messages() {
    return hub.messages();
  }

  AccountId addAccount(String user) throws IOException, InterruptedException {
    try (var login = hub.accounts().login("scripted")) {
      var _ = login.begin();
      var step = login.submit(Map.of("user", user));
      if (!(step instanceof LoginStep.Complete)) {
        throw new AssertionError(step);
      }
      return login.account().id();
    }
  }

  ScriptedNetwork.Client client() {
    return network.client(ACCOUNT);
  }

  /** Has the network say something, and say it again, which must change nothing. */
  void saysTwice(NetworkEvent... batch) {
    client().says(batch);
    long after = lastChange();
    var shown = bodies();
    client().says(batch);
    assertEquals(shown, bodies(), "seen twice");
    assertEquals(
        List.of(),
        changesAfter(after).stream().filter(Change.MessageUpserted.class::isInstance).toList(),
        "announced twice");
  }

  /** Waits until the account is connected with nothing left to fetch. */
  void settle() {
    Eventually.holds("connected", () -> account().state().status() == Status.CONNECTED);
  }

  Account account() {
    return hub.accounts().list(Grant.HUB).getFirst();
  }

  void advance(Duration by) {
    clock.advance(by);
    hub.clockMoved();
  }

  /** Ends in good order and opens again. */
  void restart() {
    closeBeside();
    hub.close();
    hub = openHub();
    hub.start();
  }

  /** Goes on with what a process that died now would have left on the disk. */
  void crash() throws IOException {
    var copy = root.resolve("crashed-" + copies++);
    try (var files = Files.walk(folder)) {
      for (var file : files.toList()) {
        Files.copy(file, copy.resolve(folder.relativize(file)));
      }
    }
    closeBeside();
    hub.close();
    folder = copy;
    hub = openHub();
    hub.start();
  }

  Chat chat() {
    return chats().get(Grant.HUB, Said.CHAT, -1);
  }

  /** All messages of the chat, newest first, by pages of {@code limit}. */
  List<Message> all(int limit) {
    return all(Said.CHAT, limit);
  }

  List<Message> all(String chat, int limit) {
    var result = new ArrayList<Message>();
    var request = PageRequest.newest(limit);
    while (true) {
      var page = messages().list(Grant.HUB, chat, request);
      result.addAll(page.items());
      if (!page.hasMore() || page.items().isEmpty()) {
        return result;
      }
      request = new PageRequest(page.oldestCursor(), Direction.BEFORE, limit);
    }
  }

  /** The bodies of all messages, oldest first. */
  List<String> bodies() {
    return all(50).reversed().stream().map(m -> m.content().body()).toList();
  }

  Message message(String id) {
    return messages().get(Grant.HUB, Said.CHAT, id);
  }

  String send(String text) {
    return messages()
        .send(Grant.HUB, Said.CHAT, new Messages.NewMessage(text, null, List.of()))
        .pendingId();
  }

  List<Change> changesAfter(long seq) {
    return hub.changes().after(seq, 1000);
  }

  /** The kinds of what changed since {@code seq}, in order. */
  List<String> kindsAfter(long seq) {
    return changesAfter(seq).stream()
        .map(change ->
            switch (change) {
              case Change.ChatUpserted _ -> "chat";
              case Change.ChatDeleted _ -> "chat deleted";
              case Change.MessageUpserted(_, _, _, var ids) ->
                  "message" + " alias".repeat(ids.size() - 1);
              case Change.MessageDeleted _ -> "message deleted";
              case Change.AccountChanged _ -> "account";
            })
        .toList();
  }

  long lastChange() {
    return hub.changes().last();
  }

  /**
   * Lets time pass, a step at a time, until {@code condition} holds. What a thread of the hub waits
   * for may be counted from a moment that no test can know, so that no single step is long enough.
   */
  void passUntil(String what, Duration step, BooleanSupplier condition) {
    Eventually.holds(
        what,
        () -> {
          advance(step);
          return condition.getAsBoolean();
        });
  }

  /** Lets time pass until no history is missing, whatever was tried in vain before. */
  void fillGaps() {
    passUntil("filled", Duration.ofMinutes(1), () -> number("SELECT count(*) FROM gap") == 0);
  }

  /** Ends the link, as a network does; returns once nothing runs. */
  void breakLink() {
    client().breaks(new IOException("The network is gone."));
    Eventually.holds("broken", () -> !network.isRunning(ACCOUNT));
  }

  /** Lets time pass until the link runs again. */
  ScriptedNetwork.Client reconnected() {
    return reconnected(Duration.ofMillis(100));
  }

  ScriptedNetwork.Client reconnected(Duration step) {
    passUntil("connected again", step, () -> network.isRunning(ACCOUNT));
    return client();
  }

  /** A number that a query finds in the file. */
  synchronized long number(String query) {
    try {
      var connection = beside;
      if (connection == null) {
        connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Hub.STORE));
        beside = connection;
      }
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery(query)) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Changes the file behind the hub's back. */
  void alter(String statement) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Hub.STORE));
        var altering = connection.createStatement()) {
      altering.executeUpdate(statement);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private synchronized void closeBeside() {
    try {
      if (beside != null) {
        beside.close();
      }
      beside = null;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    closeBeside();
    hub.close();
  }
}
