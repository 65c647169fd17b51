package dev.belfry.http;

import static dev.belfry.http.Pair.encoded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.codec.Codec;
import dev.belfry.core.Tokens;
import dev.belfry.http.Wire.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a limited token hears, as {@link LimitedTokenTest} does it for calls: the same is done in
 * two worlds, of which one holds nothing that the token may not see; WebSockets, streams and long
 * polls hear the same in both, to the last frame, while much happens outside: live, replayed from a
 * cursor, after a reset, and what is said to bad commands. All in one class: what is heard in one
 * way is asked for again in the others.
 */
@Tag("hub")
@Timeout(300)
class LimitedEventsTest {
  private static final int STEPS = Integer.getInteger("belfry.test.steps", 60);

  /** Of a log that neither world is: right in form. */
  private static final String ELSEWHERE = elsewhere();

  @TempDir(factory = FastFolder.class)
  Path temp;

  @SuppressWarnings("NullAway.Init")
  private TwinWorld plain;

  @SuppressWarnings("NullAway.Init")
  private TwinWorld rich;

  @SuppressWarnings("NullAway.Init")
  private RawSocket plainSocket;

  @SuppressWarnings("NullAway.Init")
  private RawSocket richSocket;

  private Random random = new Random();
  private String where = "";

  /** The last frame of each world. */
  private Pair frame = new Pair("");

  private final List<Pair> cursors = new ArrayList<>();
  private final List<String> chats = new ArrayList<>();
  private final Map<String, Integer> heard = new TreeMap<>();

  /** Whether the socket hears of the chat with the markers; else it hears nothing. */
  private boolean isListening;

  private static String elsewhere() {
    var bytes = java.nio.ByteBuffer.allocate(24);
    bytes.put("another log's cursor".getBytes(UTF_8), 0, 20);
    var sum = new java.util.zip.CRC32();
    sum.update(bytes.array(), 0, 20);
    bytes.putInt((int) sum.getValue());
    return java.util.Base64.getUrlEncoder().encodeToString(bytes.array());
  }

  @Test
  void limitedToChats() throws Exception {
    var chosen = List.of(TwinWorld.key("inside", 0), TwinWorld.key("inside", 1));
    compare(new Tokens.Limits(List.of(), chosen), true);
  }

  @Test
  void limitedToAnAccount() throws Exception {
    compare(new Tokens.Limits(List.of("inside"), List.of()), false);
  }

  @Test
  void limitedToBoth() throws Exception {
    var chosen = List.of(TwinWorld.key("inside", 0), TwinWorld.key("inside", 2));
    compare(new Tokens.Limits(List.of("inside"), chosen), true);
  }

  private void compare(Tokens.Limits limits, boolean beside) throws Exception {
    try (var one = new TwinWorld(Files.createDirectory(temp.resolve("plain")));
        var other = new TwinWorld(Files.createDirectory(temp.resolve("rich")))) {
      plain = one;
      rich = other;
      plain.addInside();
      rich.addInside();
      if (beside) {
        rich.addChatsBeside();
      }
      rich.addAccountBeside();
      plain.noon();
      rich.noon();
      plain.limit(limits);
      rich.limit(limits);
      for (int i = 0; i < 3; i++) {
        chats.add(TwinWorld.key("inside", i));
        chats.add(plain.number(i));
      }
      chats.addAll(
          List.of(TwinWorld.key("outside", 11), TwinWorld.key("outside", 21), "100005", "!none:x"));
      // One that stays, so that what is kept in memory for this token lasts as long in both.
      try (var plainAnchor = plain.stream(null);
          var richAnchor = rich.stream(null)) {
        connect();
        act(beside);
        disconnect();
        assertFalse(plainAnchor.equals(richAnchor));
      }
    }
    assertTrue(heard.getOrDefault("message.upserted", 0) > STEPS / 2, heard::toString);
    assertTrue(heard.containsKey("error"), heard::toString);
  }

  private void act(boolean beside) throws Exception {
    long seed = Long.getLong("belfry.test.seed", new Random().nextLong());
    random = new Random(seed);
    for (int i = 0; i < STEPS; i++) {
      int what = random.nextInt(14);
      where = "seed %d, step %d, kind %d: ".formatted(seed, i, what);
      happenOutside(beside);
      switch (what) {
        case 0, 1, 2 -> happenInside();
        case 3 -> call();
        case 4, 5, 6 -> subscribe();
        case 7 -> command();
        case 8 -> {
          disconnect();
          connect();
        }
        case 9 -> page();
        case 10 -> stream();
        case 11 -> poll(beside);
        case 12 -> forget();
        default -> happenOutside(beside);
      }
      if (random.nextBoolean()) {
        happenOutside(beside);
      }
      settle();
    }
  }

  private void happenOutside(boolean beside) throws Exception {
    for (int i = random.nextInt(3); i > 0; i--) {
      if (beside && random.nextBoolean()) {
        rich.happenOutside(rich.innerNetwork(), 10 + random.nextInt(7));
      } else {
        rich.happenOutside(rich.outerNetwork(), 20 + random.nextInt(5));
      }
    }
    if (random.nextInt(4) == 0) {
      String chat = "/v1/chats/" + encoded(TwinWorld.key("outside", 20));
      rich.asFull("POST", chat + "/messages", "{\"text\":\"outside again\"}");
      rich.asFull("POST", chat + "/unread", "{}");
    }
  }

  private void happenInside() throws InterruptedException {
    int chat = random.nextInt(3);
    int kind = random.nextInt(6);
    plain.happenInside(chat, kind);
    rich.happenInside(chat, kind);
  }

  /** Something that the token itself does. */
  private void call() throws IOException {
    plain.tick();
    rich.tick();
    String chat = "/v1/chats/" + encoded(chats.get(random.nextInt(chats.size())));
    switch (random.nextInt(4)) {
      case 0 -> both("POST", chat + "/unread", "{}");
      case 1 -> both("PATCH", chat, "{\"isMuted\":" + random.nextBoolean() + "}");
      case 2 -> both("PATCH", chat, "{\"draft\":{\"text\":\"later\"}}");
      default -> both("POST", chat + "/read", "{}");
    }
  }

  private Pair both(String method, String target, String body) throws IOException {
    return both(method, new Pair(target), body);
  }

  private Pair both(String method, Pair target, String body) throws IOException {
    var one = plain.asLimited(method, target.plain(), body);
    var other = rich.asLimited(method, target.rich(), body);
    assertEquals(plain.told(one), rich.told(other), where + target);
    return new Pair(one.text(), other.text());
  }

  // The WebSocket.

  private void connect() throws IOException {
    plainSocket = plain.socket();
    richSocket = rich.socket();
    isListening = false;
    assertEquals("ready", next());
  }

  private void disconnect() throws IOException {
    plainSocket.close();
    richSocket.close();
  }

  /** The type of the next frame, which is the same in both worlds. */
  private String next() throws IOException {
    frame = new Pair(text("plain", plainSocket), text("rich", richSocket));
    assertEquals(plain.told(frame.plain()), rich.told(frame.rich()), where);
    var one = tree(frame.plain());
    String type = String.valueOf(one.get("type"));
    heard.merge(type, 1, Integer::sum);
    if (one.get("cursor") instanceof String cursor
        && tree(frame.rich()).get("cursor") instanceof String other) {
      cursors.add(new Pair(cursor, other));
    }
    return type;
  }

  private String text(String world, RawSocket socket) throws IOException {
    try {
      var received = socket.receive();
      while (received.opcode() == RawSocket.PING) {
        socket.send(RawSocket.PONG, true, received.bytes());
        received = socket.receive();
      }
      return received.text();
    } catch (IOException e) {
      throw new IOException(where + world + " says nothing after " + frame + ": " + e, e);
    }
  }

  private static Map<?, ?> tree(String json) {
    return Codec.tree(json.getBytes(UTF_8)) instanceof Map<?, ?> map ? map : Map.of();
  }

  /** Everything that has happened is told. */
  private void settle() throws Exception {
    if (!isListening) {
      return;
    }
    String text = mark();
    until(text);
    while (!next().equals("chat.upserted")) {
      assertTrue(frame.plain().contains("chat"), where + frame.plain());
    }
  }

  private void until(String text) throws IOException {
    do {
      next();
    } while (!frame.plain().contains("\"text\":\"" + text + "\""));
  }

  private String mark() throws InterruptedException {
    String text = plain.mark();
    assertEquals(text, rich.mark());
    return text;
  }

  private void subscribe() throws Exception {
    var ids = new ArrayList<String>();
    int kind = random.nextInt(6);
    if (kind == 0) {
      ids.add("*");
    } else if (kind > 1) {
      ids.add(TwinWorld.key("inside", 0)); // of the markers
      for (int i = random.nextInt(4); i > 0; i--) {
        ids.add(chats.get(random.nextInt(chats.size())));
      }
      if (random.nextBoolean()) {
        ids.add(random.nextInt(ids.size()), plain.number(0));
      }
    }
    Pair after = random.nextInt(3) > 0 ? null : cursor();
    settle();
    boolean isReset = after != null && leadsNowhere(after);
    var list = Codec.toText(ids);
    send(
        new Pair(
            set(list, after == null ? null : after.plain()),
            set(list, after == null ? null : after.rich())));
    String answer = next();
    if (answer.equals("subscriptions.updated")) {
      isListening = !ids.isEmpty();
      if (isListening && isReset) {
        // What happens before it is told is passed over.
        assertEquals("reset", next(), where);
      }
    } else {
      assertEquals("error", answer, where);
    }
  }

  private boolean leadsNowhere(Pair cursor) throws IOException {
    String target = "/v1/events?limit=1&after=";
    var page = both("GET", new Pair(target + cursor.plain(), target + cursor.rich()), "");
    return Boolean.TRUE.equals(tree(page.plain()).get("reset"));
  }

  private static String set(String ids, @Nullable String after) {
    String rest = after == null ? "" : ",\"after\":\"" + after + "\"";
    return "{\"type\":\"subscriptions.set\",\"requestID\":\"r\",\"chatIDs\":" + ids + rest + "}";
  }

  /** Often one of long ago. */
  private Pair cursor() {
    return switch (random.nextInt(8)) {
      case 0 -> new Pair("now");
      case 1 -> new Pair(ELSEWHERE);
      case 2 -> new Pair("malformed");
      default -> cursors.isEmpty() ? new Pair("now") : cursors.get(random.nextInt(cursors.size()));
    };
  }

  private void send(Pair text) throws IOException {
    plainSocket.send(text.plain());
    richSocket.send(text.rich());
  }

  /** One that is refused. */
  private void command() throws Exception {
    settle();
    var outside = TwinWorld.key("outside", 11);
    var bad =
        List.of(
            "{}",
            "x",
            "{\"type\":\"subscriptions.get\",\"requestID\":\"" + outside + "\"}",
            "{\"type\":\"subscriptions.set\",\"chatIDs\":[\"*\",\"" + outside + "\"]}",
            "{\"type\":\"subscriptions.set\",\"chatIDs\":[\"" + outside + "\"],\"x\":1}",
            "{\"type\":\"subscriptions.set\",\"chatIDs\":[\"5\"],\"after\":\"x\"}");
    send(new Pair(bad.get(random.nextInt(bad.size()))));
    assertEquals("error", next(), where);
  }

  // Pages and streams.

  private void page() throws Exception {
    settle();
    String after = random.nextInt(4) == 0 ? "" : "&after=";
    var cursor = after.isEmpty() ? new Pair("") : cursor();
    String start = "/v1/events?limit=" + (1 + random.nextInt(30));
    var found =
        both("GET", new Pair(start + after + cursor.plain(), start + after + cursor.rich()), "");
    if (tree(found.plain()).get("newestCursor") instanceof String one
        && tree(found.rich()).get("newestCursor") instanceof String other) {
      cursors.add(new Pair(one, other));
    }
  }

  private void stream() throws Exception {
    settle();
    var after = random.nextInt(4) == 0 ? new Pair("") : cursor();
    if (after.plain().equals("malformed")) {
      return;
    }
    try (var one = plain.stream(after.plain());
        var other = rich.stream(after.rich())) {
      happenInside();
      // A stream that begins with the end may begin before the marker or behind it.
      String text = after.plain().equals("now") ? "" : mark();
      boolean isOver = text.isEmpty();
      while (!isOver) {
        var told = one.next();
        assertEquals(plain.told(told.toString()), rich.told(other.next().toString()), where);
        isOver = told.text().contains("\"text\":\"" + text + "\"") || told.type().equals("reset");
        heard.merge("stream " + told.type(), 1, Integer::sum);
      }
    }
  }

  /** Waits in vain while things happen outside, and not when something happens inside. */
  private void poll(boolean beside) throws Exception {
    settle();
    var start = both("GET", "/v1/events?after=now", "");
    var at =
        new Pair(
            String.valueOf(tree(start.plain()).get("newestCursor")),
            String.valueOf(tree(start.rich()).get("newestCursor")));
    String target = "/v1/events?limit=1&after=";
    if (random.nextBoolean()) {
      both("GET", new Pair(target + at.plain() + "&wait=1", target + at.rich() + "&wait=1"), "");
      return;
    }
    var one = waiting(plain, target + at.plain());
    var other = waiting(rich, target + at.rich());
    happenOutside(beside);
    mark();
    var first = one.get(30, TimeUnit.SECONDS);
    assertEquals(plain.told(first), rich.told(other.get(30, TimeUnit.SECONDS)), where);
    assertTrue(first.text().contains("\"seq\":1"), where + first.text());
  }

  private static CompletableFuture<Reply> waiting(TwinWorld world, String target) {
    var reply = new CompletableFuture<Reply>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            String token = "Authorization: Bearer " + world.limited();
            reply.complete(
                Wire.exchange(world.port(), Wire.request("GET", target + "&wait=20", "", token)));
          } catch (IOException e) {
            reply.completeExceptionally(e);
          }
        });
    return reply;
  }

  /** What is old is no longer kept, so that old cursors are answered with a reset. */
  private void forget() throws Exception {
    settle();
    Instant before = plain.now().minusSeconds(5 + random.nextInt(40));
    plain.forgetEventsBefore(before);
    rich.forgetEventsBefore(before);
    for (Pair cursor : cursors) {
      String target = "/v1/events?limit=1&after=";
      assertEquals(
          isReset(plain.asLimited("GET", target + cursor.plain(), "")),
          isReset(rich.asLimited("GET", target + cursor.rich(), "")),
          where);
    }
  }

  private static boolean isReset(Reply page) {
    return Boolean.TRUE.equals(tree(page.text()).get("reset"));
  }
}
