package dev.belfry.http;

import static dev.belfry.http.Described.list;
import static dev.belfry.http.Described.object;
import static dev.belfry.http.TestHub.ALICE;
import static dev.belfry.http.TestHub.FULL;

import dev.belfry.http.Described.Operation;
import dev.belfry.http.Probes.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request for each status that an endpoint is described to answer with, apart from those that all
 * have in common (400 for what is malformed, 401, 403). In order: what one does, the next may need.
 *
 * @param status of the answer
 */
record SpecExamples(int status, String method, String target, String body, List<String> more) {
  private static final String CHAT = "/v1/chats/" + ALICE;
  private static final String NONE = "/v1/chats/none";
  private static final String MESSAGE = CHAT + "/messages/$1";
  private static final String MINE = "/v1/chats/" + FULL + "/messages/$mine";
  private static final String TEXT = "{\"text\":\"a\"}";
  private static final String KEY = "{\"reactionKey\":\"x\"}";
  private static final String WHEN = "{\"reminder\":{\"remindAt\":\"2026-03-02T12:00:00Z\"}}";
  private static final String NOBODY = "{\"id\":\"@nobody:example.org\"}";

  /** Values for the parameters of paths. */
  private static final Map<String, String> PARAMETERS =
      Map.of("chatID", ALICE, "messageID", "$1", "accountID", "test", "reactionKey", "%2B1");

  static final List<SpecExamples> ALL = new ArrayList<>();

  static {
    get(200, "/v1/info");
    get(200, "/v1/spec");
    get(304, "/v1/spec", "If-None-Match: *");
    get(200, "/docs");
    get(304, "/docs", "If-None-Match: *");
    get(200, "/v1/app/setup");
    ALL.add(new SpecExamples(401, "GET", "/v1/app/setup", "", List.of("Authorization: none")));
    post(501, "/v0/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}");
    post(200, "/v1/focus", "{\"chatID\":\"" + ALICE + "\",\"draftText\":\"later\"}");
    post(404, "/v1/focus", "{\"chatID\":\"none\"}");
    post(422, "/v1/focus", "{\"chatID\":\"" + ALICE + "\",\"draftAttachmentPath\":\"/a.png\"}");

    get(200, "/v1/accounts");
    get(200, "/v1/accounts/test");
    get(404, "/v1/accounts/none");
    get(200, "/v1/accounts/test/contacts?query=alice");
    get(404, "/v1/accounts/none/contacts?query=alice");
    get(200, "/v1/accounts/test/contacts/list?limit=3");
    get(404, "/v1/accounts/none/contacts/list");

    get(200, "/v1/chats?limit=2");
    String alice = "{\"id\":\"@alice:example.org\"}";
    String create = "{\"accountID\":\"%s\",\"type\":\"single\",\"participantIDs\":[\"%s\"]}";
    post(200, "/v1/chats", create.formatted("test", "@alice:example.org"));
    post(200, "/v1/chats", "{\"mode\":\"start\",\"accountID\":\"test\",\"user\":" + alice + "}");
    post(404, "/v1/chats", create.formatted("none", "@alice:example.org"));
    post(422, "/v1/chats", create.formatted("test", "@nobody:example.org"));
    String start = "{\"accountID\":\"%s\",\"user\":%s}";
    post(200, "/v1/chats/start", start.formatted("test", alice));
    post(404, "/v1/chats/start", start.formatted("none", NOBODY));
    post(422, "/v1/chats/start", start.formatted("test", "{}"));
    get(200, CHAT);
    get(200, "/v1/chats/" + FULL);
    get(404, NONE);
    send(200, "PATCH", CHAT, "{\"draft\":null,\"isMuted\":true,\"messageExpirySeconds\":null}");
    send(200, "PATCH", CHAT, "{\"draft\":{\"text\":\"*x*\"},\"title\":\"New\",\"isPinned\":true}");
    send(422, "PATCH", CHAT, "{\"draft\":{\"text\":\"another\"}}");
    send(404, "PATCH", NONE, "{}");
    post(204, CHAT + "/archive", "{\"archived\":false}");
    post(404, NONE + "/archive", "");
    post(200, CHAT + "/read", "");
    post(404, CHAT + "/read", "{\"messageID\":\"none\"}");
    post(200, CHAT + "/unread", "{\"messageID\":\"$1\"}");
    post(404, NONE + "/unread", "");
    post(422, CHAT + "/notify-anyway", "");
    post(404, NONE + "/notify-anyway", "");
    post(204, CHAT + "/typing", "{\"state\":\"paused\"}");
    post(422, "/v1/chats/" + FULL + "/typing", "{\"state\":\"typing\"}");
    post(404, NONE + "/typing", "{\"state\":\"paused\"}");
    post(204, CHAT + "/reminders", WHEN);
    post(204, CHAT + "/reminders", "{\"remindAtMs\":1772445600000}");
    post(404, NONE + "/reminders", WHEN);
    send(204, "DELETE", CHAT + "/reminders", "");
    send(404, "DELETE", NONE + "/reminders", "");

    get(200, CHAT + "/messages?limit=200");
    get(200, "/v1/chats/" + FULL + "/messages");
    get(404, NONE + "/messages");
    post(200, CHAT + "/messages", "{\"text\":\"hi\",\"replyToMessageID\":\"$1\",\"mentions\":[]}");
    post(404, NONE + "/messages", TEXT);
    post(422, "/v1/chats/" + TestHub.READ_ONLY + "/messages", TEXT);
    get(200, MESSAGE);
    get(404, CHAT + "/messages/none");
    send(200, "PUT", MINE, "{\"text\":\"better\"}");
    send(404, "PUT", CHAT + "/messages/none", TEXT);
    send(422, "PUT", MESSAGE, TEXT);
    send(204, "DELETE", CHAT + "/messages/$2?forEveryone=true", "");
    send(404, "DELETE", CHAT + "/messages/none", "");
    send(422, "DELETE", CHAT + "/messages/$3?forEveryone=false", "");
    post(200, MESSAGE + "/reactions", "{\"reactionKey\":\"x\",\"transactionID\":\"t\"}");
    post(404, CHAT + "/messages/none/reactions", KEY);
    post(422, CHAT + "/messages/$2/reactions", KEY);
    send(200, "DELETE", MESSAGE + "/reactions/x", "");
    send(404, "DELETE", MESSAGE + "/reactions/x", "");
    post(200, MESSAGE + "/reactions", KEY);
    send(200, "DELETE", MESSAGE + "/reactions?reactionKey=x", "");
    send(404, "DELETE", MESSAGE + "/reactions?reactionKey=x", "");

    post(200, CHAT + "/messages?wait=25", "{\"text\":\"" + TestNetwork.REFUSED + "\"}");
    post(200, CHAT + "/messages/PENDING/retry?wait=25", "");
    post(200, CHAT + "/messages/PENDING/cancel", "");
    post(404, CHAT + "/messages/none/retry", "");
    post(404, CHAT + "/messages/none/cancel", "");

    ALL.addAll(files());

    get(200, "/v1/events?limit=3");
    get(200, "/v1/events?after=now");
    get(426, "/v1/ws");
    String[] upgrade = {"Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"};
    get(400, "/v1/ws", upgrade);
    String key = "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==";
    get(101, "/v1/ws", upgrade[0], upgrade[1], upgrade[2], key);

    get(200, "/v1/search?query=text");
    get(200, "/v1/chats/search?query=alice&scope=participants");
    get(200, "/v1/messages/search?query=te*&mediaTypes=any&mediaTypes=link");
    get(200, "/v1/messages/search");
  }

  /** Small files, and lengths that are over the limit. */
  private static List<SpecExamples> files() {
    var files = new ArrayList<SpecExamples>();
    String form =
        """
        --B\r
        Content-Disposition: form-data; name="file"; filename="a.txt"\r
        \r
        0123456789\r
        --B--\r
        """;
    String type = "Content-Type: multipart/form-data; boundary=B";
    String long1 = "Content-Length: 900000000";
    files.add(new SpecExamples(200, "POST", "/v1/assets/upload", form, List.of(type)));
    files.add(new SpecExamples(413, "POST", "/v1/assets/upload", "", List.of(type, long1)));
    String content = "{\"content\":\"MDEyMzQ1Njc4OQ==\",\"fileName\":\"b.txt\"}";
    String base64 = "/v1/assets/upload/base64";
    files.add(new SpecExamples(200, "POST", base64, content, List.of()));
    files.add(new SpecExamples(413, "POST", base64, "", List.of(long1)));
    String serve = "/v1/assets/serve?url=";
    files.add(new SpecExamples(200, "GET", serve + "FILE", "", List.of()));
    files.add(new SpecExamples(206, "GET", serve + "FILE", "", List.of("Range: bytes=2-4")));
    files.add(new SpecExamples(304, "GET", serve + "FILE", "", List.of("If-None-Match: *")));
    files.add(new SpecExamples(416, "GET", serve + "FILE", "", List.of("Range: bytes=99-")));
    files.add(new SpecExamples(404, "GET", serve + "file:///etc/passwd", "", List.of()));
    files.add(new SpecExamples(422, "GET", serve + "mxc://example.org/fault", "", List.of()));
    String download = "/v1/assets/download";
    for (var fetched :
        Map.of("mxc://example.org/ok", 200, "mxc://example.org/none", 404).entrySet()) {
      String body = "{\"url\":\"" + fetched.getKey() + "\"}";
      files.add(new SpecExamples(fetched.getValue(), "POST", download, body, List.of()));
    }
    return files;
  }

  private static void get(int status, String target, String... headers) {
    ALL.add(new SpecExamples(status, "GET", target, "", List.of(headers)));
  }

  private static void post(int status, String target, String body) {
    send(status, "POST", target, body);
  }

  private static void send(int status, String method, String target, String body) {
    ALL.add(new SpecExamples(status, method, target, body, List.of()));
  }

  /** Those of the request, with a token that may do everything unless they have another. */
  String[] headers(TestHub hub) {
    var headers = new ArrayList<>(more);
    if (more.stream().noneMatch(h -> h.startsWith("Authorization:"))) {
      headers.add(hub.writersHeader());
    }
    return headers.toArray(String[]::new);
  }

  /** An address of an endpoint, with its parameters filled in. */
  static String target(Operation operation) {
    return operation.filled(PARAMETERS);
  }

  /** Whether an endpoint reads its body by itself, so that what it looks at cannot be watched. */
  static boolean takesOtherThanJson(Operation operation) {
    return operation.path().startsWith("/v1/assets/upload");
  }

  /**
   * A wrong value may be looked at only where another value asks for it: the probe as it is, and
   * with each value that may stand beside it.
   */
  static List<Probe> contexts(Probe probe) {
    var contexts = new ArrayList<>(List.of(probe));
    if (probe.body().startsWith("{")) {
      object(probe.operation().body().get("properties"))
          .forEach((key, value) -> {
            String name = '"' + key + '"';
            if (!probe.body().contains(name)) {
              for (String beside : values(object(value))) {
                contexts.add(probe.beside(name + ":" + beside));
              }
            }
          });
    }
    return contexts;
  }

  private static List<String> values(Map<String, Object> schema) {
    var choices = list(schema.get("enum"));
    return "number".equals(schema.get("type"))
        ? List.of("1")
        : choices.stream().map(choice -> "\"" + choice + "\"").toList();
  }
}
