package dev.belfry.sandbox;

import dev.belfry.model.AccountId;
import dev.belfry.model.AccountState;
import dev.belfry.model.MessageContent;
import dev.belfry.network.Action;
import dev.belfry.network.Events;
import dev.belfry.network.NetworkClient;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client that runs, and what it has delivered. */
final class Link implements Events, AutoCloseable {
  private final List<List<NetworkEvent>> batches = new ArrayList<>();
  private final List<AccountState> states = new ArrayList<>();
  private final NetworkClient client;
  private final Thread thread;
  private @Nullable Exception end;
  private boolean ended;

  Link(SandboxConnector connector, AccountId account, Path folder) {
    client = connector.open(account, folder);
    thread = Thread.ofVirtual().start(this::run);
  }

  private void run() {
    Exception how = null;
    try {
      client.run(this);
    } catch (Exception e) {
      how = e;
    }
    synchronized (this) {
      end = how;
      ended = true;
      notifyAll();
    }
  }

  NetworkClient client() {
    return client;
  }

  @Override
  public synchronized void accept(List<NetworkEvent> batch) {
    batches.add(List.copyOf(batch));
    notifyAll();
  }

  @Override
  public synchronized void state(AccountState state) {
    states.add(state);
    notifyAll();
  }

  synchronized List<AccountState> states() {
    return List.copyOf(states);
  }

  synchronized List<List<NetworkEvent>> batches() {
    return List.copyOf(batches);
  }

  synchronized List<NetworkEvent> events() {
    return batches.stream().flatMap(List::stream).toList();
  }

  <T extends NetworkEvent> List<T> events(Class<T> kind) {
    return events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Waits for an event. */
  synchronized <T extends NetworkEvent> T await(Class<T> kind, Predicate<T> which)
      throws InterruptedException {
    while (true) {
      for (T event : events(kind)) {
        if (which.test(event)) {
          return event;
        }
      }
      wait();
    }
  }

  /** Waits until a text has been delivered so often. */
  synchronized List<NetworkEvent.MessageReceived> awaitTexts(String text, int times)
      throws InterruptedException {
    while (true) {
      List<NetworkEvent.MessageReceived> found =
          events(NetworkEvent.MessageReceived.class).stream()
              .filter(message -> message.content().body().equals(text))
              .toList();
      if (found.size() >= times) {
        return found;
      }
      wait();
    }
  }

  NetworkEvent.MessageReceived awaitText(String text) throws InterruptedException {
    return await(
        NetworkEvent.MessageReceived.class, message -> message.content().body().contains(text));
  }

  /** Waits until the run is over; null when it just returned. */
  synchronized @Nullable Exception awaitEnd() throws InterruptedException {
    while (!ended) {
      wait();
    }
    return end;
  }

  Outcome send(String chatKey, String transaction, String text) throws InterruptedException {
    return client.perform(new Action.SendMessage(chatKey, transaction, MessageContent.text(text)));
  }

  @Override
  public void close() {
    client.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
