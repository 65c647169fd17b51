package dev.belfry.bench.data;

import dev.belfry.model.User;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.MessageDeleted;
import dev.belfry.network.NetworkEvent.MessageEdited;
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.NetworkEvent.Reacted;
import dev.belfry.network.NetworkEvent.ReadByOther;
import dev.belfry.network.NetworkEvent.ReadElsewhere;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * Three years of two accounts, in the order of time: conversations of a few messages, now in this
 * chat, now in that, with reactions, replies, edits, deletions and receipts. The same for the same
 * size, on every machine.
 */
final class Story implements Iterator<Slice> {
  static final int ACCOUNTS = 2;

  /** The moment of the last message; fixed, as the data must not depend on the day. */
  static final Instant END = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration SPAN = Duration.ofDays(3 * 365);
  private static final int EVENTS_A_SLICE = 400;
  private static final int ROOMS_A_SLICE = 20;
  private static final int PEOPLE_A_ROOM = 3;

  /** Rather too high: else the story would reach its end before its last message. */
  private static final double EVENTS_A_MESSAGE = 1.4;

  private static final int SEED = 20260101;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Size size;
  private final Texts texts;
  private final Contents contents;
  private final List<People> people = new ArrayList<>();
  private final List<List<Room>> rooms = new ArrayList<>();
  private final List<Zipf> busy = new ArrayList<>();
  private final Deque<Slice> prepared = new ArrayDeque<>();
  private final double meanGapMillis;
  private long told;
  private long events;
  private long now = END.minus(SPAN).toEpochMilli();
  private boolean ended;

  Story(Size size) {
    this.size = size;
    var vocabulary = new Vocabulary(size.words());
    texts = new Texts(vocabulary);
    contents = new Contents(texts);
    meanGapMillis = SPAN.toMillis() / (size.messages() * EVENTS_A_MESSAGE);
    int second = Math.max(1, size.chats() / 5);
    settle(0, size.chats() - second, vocabulary);
    settle(1, second, vocabulary);
  }

  private void settle(int account, int count, Vocabulary names) {
    var known = new People(account, count * PEOPLE_A_ROOM, names, random);
    people.add(known);
    var mine = new ArrayList<Room>(count);
    for (int i = 0; i < count; i++) {
      mine.add(new Room(account * 1_000_000 + i, known, random));
    }
    rooms.add(mine);
    busy.add(new Zipf(count, 1.0));
    var began = Instant.ofEpochMilli(now);
    for (int i = 0; i < count; i += ROOMS_A_SLICE) {
      var slice = new ArrayList<NetworkEvent>();
      for (var room : mine.subList(i, Math.min(count, i + ROOMS_A_SLICE))) {
        slice.addAll(room.beginning(began, texts, random));
      }
      prepared.add(new Slice(account, slice, 0));
    }
  }

  User owner(int account) {
    return people.get(account).owner();
  }

  @Override
  public boolean hasNext() {
    return !prepared.isEmpty() || told < size.messages() || !ended;
  }

  @Override
  public Slice next() {
    if (!prepared.isEmpty()) {
      return prepared.remove();
    }
    if (told < size.messages()) {
      return conversations();
    }
    if (ended) {
      throw new NoSuchElementException();
    }
    ended = true;
    for (int account = 0; account < ACCOUNTS; account++) {
      prepared.addAll(lastWords(account));
    }
    return prepared.remove();
  }

  private Slice conversations() {
    int account = random.nextInt(5) == 0 ? 1 : 0;
    var slice = new ArrayList<NetworkEvent>(EVENTS_A_SLICE + 64);
    long before = told;
    while (slice.size() < EVENTS_A_SLICE && told < size.messages()) {
      conversation(rooms.get(account).get(busy.get(account).draw(random)), slice);
    }
    return new Slice(account, slice, (int) (told - before));
  }

  private void conversation(Room room, List<NetworkEvent> slice) {
    int length = 1 + (int) (-7 * Math.log(1 - random.nextDouble()));
    for (int i = 0; i < length && told < size.messages(); i++) {
      message(room, slice);
      switch (random.nextInt(100)) {
        case 0 -> edit(room, slice);
        case 1 -> delete(room, slice);
        case 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 -> react(room, slice);
        default -> {}
      }
    }
    var last = room.last();
    if (last != null && random.nextBoolean()) {
      slice.add(new ReadElsewhere(room.key(), ReadElsewhere.Source.RECEIPT, last.key()));
    }
    if (last != null && last.own() && random.nextBoolean()) {
      slice.add(new ReadByOther(room.key(), room.other(random).id(), last.key(), time()));
    }
  }

  private void message(Room room, List<NetworkEvent> slice) {
    // Half of what stands in a chat of two is the owner's, of a group a tenth.
    boolean own = random.nextInt(10) < (room.isDirect() ? 5 : 1);
    var sender = own ? room.owner() : room.other(random);
    var content = contents.next(random, room);
    var answered = random.nextInt(12) == 0 ? room.recent(random) : null;
    if (answered != null) {
      content = content.withReplyTo(answered.key());
    }
    var key = nextKey();
    slice.add(new MessageReceived(room.key(), key, sender.id(), own, content, time(), null));
    room.say(new Room.Said(key, sender, own));
    told++;
  }

  private void react(Room room, List<NetworkEvent> slice) {
    var target = room.recent(random);
    if (target == null) {
      return;
    }
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      boolean own = random.nextInt(4) == 0;
      var by = own ? room.owner() : room.other(random);
      slice.add(
          new Reacted(
              room.key(),
              nextKey(),
              by.id(),
              own,
              target.key(),
              Texts.emoji(random),
              true,
              null,
              time(),
              null));
    }
  }

  private void edit(Room room, List<NetworkEvent> slice) {
    var target = room.recent(random);
    if (target != null) {
      slice.add(
          new MessageEdited(
              room.key(),
              nextKey(),
              target.by().id(),
              target.own(),
              target.key(),
              contents.next(random, room),
              time(),
              null));
    }
  }

  private void delete(Room room, List<NetworkEvent> slice) {
    var target = room.recent(random);
    if (target != null) {
      slice.add(
          new MessageDeleted(room.key(), nextKey(), target.by().id(), target.key(), time(), null));
    }
  }

  /** In the end four chats of five are read to their end. */
  private List<Slice> lastWords(int account) {
    var slices = new ArrayList<Slice>();
    var slice = new ArrayList<NetworkEvent>();
    for (var room : rooms.get(account)) {
      var last = room.last();
      if (last != null && random.nextInt(5) > 0) {
        slice.add(new ReadElsewhere(room.key(), ReadElsewhere.Source.MARKER, last.key()));
      }
      if (slice.size() == EVENTS_A_SLICE) {
        slices.add(new Slice(account, List.copyOf(slice), 0));
        slice.clear();
      }
    }
    slices.add(new Slice(account, List.copyOf(slice), 0));
    return slices;
  }

  private String nextKey() {
    return Keys.event(events++);
  }

  /** Time goes on with each event. */
  private Instant time() {
    now += Math.round(-meanGapMillis * Math.log(1 - random.nextDouble()));
    return Instant.ofEpochMilli(Math.min(now, END.toEpochMilli()));
  }
}
