package dev.belfry.http;

import static dev.belfry.http.Pair.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.core.Tokens;
import dev.belfry.http.Wire.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two worlds: one holds what a limited token may see and nothing else, the other much besides. Any
 * calls with that token, to every route there is, with ids of both sides, are answered alike in
 * both: so nothing in an answer comes from outside, no id and no text, no count, cursor or {@code
 * hasMore}, and what is forbidden looks like what is not there. All in one class: one dice throws
 * paths, queries and bodies, of what the answers before them handed out.
 */
@Tag("hub")
class LimitedTokenTest {
  private static final int CALLS = Integer.getInteger("belfry.test.calls", 300);

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  /** Ids, cursors and the like, for later calls to give back. */
  private static final Pattern HANDED_OUT =
      Pattern.compile(
          "\"(?:id|[a-zA-Z]*I[Dd]|[a-z]*Cursor|cursor|sortKey|srcURL)\":\"([^\"]{1,400})\"");

  private static final List<String> QUERIES =
      List.of(
          "query",
          "cursor",
          "direction",
          "limit",
          "accountIDs[]",
          "accountIDs",
          "chatIDs[]",
          "sender",
          "scope",
          "inbox",
          "type",
          "chatType",
          "unreadOnly",
          "includeMuted",
          "mediaTypes[]",
          "dateAfter",
          "dateBefore",
          "lastActivityAfter",
          "maxParticipantCount",
          "forEveryone",
          "reactionKey",
          "url",
          "after",
          "labelID");

  private static final List<String> KEYS =
      List.of(
          "text",
          "chatID",
          "messageID",
          "replyToMessageID",
          "reactionKey",
          "transactionID",
          "title",
          "description",
          "isArchived",
          "isMuted",
          "isPinned",
          "isLowPriority",
          "archived",
          "draft",
          "draftText",
          "attachment",
          "reminder",
          "accountID",
          "participantIDs",
          "user",
          "type",
          "messageText",
          "state",
          "url",
          "content",
          "fileName",
          "forEveryone",
          "mentions",
          "uploadID",
          "srcURL",
          "messageExpirySeconds");

  @TempDir(factory = FastFolder.class)
  Path temp;

  /** A call, as either world gets it. */
  private record Request(String method, Pair target, Pair body) {}

  private final List<Pair> values = new ArrayList<>();
  private final Set<Pair> known = new HashSet<>();
  private final Map<String, Integer> succeeded = new TreeMap<>();

  @Test
  void limitedToChats() throws Exception {
    try (var plain = world("plain");
        var rich = world("rich")) {
      plain.addInside();
      rich.addInside();
      rich.addChatsBeside();
      rich.addAccountBeside();
      var chosen = List.of(TwinWorld.key("inside", 0), TwinWorld.key("inside", 1), plain.number(2));
      compare(plain, rich, new Tokens.Limits(List.of(), chosen));
    }
  }

  @Test
  void limitedToAnAccount() throws Exception {
    try (var plain = world("plain");
        var rich = world("rich")) {
      plain.addInside();
      rich.addInside();
      rich.addAccountBeside();
      compare(plain, rich, new Tokens.Limits(List.of("inside"), List.of()));
    }
  }

  private TwinWorld world(String name) throws IOException {
    return new TwinWorld(Files.createDirectory(temp.resolve(name)));
  }

  private void compare(TwinWorld plain, TwinWorld rich, Tokens.Limits limits) throws Exception {
    plain.noon();
    rich.noon();
    plain.limit(limits);
    rich.limit(limits);
    learn(plain, rich);
    var routes = plain.routes().stream().filter(LimitedTokenTest::isAsked).toList();
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < CALLS; i++) {
      var route = routes.get(random.nextInt(routes.size()));
      boolean isOfSignIn = !route.path().startsWith("/v1/");
      var request =
          isOfSignIn && random.nextInt(4) > 0
              ? signIn(plain, rich, route, random)
              : request(route, random);
      if (i % 5 == 0) {
        disturb(rich, random);
      }
      plain.tick();
      rich.tick();
      var expected =
          plain.asLimited(route.method(), request.target().plain(), request.body().plain());
      var answer = rich.asLimited(route.method(), request.target().rich(), request.body().rich());
      int number = i;
      assertEquals(
          plain.told(expected),
          rich.told(answer),
          () -> "seed %d, call %d: %s".formatted(seed, number, request));
      if (answer.status() < 300) {
        succeeded.merge(route.method() + " " + route.path(), 1, Integer::sum);
        learn(expected, answer);
      }
    }
    assertTrue(succeeded.size() > routes.size() / 2, () -> "too little worked: " + succeeded);
    assertNotEquals(
        plain.asFull("GET", "/v1/chats?limit=200", "").text(),
        rich.asFull("GET", "/v1/chats?limit=200", "").text());
  }

  /** The one that is left out waits for a person. */
  private static boolean isAsked(Route route) {
    return !route.path().equals("/oauth/authorize/callback")
        && !route.method().equals("OPTIONS")
        && (route.path().startsWith("/v1/")
            || route.path().startsWith("/oauth/")
            || route.path().startsWith("/.well-known/")
            || route.path().equals("/register"));
  }

  /** A call of the sign-in that makes sense, about the limited token or by whoever holds it. */
  private Request signIn(TwinWorld plain, TwinWorld rich, Route route, Random random) {
    var own = new Pair(plain.limited(), rich.limited());
    var shown = random.nextInt(3) > 0 ? own : any(random);
    String query =
        "?client_id=%s&redirect_uri=http://localhost/&response_type=code&code_challenge="
            .formatted(encoded(same(random).plain()));
    var body =
        switch (route.path()) {
          case "/oauth/introspect" -> form("token", shown);
          // Its own token would be at its end.
          case "/oauth/revoke" -> form("token", any(random));
          case "/oauth/register", "/register" ->
              new Pair(
                  "{\"client_name\":%s,\"redirect_uris\":[\"http://localhost/\"]}"
                      .formatted(quoted(same(random).plain())));
          case "/oauth/token" -> form("grant_type=authorization_code&code_verifier=a&code", shown);
          default -> new Pair(route.method().equals("GET") ? "" : "a=b");
        };
    String path = route.path().replace("{request}", encoded(same(random).plain()));
    boolean asks = route.path().equals("/oauth/authorize");
    return new Request(route.method(), new Pair(asks ? path + query + CHALLENGE : path), body);
  }

  private static Pair form(String name, Pair value) {
    return new Pair(name + "=" + encoded(value.plain()), name + "=" + encoded(value.rich()));
  }

  /** Collects what there is on both sides. */
  private void learn(TwinWorld plain, TwinWorld rich) throws IOException {
    for (String target : List.of("/v1/chats?limit=200", "/v1/accounts", "/v1/search?query=hello")) {
      learn(plain.asLimited("GET", target, ""), rich.asLimited("GET", target, ""));
    }
    var outside = new LinkedHashSet<String>();
    for (String target :
        List.of(
            "/v1/chats?limit=200",
            "/v1/chats/search?limit=3",
            "/v1/messages/search?query=outside&limit=20",
            "/v1/accounts",
            "/v1/accounts/inside/contacts/list?limit=3",
            "/v1/accounts/outside/contacts/list")) {
      var found = HANDED_OUT.matcher(rich.asFull("GET", target, "").text());
      while (found.find()) {
        outside.add(found.group(1));
      }
    }
    // What is seen from inside as well has another place there.
    values.forEach(value -> outside.remove(value.rich()));
    outside.forEach(value -> add(new Pair(value)));
    for (String value :
        List.of(
            "hello",
            "outside",
            "inside",
            "person1",
            "before",
            "after",
            "1",
            plain.number(0),
            plain.number(1),
            "20",
            "0",
            "-1",
            "true",
            "false",
            "single",
            "group",
            "participants",
            "titles",
            "me",
            "others",
            "👍",
            "@everywhere:x",
            "@inside-person1:x",
            "@outside-person11:x",
            "m1234567890123456",
            "typing",
            "archive",
            "2030-01-01T00:00:00Z",
            "any",
            "image",
            "2026-03-01T12:00:30Z",
            "mxc://x/outside-person11",
            "mxc://x/inside-person1",
            "aGVsbG8",
            "nobody")) {
      add(new Pair(value));
    }
  }

  private void learn(Reply plain, Reply rich) {
    var one = HANDED_OUT.matcher(plain.text());
    var other = HANDED_OUT.matcher(rich.text());
    while (one.find() && other.find()) {
      add(new Pair(one.group(1), other.group(1)));
    }
  }

  private void add(Pair pair) {
    if (known.add(pair)) {
      values.add(pair);
    }
  }

  private Request request(Route route, Random random) {
    var plain = new StringBuilder();
    var rich = new StringBuilder();
    for (String segment : route.path().substring(1).split("/", -1)) {
      var value = segment.startsWith("{") ? parameter(segment, random) : new Pair(segment);
      plain.append('/').append(encoded(value.plain()));
      rich.append('/').append(encoded(value.rich()));
    }
    char separator = '?';
    for (String name : QUERIES) {
      boolean isLikely = name.equals("query") || name.equals("url");
      if (random.nextInt(isLikely ? 2 : 10) == 0) {
        var value = any(random);
        plain.append(separator).append(encoded(name)).append('=').append(encoded(value.plain()));
        rich.append(separator).append(encoded(name)).append('=').append(encoded(value.rich()));
        separator = '&';
      }
    }
    var body = route.method().equals("GET") ? new Pair("") : body(random);
    return new Request(route.method(), new Pair(plain.toString(), rich.toString()), body);
  }

  /** Often something that fits. */
  private Pair parameter(String segment, Random random) {
    if (random.nextInt(3) == 0) {
      return any(random);
    }
    return switch (segment) {
      case "{chatID}" -> new Pair(TwinWorld.key("inside", random.nextInt(3)));
      case "{accountID}" -> new Pair(random.nextInt(3) > 0 ? "inside" : "outside");
      case "{reactionKey}" -> new Pair("👍");
      default -> any(random);
    };
  }

  private Pair any(Random random) {
    return values.get(random.nextInt(values.size()));
  }

  /** One that is the same in both worlds. */
  private Pair same(Random random) {
    var pair = any(random);
    while (!pair.plain().equals(pair.rich())) {
      pair = any(random);
    }
    return pair;
  }

  private Pair body(Random random) {
    var plain = new ArrayList<String>();
    var rich = new ArrayList<String>();
    for (String key : KEYS) {
      if (random.nextInt(4) == 0) {
        var value = value(key, random);
        plain.add("\"%s\":%s".formatted(key, value.plain()));
        rich.add("\"%s\":%s".formatted(key, value.rich()));
      }
    }
    return new Pair("{" + String.join(",", plain) + "}", "{" + String.join(",", rich) + "}");
  }

  private Pair value(String key, Random random) {
    var text = any(random);
    return switch (key) {
      case "isArchived", "isMuted", "isPinned", "isLowPriority", "archived", "forEveryone" ->
          new Pair(Boolean.toString(random.nextBoolean()));
      case "draft" -> random.nextBoolean() ? new Pair("null") : each("{\"text\":%s}", same(random));
      case "attachment" -> each("{\"uploadID\":%s}", text);
      case "reminder" -> new Pair("{\"remindAt\":\"2030-01-01T00:00:00Z\"}");
      case "participantIDs", "mentions" -> each("[%s]", text);
      case "user" -> each("{\"id\":%s}", text);
      case "messageExpirySeconds" -> new Pair("3600");
      case "reactionKey" -> new Pair("\"👍\"");
      // What is found by its words, or known by its bytes, must not be random in each world.
      case "text", "title", "description", "draftText", "messageText", "fileName", "content" ->
          each("%s", same(random));
      case String _ -> each("%s", text);
    };
  }

  private static Pair each(String form, Pair value) {
    return new Pair(form.formatted(quoted(value.plain())), form.formatted(quoted(value.rich())));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** Life goes on outside. */
  private static void disturb(TwinWorld rich, Random random) throws Exception {
    boolean beside =
        rich.asFull("GET", "/v1/chats/" + encoded(TwinWorld.key("outside", 11)), "").status()
            == 200;
    if (beside && random.nextBoolean()) {
      rich.happenOutside(rich.innerNetwork(), 10 + random.nextInt(7));
    } else {
      rich.happenOutside(rich.outerNetwork(), 20 + random.nextInt(5));
    }
    // Another token's doings.
    var chat = "/v1/chats/" + encoded(TwinWorld.key("outside", 20));
    rich.asFull("POST", chat + "/messages", "{\"text\":\"outside again\"}");
    rich.asFull("POST", chat + "/unread", "{}");
    // Others sign in.
    if (random.nextInt(5) == 0) {
      String client = "{\"client_name\":\"outside\",\"redirect_uris\":[\"http://localhost/\"]}";
      rich.asFull("POST", "/oauth/register", client);
      rich.asFull("POST", "/oauth/introspect", "token=outside");
    }
  }
}
