package dev.belfry.sandbox;

import dev.belfry.model.AccountId;
import dev.belfry.network.LoggedOutException;
import dev.belfry.network.NetworkEvent;
import dev.belfry.sandbox.media.MediaFolder;
import dev.belfry.sandbox.world.Plan;
import dev.belfry.sandbox.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/**
 * The other end of one account's link: what a network's servers would be. Its past is told by
 * {@link World}; what happened since stands in the journal, is kept in memory as well, and is
 * brought to the hub in that order.
 */
final class SimulatedNetwork {
  private static final int BATCH = 200;
  private static final String LOGGED_OUT =
      "The sandbox network has ended this login. Log in again to go on.";

  /**
   * What a client hands to the hub next.
   *
   * @param again what it hands over once more after that
   * @param position how much of the journal the hub has then
   */
  record Batch(List<NetworkEvent> events, List<NetworkEvent> again, int position) {}

  private final Path folder;
  private final InstantSource clock;
  private final Journal journal;
  private final World world;
  private final Faults faults = new Faults();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, ChatState> chats = new HashMap<>();
  private final Map<String, String> keysByTransaction = new HashMap<>();
  private final List<NetworkEvent> passing = new ArrayList<>();
  private Connection connection = new Connection();
  private boolean down;
  private Instant downUntil = Instant.MIN;
  private int duplicateFrom = Integer.MAX_VALUE;

  /**
   * @param folder the account's; exists
   */
  SimulatedNetwork(AccountId account, Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
    this.journal = new Journal(journalFile(folder), clock.instant());
    this.world = new World(account, journal.start(), media(folder));
    // a chat that an earlier version had is gone with what was said in it
    journal.entries().stream()
        .filter(entry -> world.plan(entry.event().chatKey()).isPresent())
        .forEach(this::remember);
  }

  static Path journalFile(Path folder) {
    return folder.resolve("network.jsonl");
  }

  static MediaFolder media(Path folder) {
    return new MediaFolder(folder.resolve("media"));
  }

  World world() {
    return world;
  }

  Faults faults() {
    return faults;
  }

  /** Runs something while nothing else happens on the network. */
  <T> T still(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  // ---- what happens

  /**
   * Lets something happen.
   *
   * @param cause the key of the owner's message that brought it about
   * @param step as in {@link Entry}
   */
  List<NetworkEvent> happen(@Nullable String cause, int step, Happening happening) {
    lock.lock();
    try {
      Map<String, Integer> given = new HashMap<>();
      List<NetworkEvent> events =
          happening.events(
              chatKey -> {
                ChatState chat = chat(chatKey);
                int number = chat.next() + given.merge(chatKey, 1, Integer::sum) - 1;
                return chat.plan().eventKey(number);
              },
              now());
      if (events.isEmpty()) {
        return events;
      }
      List<Entry> added = events.stream().map(event -> new Entry(event, cause, step)).toList();
      journal.add(added);
      added.forEach(this::remember);
      news.signalAll();
      return events;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a step of an answer; what follows from it is in force before any of it is delivered. */
  void take(String cause, int number, Step step) {
    lock.lock();
    try {
      happen(cause, number, step.happening());
      step.after().run();
    } finally {
      lock.unlock();
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  private void remember(Entry entry) {
    entries.add(entry);
    chat(entry.event().chatKey()).apply(entry.event());
    if (entry.event() instanceof NetworkEvent.MessageReceived message
        && message.transaction() != null) {
      keysByTransaction.put(message.transaction(), message.key());
    }
  }

  /**
   * @throws IllegalArgumentException when there is no such chat
   */
  ChatState chat(String chatKey) {
    ChatState known = chats.get(chatKey);
    if (known != null) {
      return known;
    }
    Plan plan =
        world
            .plan(chatKey)
            .orElseThrow(() -> new IllegalArgumentException("no such chat: " + chatKey));
    ChatState state = new ChatState(plan, world.story(plan));
    chats.put(chatKey, state);
    return state;
  }

  /** All of a chat's timeline; past and since. */
  List<NetworkEvent.Timeline> timeline(String chatKey) {
    return still(() -> {
      ChatState chat = chat(chatKey);
      List<NetworkEvent.Timeline> all = new ArrayList<>(world.story(chat.plan()).events());
      all.addAll(chat.later());
      return all;
    });
  }

  /** What a message became that was sent with this transaction. */
  Optional<String> keyOf(String transaction) {
    return still(() -> Optional.ofNullable(keysByTransaction.get(transaction)));
  }

  /** The owner's messages from this hub, with the number of steps of the answer that are done. */
  Map<NetworkEvent.MessageReceived, Integer> sent() {
    return still(() -> {
      Map<String, Integer> steps = new HashMap<>();
      for (Entry entry : entries) {
        if (entry.cause() != null) {
          steps.merge(entry.cause(), entry.step(), Math::max);
        }
      }
      Map<NetworkEvent.MessageReceived, Integer> sent = new HashMap<>();
      for (Entry entry : entries) {
        if (entry.event() instanceof NetworkEvent.MessageReceived message
            && message.transaction() != null) {
          sent.put(message, steps.getOrDefault(message.key(), 0));
        }
      }
      return sent;
    });
  }

  /** What has become of the owner's messages since the first start, and who has read them. */
  List<List<NetworkEvent>> fates(int atOnce) {
    return still(() ->
        entries.stream()
            .map(Entry::event)
            .filter(event ->
                event instanceof NetworkEvent.ReadByOther
                    || event instanceof NetworkEvent.DeliveryChanged)
            .gather(Gatherers.windowFixed(atOnce))
            .toList());
  }

  // ---- the link

  Connection connect() throws IOException, LoggedOutException {
    lock.lock();
    try {
      if (Files.exists(loggedOut())) {
        throw new LoggedOutException(LOGGED_OUT);
      }
      if (down || clock.instant().isBefore(downUntil)) {
        throw new IOException("the sandbox network is down");
      }
      connection.end(Connection.State.CUT, entries.size());
      connection = new Connection();
      news.signalAll();
      return connection;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for news. Empty when the client has closed the link. */
  Optional<Batch> take(Connection link, int from)
      throws IOException, LoggedOutException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        int end = Math.min(link.end(), entries.size());
        if (link.state() == Connection.State.CLOSED) {
          return Optional.empty();
        }
        if (from < end || (!passing.isEmpty() && link.state() == Connection.State.UP)) {
          return Optional.of(batch(from, Math.min(end, from + BATCH)));
        }
        if (link.state() == Connection.State.LOGGED_OUT) {
          throw new LoggedOutException(LOGGED_OUT);
        }
        if (link.state() == Connection.State.CUT) {
          throw new IOException("the link to the sandbox network broke");
        }
        news.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private Batch batch(int from, int to) {
    List<NetworkEvent> events = new ArrayList<>();
    List<NetworkEvent> again = new ArrayList<>();
    for (int i = from; i < to; i++) {
      NetworkEvent event = entries.get(i).event();
      events.add(event);
      if (i >= duplicateFrom && event instanceof NetworkEvent.Timeline) {
        again.add(event);
        duplicateFrom = Integer.MAX_VALUE;
      }
    }
    if (to == entries.size()) {
      events.addAll(passing);
      passing.clear();
    }
    return new Batch(events, again, to);
  }

  int position() {
    return still(entries::size);
  }

  boolean isUp(Connection link) {
    return still(() -> link.state() == Connection.State.UP);
  }

  /** How long a client had better wait before it tries again. */
  Duration wait(Duration least) {
    return still(() -> {
      Instant soonest = clock.instant().plus(least);
      return downUntil.isAfter(soonest) ? Duration.between(clock.instant(), downUntil) : least;
    });
  }

  void close(Connection link) {
    end(link, Connection.State.CLOSED);
  }

  private void end(Connection link, Connection.State how) {
    lock.lock();
    try {
      link.end(how, entries.size());
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Breaks the link, after what has happened so far has come through. */
  void drop(Duration time) {
    lock.lock();
    try {
      downUntil = clock.instant().plus(time);
      end(connection, Connection.State.CUT);
    } finally {
      lock.unlock();
    }
  }

  void down() {
    lock.lock();
    try {
      down = true;
      end(connection, Connection.State.CUT);
    } finally {
      lock.unlock();
    }
  }

  void up() {
    lock.lock();
    try {
      down = false;
      downUntil = Instant.MIN;
    } finally {
      lock.unlock();
    }
  }

  /** Delivers the next event of a timeline twice. */
  void duplicateNext() {
    lock.lock();
    try {
      duplicateFrom = entries.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands something to the client that is connected, or else to the next one, and keeps no record
   * of it.
   */
  void pass(List<NetworkEvent> events) {
    lock.lock();
    try {
      passing.addAll(events);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Path loggedOut() {
    return folder.resolve("logged-out");
  }

  void logOut() {
    lock.lock();
    try {
      Files.writeString(loggedOut(), "");
      end(connection, Connection.State.LOGGED_OUT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  void logIn() {
    try {
      Files.deleteIfExists(loggedOut());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
