package dev.belfry.http;

import static dev.belfry.http.TestHub.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Chat;
import dev.belfry.api.Message;
import dev.belfry.api.Page;
import dev.belfry.api.Reaction;
import dev.belfry.api.codec.Codec;
import dev.belfry.http.Wire.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two clients that change one chat at once, ten thousand times: what one of them alone changes is
 * never lost to the other, a draft is taken by one only, and the counters are right at the end.
 */
@Tag("hub")
class TwoClientsTest {
  private static final int EACH = 5000;
  private static final String CHAT = "/v1/chats/" + ALICE;

  @TempDir Path folder;

  @Test
  @Timeout(300)
  void noUpdateIsLost() throws Exception {
    try (var hub = new TestHub(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      hub.connect();
      List<String> messages = all(hub).items().stream().map(Message::id).toList();
      var clients =
          List.of(
              new Client(hub, messages, new Random(1), "isMuted", "title", "👍"),
              new Client(hub, messages, new Random(2), "isPinned", "description", "👎"));
      var running = clients.stream().map(threads::submit).toList();
      for (var run : running) {
        run.get();
      }
      check(hub, clients);
      try (var file = new StoreFile(folder)) {
        assertEquals(0, file.wrongCounters(), "the counters and a recount");
      }
    }
  }

  private static Page<Message> all(TestHub hub) throws IOException {
    return Codec.readPage(Message.class, hub.get(CHAT + "/messages?limit=200").body());
  }

  private static void check(TestHub hub, List<Client> clients) throws IOException {
    Chat chat = Codec.read(Chat.class, hub.get(CHAT).body());
    assertEquals(clients.get(0).flag, chat.isMuted());
    assertEquals(clients.get(0).text, chat.title());
    assertEquals(clients.get(1).flag, chat.isPinned());
    assertEquals(clients.get(1).text, chat.description().orNull());
    Page<Message> page = all(hub);
    Set<String> expected =
        clients.stream().flatMap(client -> client.reactions()).collect(Collectors.toSet());
    Set<String> found =
        page.items().stream()
            .flatMap(message -> {
              List<Reaction> reactions = message.reactions();
              return reactions == null
                  ? Stream.empty()
                  : reactions.stream().map(r -> message.id() + r.reactionKey());
            })
            .collect(Collectors.toSet());
    assertEquals(expected, found);
    long unread = page.items().stream().filter(m -> Boolean.TRUE.equals(m.isUnread())).count();
    assertEquals(unread, chat.unreadCount(), "the counter and what is shown as unread");
  }

  /** One of them, with a connection, a flag, a text and a reaction of its own. */
  private static final class Client implements Runnable {
    private final TestHub hub;
    private final List<String> messages;
    private final Random random;
    private final String flagName;
    private final String textName;
    private final String emoji;
    private final boolean[] reacted;
    private boolean flag;
    private String text = "";

    Client(
        TestHub hub,
        List<String> messages,
        Random random,
        String flagName,
        String textName,
        String emoji) {
      this.hub = hub;
      this.messages = messages;
      this.random = random;
      this.flagName = flagName;
      this.textName = textName;
      this.emoji = emoji;
      reacted = new boolean[messages.size()];
    }

    Stream<String> reactions() {
      return IntStream.range(0, reacted.length)
          .filter(i -> reacted[i])
          .mapToObj(i -> messages.get(i) + emoji);
    }

    @Override
    public void run() {
      try (var wire = new Wire(hub.port)) {
        for (int i = 0; i < EACH; i++) {
          change(wire, i);
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private void change(Wire wire, int i) throws IOException {
      int which = random.nextInt(messages.size());
      switch (random.nextInt(8)) {
        case 0, 1 -> patch(wire, i);
        case 2 -> chat(ask(wire, "POST", CHAT + "/unread", message(which)));
        case 3 ->
            chat(ask(wire, "POST", CHAT + "/read", random.nextInt(3) == 0 ? "" : message(which)));
        case 4 -> chat(ask(wire, "POST", CHAT + "/unread", "{}"));
        case 5, 6 -> react(wire, which);
        default -> draft(wire, i);
      }
    }

    private String message(int which) {
      return "{\"messageID\":\"" + messages.get(which) + "\"}";
    }

    /** Every answer to a change of the chat shows what this client changed last. */
    private void patch(Wire wire, int i) throws IOException {
      flag = !flag;
      text = flagName + " " + i;
      chat(
          ask(
              wire,
              "PATCH",
              CHAT,
              "{\"%s\":%s,\"%s\":\"%s\"}".formatted(flagName, flag, textName, text)));
    }

    private void chat(Reply reply) {
      assertEquals(200, reply.status(), reply.text());
      Chat chat = Codec.read(Chat.class, reply.body());
      if (!text.isEmpty()) {
        boolean first = flagName.equals("isMuted");
        assertEquals(flag, first ? chat.isMuted() : chat.isPinned());
        assertEquals(text, first ? chat.title() : chat.description().orNull());
      }
    }

    private void react(Wire wire, int which) throws IOException {
      String path = CHAT + "/messages/" + messages.get(which) + "/reactions";
      Reply reply =
          reacted[which]
              ? ask(wire, "DELETE", path + "/" + emoji, "")
              : ask(wire, "POST", path, "{\"reactionKey\":\"" + emoji + "\"}");
      assertEquals(200, reply.status(), reply.text());
      reacted[which] = !reacted[which];
    }

    /** A draft is taken only where there is none: whoever took it finds it as it was left. */
    private void draft(Wire wire, int i) throws IOException {
      String mine = emoji + " " + i;
      Reply reply = ask(wire, "PATCH", CHAT, "{\"draft\":{\"text\":\"" + mine + "\"}}");
      if (reply.status() != 200) {
        assertEquals(422, reply.status(), reply.text());
        return;
      }
      assertEquals(mine, draftIn(reply));
      assertEquals(mine, draftIn(ask(wire, "GET", CHAT, "")));
      assertNull(draftIn(ask(wire, "PATCH", CHAT, "{\"draft\":null}")));
    }

    private static @Nullable String draftIn(Reply reply) {
      assertTrue(reply.status() == 200, reply.text());
      return Codec.read(Chat.class, reply.body()).draft().value().map(d -> d.text()).orElse(null);
    }

    private Reply ask(Wire wire, String method, String target, String body) throws IOException {
      wire.send(Wire.request(method, target, body, hub.writersHeader()));
      return wire.receive();
    }
  }
}
