package dev.belfry.core;

import dev.belfry.model.Grant;
import java.util.List;
import java.util.Random;

/** What the owner does to messages in the random world, most of it possible. */
final class RandomUser {
  private static final String FAILED = "t.network_key IS NULL AND t.kind <> 'REACTION'";
  private static final String QUEUED = "t.kind = 'SEND_MESSAGE'";

  private final RandomWorld world;
  private final Random random;
  private int edits;

  RandomUser(RandomWorld world, Random random) {
    this.world = world;
    this.random = random;
  }

  void send(String chat) {
    world.messages().send(Grant.HUB, chat, new Messages.NewMessage("sent", null, List.of()));
  }

  /** Tries again what waits or failed. */
  void retry(String chat) {
    world.messages().retry(Grant.HUB, chat, unsent(chat));
  }

  /** Gives up what waits or failed. */
  void cancel(String chat) {
    world.messages().cancel(Grant.HUB, chat, unsent(chat));
  }

  void edit(String chat) {
    world.messages().edit(Grant.HUB, chat, own(chat), "edited here " + edits++);
  }

  void delete(String chat) {
    var message = random.nextBoolean() ? own(chat) : some(chat);
    world.messages().delete(Grant.HUB, chat, message, random.nextInt(3) != 0);
  }

  void react(String chat) {
    var key = "r" + random.nextInt(3);
    var transaction = random.nextInt(4) == 0 ? "t" + random.nextInt(20) : null;
    world.reactions().add(Grant.HUB, chat, some(chat), key, transaction);
  }

  void unreact(String chat) {
    world.reactions().remove(Grant.HUB, chat, some(chat), "r" + random.nextInt(3));
  }

  private String unsent(String chat) {
    var failed = world.pendingIds(chat, "message", FAILED);
    var queued = world.pendingIds(chat, "outbox", QUEUED);
    return any(failed.isEmpty() || random.nextBoolean() ? queued : failed);
  }

  /** One of our own messages, or something else, or nothing. */
  private String own(String chat) {
    var own =
        world.timeline(chat).stream()
            .filter(event -> event.sender().equals(Said.ME))
            .map(event -> event.key())
            .toList();
    return random.nextInt(6) == 0 ? some(chat) : any(own);
  }

  /** Rather late ones, so that more than one thing happens to some. */
  private String some(String chat) {
    var all = world.timeline(chat).stream().map(event -> event.key()).toList();
    return any(all.subList(Math.max(0, all.size() - 20), all.size()));
  }

  private String any(List<String> list) {
    return list.isEmpty() ? "$nothing" : list.get(random.nextInt(list.size()));
  }
}
