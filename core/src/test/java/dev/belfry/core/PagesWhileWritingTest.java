package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.Chat;
import dev.belfry.model.ChatListItem;
import dev.belfry.model.ChatQuery;
import dev.belfry.model.ChatType;
import dev.belfry.model.Grant;
import dev.belfry.model.Message;
import dev.belfry.model.MessageQuery;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import dev.belfry.model.PageRequest.Direction;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever pages while messages arrive, either way and by pages of any size, sees what was there
 * when they began exactly once. {@code -Dbelfry.seeds=N} plays more of them.
 */
@Tag("hub")
class PagesWhileWritingTest {
  private static final int MESSAGES = 60;
  private static final int CHATS = 25;
  private static final int BUSY_PAGES = 40;

  @TempDir Path temp;

  @TestFactory
  Stream<DynamicTest> walks() {
    return LongStream.rangeClosed(1, Long.getLong("belfry.seeds", 3))
        .mapToObj(seed ->
            DynamicTest.dynamicTest(
                "seed " + seed,
                () -> {
                  var folder = Files.createDirectory(temp.resolve("seed-" + seed));
                  try (var hub = TestHub.connected(folder)) {
                    new Walks(hub, new Random(seed)).play();
                  }
                }));
  }

  private static final class Walks {
    private final TestHub hub;
    private final Random random;
    private int arrived;

    Walks(TestHub hub, Random random) {
      this.hub = hub;
      this.random = random;
    }

    void play() {
      arrive(MESSAGES, _ -> Said.CHAT);
      arrive(CHATS, i -> "!chat" + i + ":x");
      for (var direction : Direction.values()) {
        for (int i = 0; i < 5; i++) {
          messages(direction);
          chats(direction);
          foundChats(direction);
          foundMessages(direction);
        }
      }
    }

    private void arrive(int count, Function<Integer, String> chat) {
      var batch = new ArrayList<NetworkEvent>();
      for (int i = 0; i < count; i++) {
        hub.clock.advance(Duration.ofMillis(random.nextInt(3)));
        var key = "$" + arrived++;
        batch.add(
            Said.message(chat.apply(i), key, Said.ALICE, "word " + arrived, hub.clock.instant()));
      }
      hub.client().says(batch.toArray(NetworkEvent[]::new));
    }

    /** Between two pages: something new here and in chats that may lie on pages seen or unseen. */
    private void something() {
      if (random.nextInt(3) > 0) {
        arrive(1 + random.nextInt(3), _ -> Said.CHAT);
      }
    }

    private void messages(Direction direction) {
      walk(
          direction,
          request -> hub.messages().list(Grant.HUB, Said.CHAT, request),
          Message::apiId,
          this::something);
    }

    private void foundMessages(Direction direction) {
      var query = MessageQuery.of("wor*");
      walk(
          direction,
          request -> hub.hub().search().messages(Grant.HUB, query, request).page(),
          Message::apiId,
          this::something);
    }

    /**
     * A chat that rises while somebody pages down is seen on no further page; one that somebody
     * pages up to is met again at its new place. What does not move is seen exactly once.
     */
    private void chats(Direction direction) {
      walk(
          direction,
          request -> hub.chats().list(Grant.HUB, List.of(), request),
          (ChatListItem item) -> item.chat().canonicalId(),
          this::something);
    }

    private void foundChats(Direction direction) {
      var query = ChatQuery.of("", ChatQuery.Scope.TITLES, null);
      walk(
          direction,
          request -> hub.hub().search().chats(Grant.HUB, query, request),
          Chat::canonicalId,
          this::something);
    }

    private <T> void walk(
        Direction direction,
        Function<PageRequest, Page<T>> list,
        Function<T, String> id,
        Runnable between) {
      var there = new HashSet<>(all(direction, list, id, 100, () -> {}));
      there.remove(Said.CHAT);
      int limit = 1 + random.nextInt(9);
      var seen = all(direction, list, id, limit, between);
      seen.removeIf(Said.CHAT::equals);
      assertEquals(seen.size(), new HashSet<>(seen).size(), "twice");
      seen.retainAll(there);
      assertEquals(there, new HashSet<>(seen), direction + " by " + limit);
    }

    /** Who goes up must come to an end, so after a while nothing happens between two pages. */
    private static <T> List<String> all(
        Direction direction,
        Function<PageRequest, Page<T>> list,
        Function<T, String> id,
        int limit,
        Runnable between) {
      var seen = new ArrayList<String>();
      @Nullable String cursor = null;
      Page<T> page;
      int pages = 0;
      do {
        page = list.apply(new PageRequest(cursor, direction, limit));
        assertTrue(page.items().size() <= limit);
        var ids = page.items().stream().map(id).toList();
        seen.addAll(direction == Direction.BEFORE ? ids : ids.reversed());
        cursor = direction == Direction.BEFORE ? page.oldestCursor() : page.newestCursor();
        if (pages++ < BUSY_PAGES) {
          between.run();
        }
      } while (page.hasMore());
      return seen;
    }
  }

  /** A chat that turns into one of another type takes all its messages along. */
  @TestFactory
  Stream<DynamicTest> retyped() {
    return Stream.of(ChatType.values())
        .map(to -> DynamicTest.dynamicTest("to " + to, () -> retyped(to)));
  }

  private void retyped(ChatType to) throws Exception {
    var from = to == ChatType.SINGLE ? ChatType.GROUP : ChatType.SINGLE;
    try (var hub = TestHub.connected(Files.createDirectory(temp.resolve(to.name())))) {
      hub.client()
          .says(
              Said.chat(ChatUpdate.builder().type(from)),
              Said.message("$1", Said.ALICE, "early word"),
              Said.message("!other:x", "$1", Said.BOB, "another word", Said.AT));
      int there = from == ChatType.GROUP ? 2 : 1; // a chat of no stated type is a group
      assertEquals(there, found(hub, from));
      hub.client().says(Said.chat(ChatUpdate.builder().type(to)));
      hub.client().says(Said.message("$2", Said.ALICE, "late word"));
      int others = to == ChatType.GROUP ? 1 : 0;
      assertEquals(2 + others, found(hub, to));
      assertEquals(1 - others, found(hub, from));
    }
  }

  private static int found(TestHub hub, ChatType type) {
    var all = MessageQuery.of("word");
    var query =
        new MessageQuery(
            all.words(),
            all.chats(),
            all.accounts(),
            type,
            all.media(),
            all.sender(),
            all.after(),
            all.before(),
            true,
            true);
    var page = hub.hub().search().messages(Grant.HUB, query, PageRequest.newest(20)).page();
    return page.items().size();
  }
}
