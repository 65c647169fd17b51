package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Message;
import dev.belfry.model.PageRequest;
import dev.belfry.model.PageRequest.Direction;
import dev.belfry.network.NetworkEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever networks say and users do, in whatever order: counters equal a recount, pages hold every
 * message once, ids stay, and the order is the network's. A failure names its seed; {@code
 * -Dbelfry.seeds=N} plays more of them.
 */
@Tag("hub")
class RandomTest {
  private static final int STEPS = 500;
  private static final Set<HubException.Reason> REFUSALS =
      Set.of(HubException.Reason.NOT_FOUND, HubException.Reason.UNPROCESSABLE);

  @TempDir Path temp;

  @TestFactory
  Stream<DynamicTest> steps() {
    return LongStream.rangeClosed(Long.getLong("belfry.first", 1), Long.getLong("belfry.seeds", 6))
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> new Run(seed).play()));
  }

  private final class Run {
    private final Random random;
    private final RandomWorld world;
    private final RandomUser user;
    private final Map<String, Long> ids = new HashMap<>();

    Run(long seed) throws Exception {
      random = new Random(seed);
      world = new RandomWorld(Files.createDirectory(temp.resolve("seed-" + seed)), random);
      user = new RandomUser(world, random);
    }

    void play() {
      try (world) {
        for (int step = 1; step <= STEPS; step++) {
          step();
          if (step % 35 == 0) {
            check("step " + step);
          }
        }
        world.syncAll();
        world.fillAll();
        check("the end");
        world.settle();
        check("peace");
        assertEquals(0, world.number(KEPT_WORDS), "words of deleted messages");
        world.chats().forEach(this::checkComplete);
      }
    }

    private void step() {
      var chat = world.chats().get(random.nextInt(world.chats().size()));
      switch (random.nextInt(28)) {
        case 0, 1, 2, 3, 4, 5 -> world.happens(chat);
        case 6, 7, 8 -> world.sync(chat);
        case 9 -> world.replay();
        case 10 -> world.fillSome();
        case 11 -> world.readElsewhere(chat);
        case 12 -> gesture(() -> world.markRead(chat));
        case 13, 14 -> gesture(() -> world.markUnread(chat));
        case 15, 16 -> gesture(() -> user.send(chat));
        case 17, 18, 19 -> world.perform();
        case 20 -> gesture(() -> user.retry(chat));
        case 21 -> gesture(() -> user.cancel(chat));
        case 22, 23 -> gesture(() -> user.edit(chat));
        case 24 -> gesture(() -> user.delete(chat));
        case 25 -> gesture(() -> user.react(chat));
        case 26 -> gesture(() -> user.unreact(chat));
        default -> world.passTime();
      }
    }

    /** A gesture at what is not stored yet, or does not allow it, is refused, and that is all. */
    private static void gesture(Runnable work) {
      try {
        work.run();
      } catch (HubException e) {
        assertTrue(REFUSALS.contains(e.reason()), e::toString);
      }
    }

    private void check(String when) {
      assertEquals(0, world.number(WRONG_COUNTERS), "wrong counters at " + when);
      assertEquals(0, world.number(WRONG_LAST), "wrong last messages at " + when);
      assertEquals(0, world.number(UNMARKED), "reactions that are not looked for at " + when);
      assertEquals(0, world.number("SELECT count(*) FROM quarantine"), "quarantine at " + when);
      for (var chat : world.chats()) {
        if (world.isKnown(chat)) {
          checkPages(chat, when);
          checkOrder(chat, when);
        }
      }
    }

    private static final String WRONG_COUNTERS =
        """
        SELECT count(*) FROM chat c WHERE
          unread <> (SELECT count(*) FROM message m WHERE m.chat = c.id AND m.id > c.read_up_to
            AND m.flags & 28 = 0)
          OR unread_mentions <> (SELECT count(*) FROM message m WHERE m.chat = c.id AND m.id > c.read_up_to
            AND m.flags & 28 = 0 AND m.flags & 2 = 2)
        """;

    private static final String WRONG_LAST =
        """
        SELECT count(*) FROM chat c WHERE
          last_message IS NOT (SELECT max(m.id) FROM message m WHERE m.chat = c.id AND m.flags & 8 = 0)
          OR activity < ifnull(last_message, 0)
        """;

    private static final String UNMARKED =
        """
        SELECT count(*) FROM message r JOIN message t ON t.chat = r.chat AND t.network_key = r.target_key
        WHERE r.kind = 'REACTION' AND t.reacted = 0
        """;

    private static final String KEPT_WORDS =
        """
        SELECT (SELECT count(*) FROM message WHERE flags & 16 = 16 AND body <> '')
          + (SELECT count(*) FROM message e JOIN message t ON t.chat = e.chat AND t.network_key = e.target_key
             WHERE e.kind = 'EDIT' AND e.body <> '' AND t.flags & 16 = 16)
          + (SELECT count(*) FROM original o JOIN message m ON m.id = o.message WHERE m.flags & 16 = 16 OR m.edited_ts IS NULL)
        """;

    /** Both ways, by pages of any size: the same messages, each once, in one order. */
    private void checkPages(String chat, String when) {
      int limit = 1 + random.nextInt(9);
      var back = all(chat, Direction.BEFORE, limit);
      var forth = all(chat, Direction.AFTER, limit);
      assertEquals(back, forth.reversed(), when + " pages of " + limit);
      assertEquals(back.size(), back.stream().distinct().count(), when);
      long stored =
          world.number(
              """
              SELECT (SELECT count(*) FROM message m JOIN chat c ON c.id = m.chat
                  WHERE c.network_key = '%1$s' AND m.flags & 8 = 0)
                + (SELECT count(*) FROM outbox o JOIN chat c ON c.id = o.chat
                  WHERE c.network_key = '%1$s' AND o.kind = 'SEND_MESSAGE')
              """
                  .formatted(chat));
      assertEquals(stored, back.size(), when + " pages of " + limit);
    }

    private List<String> all(String chat, Direction direction, int limit) {
      var result = new ArrayList<String>();
      String cursor = null;
      while (true) {
        var page =
            world.messages().list(Grant.HUB, chat, new PageRequest(cursor, direction, limit));
        assertTrue(page.items().size() <= limit);
        var ids = page.items().stream().map(Message::apiId).toList();
        result.addAll(direction == Direction.BEFORE ? ids : ids.reversed());
        if (!page.hasMore() || page.items().isEmpty()) {
          return result;
        }
        cursor = direction == Direction.BEFORE ? page.oldestCursor() : page.newestCursor();
      }
    }

    /** Ids stay what they were, and order the chat as the network does. */
    private void checkOrder(String chat, String when) {
      int last = -1;
      for (var row : world.places(chat)) {
        var before = ids.put(chat + row.key(), row.place());
        assertTrue(before == null || before == row.place(), when + ": the id of " + row.key());
        if (!row.placedHere()) {
          int index = world.indexOf(chat, row.key());
          assertTrue(
              index > last,
              () ->
                  "%s: %s is out of order in %s: %s"
                      .formatted(when, row.key(), chat, world.describe(chat)));
          last = index;
        }
      }
    }

    /** Everything that ever happened is here, with the text that it has at the end. */
    private void checkComplete(String chat) {
      var timeline = world.timeline(chat);
      assertEquals(
          timeline.size(),
          world.number(
              "SELECT count(*) FROM message m JOIN chat c ON c.id = m.chat WHERE c.network_key = '"
                  + chat
                  + "' AND m.network_key IS NOT NULL"));
      for (var event : timeline) {
        if (event instanceof NetworkEvent.MessageReceived message && !message.content().hidden()) {
          var shown = world.messages().get(Grant.HUB, chat, message.key());
          var expected =
              world.answers().isGoneForMe(message.key()) ? null : InTheEnd.text(timeline, message);
          assertEquals(expected, textOf(shown), message.key());
          assertEquals(
              InTheEnd.reactions(timeline, message),
              shown.reactions().stream().map(r -> r.participant() + r.key()).sorted().toList());
        }
      }
    }

    private static @Nullable String textOf(Message message) {
      return message.isDeleted() ? null : message.content().body();
    }
  }
}
