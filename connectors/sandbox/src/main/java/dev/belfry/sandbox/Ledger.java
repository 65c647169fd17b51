package dev.belfry.sandbox;

import dev.belfry.model.ChatType;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.sandbox.journal.Entry;
import dev.belfry.sandbox.journal.Journal;
import dev.belfry.sandbox.journal.Opening;
import dev.belfry.sandbox.world.Plan;
import dev.belfry.sandbox.world.World;
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
 * What has happened on the simulated network: the past is told by {@link World}; what came since
 * stands in the journal and is kept in memory as well. Its lock is the network's.
 */
final class Ledger {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final World world;
  private final Journal journal;
  private final InstantSource clock;

  /**
   * Tells this network's keys from those of an earlier one, of which the hub may still know events.
   */
  private final String suffix;

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, ChatState> chats = new HashMap<>();
  private final Map<String, String> keysByTransaction = new HashMap<>();

  Ledger(World world, Journal journal, InstantSource clock) {
    this.world = world;
    this.journal = journal;
    this.clock = clock;
    this.suffix = "." + Long.toString(journal.start().toEpochMilli(), Character.MAX_RADIX);
    // a chat that an earlier version had is gone with what was said in it
    for (Entry entry : journal.entries()) {
      if (entry.opening() != null || world.plan(entry.event().chatKey()).isPresent()) {
        remember(entry);
      }
    }
  }

  ReentrantLock lock() {
    return lock;
  }

  /** Signalled when something has happened; awaited under the lock. */
  Condition news() {
    return news;
  }

  /** How many entries there are. */
  int size() {
    return still(entries::size);
  }

  NetworkEvent event(int entry) {
    return still(() -> entries.get(entry).event());
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
                return chat.plan().eventKey(number) + suffix;
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

  /**
   * Opens a chat.
   *
   * @param members handles, without the owner
   * @return its key
   */
  String open(ChatType type, @Nullable String title, List<String> members) {
    lock.lock();
    try {
      Opening opening =
          new Opening(world.newKey(type, members), type, title, List.copyOf(members), now());
      List<Entry> added =
          List.of(
              new Entry(
                  new NetworkEvent.ChatChanged(opening.key(), ChatUpdate.builder().build()),
                  null,
                  0,
                  opening),
              new Entry(
                  new NetworkEvent.MembersChanged(opening.key(), List.of(), List.of(), false, null),
                  null,
                  0));
      journal.add(added);
      added.forEach(this::remember);
      news.signalAll();
      return opening.key();
    } finally {
      lock.unlock();
    }
  }

  /** What only the world can tell in full. */
  private Entry told(Entry entry) {
    Opening opening = entry.opening();
    if (opening != null) {
      world.open(opening.key(), opening.type(), opening.title(), opening.members(), opening.at());
    }
    Plan plan = world.plan(entry.event().chatKey()).orElseThrow();
    if (opening != null) {
      return entry.withEvent(new NetworkEvent.ChatChanged(plan.key(), world.update(plan)));
    }
    return entry.event() instanceof NetworkEvent.MembersChanged
        ? entry.withEvent(world.members(plan))
        : entry;
  }

  private void remember(Entry written) {
    Entry entry = told(written);
    entries.add(entry);
    chat(entry.event().chatKey()).apply(entry.event());
    if (entry.event() instanceof NetworkEvent.Timeline event) {
      String transaction = transaction(event);
      if (transaction != null) {
        keysByTransaction.put(transaction, event.key());
      }
    }
  }

  private static @Nullable String transaction(NetworkEvent.Timeline event) {
    return switch (event) {
      case NetworkEvent.MessageReceived message -> message.transaction();
      case NetworkEvent.MessageEdited edit -> edit.transaction();
      case NetworkEvent.MessageDeleted deletion -> deletion.transaction();
      case NetworkEvent.Reacted reaction -> reaction.transaction();
    };
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
}
