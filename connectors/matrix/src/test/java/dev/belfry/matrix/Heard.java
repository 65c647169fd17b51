package dev.belfry.matrix;

import dev.belfry.model.AccountState;
import dev.belfry.network.Events;
import dev.belfry.network.NetworkEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps what a client tells the hub. */
final class Heard implements Events {
  final List<List<NetworkEvent>> batches = new ArrayList<>();
  final BlockingQueue<AccountState> states = new LinkedBlockingQueue<>();

  @Override
  public synchronized void accept(List<NetworkEvent> batch) {
    batches.add(List.copyOf(batch));
    notifyAll();
  }

  @Override
  public void state(AccountState state) {
    states.add(state);
  }

  synchronized List<NetworkEvent> all() {
    return batches.stream().flatMap(List::stream).toList();
  }

  /** The events of a kind, of one chat. */
  <T extends NetworkEvent> List<T> of(Class<T> kind, String chat) {
    return all().stream()
        .filter(event -> event.chatKey().equals(chat))
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** Waits for an event of a kind. */
  synchronized <T extends NetworkEvent> T await(Class<T> kind) throws InterruptedException {
    while (true) {
      for (NetworkEvent event : all()) {
        if (kind.isInstance(event)) {
          return kind.cast(event);
        }
      }
      wait();
    }
  }
}
