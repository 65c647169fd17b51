package dev.belfry.http;

import dev.belfry.api.Capabilities;
import dev.belfry.core.Hub;
import dev.belfry.http.Wire.Reply;
import dev.belfry.model.AccountId;
import dev.belfry.model.Attachment;
import dev.belfry.model.ChatType;
import dev.belfry.model.Draft;
import dev.belfry.model.Grant;
import dev.belfry.model.Grant.Scope;
import dev.belfry.model.LinkPreview;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import dev.belfry.model.PageRequest;
import dev.belfry.model.Participant;
import dev.belfry.model.Reminder;
import dev.belfry.model.Snooze;
import dev.belfry.model.User;
import dev.belfry.model.UserId;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ChatChanged;
import dev.belfry.network.NetworkEvent.MembersChanged;
import dev.belfry.network.NetworkEvent.MessageDeleted;
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.NetworkEvent.Reacted;
import dev.belfry.network.NetworkEvent.ReadByOther;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A whole hub behind a server, with one account and a few chats. */
final class TestHub implements AutoCloseable {
  static final String ALICE = "!alice:example.org";

  /** An id with all that troubles routers. */
  static final String ODD = "!a/b c;d=..%🙂:example.org";

  static final String ODD_ENCODED = "%21a%2Fb%20c%3Bd%3D..%25%F0%9F%99%82%3Aexample.org";

  static final String FULL = "!full:example.org";
  static final String READ_ONLY = "!news:example.org";

  private static final UserId ALICE_ID = new UserId("@alice:example.org");

  /** The same for all hubs of a run. */
  private static final AtomicReference<@Nullable Described> SPEC = new AtomicReference<>();

  final TestNetwork network;
  final Hub hub;
  final WebServer server;
  final int port;
  private final String writer;
  private final String reader;

  TestHub(Path folder) throws IOException, InterruptedException {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    network = new TestNetwork(events(now), now);
    hub = Hub.open(folder, List.of(network), InstantSource.fixed(now), Hub.Options.NONE);
    writer = hub.tokens().create("w", Set.of(Scope.WRITE), null).secret();
    reader = hub.tokens().create("r", Set.of(Scope.READ), null).secret();
    server = WebServer.of(hub, ServerIdentity.BELFRY, Listen.loopback(0, 0));
    port = server.start();
  }

  /** Adds the account and waits for its chats. */
  void connect() throws IOException, InterruptedException {
    hub.start();
    try (var login = hub.accounts().login("test")) {
      login.begin();
    }
    network.awaitSaid();
  }

  /** Adds another account, and waits for its chats. */
  AccountId addSecond() throws IOException, InterruptedException {
    try (var login = hub.accounts().login("test")) {
      login.begin();
      var id = login.account().id();
      while (chatsOf(id) < chatsOf(new AccountId("test"))) {
        hub.changes().await(hub.changes().last(), Duration.ofMillis(100));
      }
      return id;
    }
  }

  private int chatsOf(AccountId account) {
    return hub.chats().list(Grant.HUB, List.of(account), PageRequest.newest(200)).items().size();
  }

  Reply get(String target, String... headers) throws IOException {
    return described(
        "GET", target, Wire.exchange(port, Wire.request("GET", target, "", with(reader, headers))));
  }

  Reply post(String target, String body, String... headers) throws IOException {
    return described(
        "POST",
        target,
        Wire.exchange(port, Wire.request("POST", target, body, with(writer, headers))));
  }

  Reply send(String method, String target, String body) throws IOException {
    return described(
        method, target, Wire.exchange(port, Wire.request(method, target, body, with(writer))));
  }

  /** Whatever is asked in whatever test, the answer is as {@code /v1/spec} describes it. */
  private Reply described(String method, String target, Reply reply) throws IOException {
    Described spec = SPEC.get();
    if (spec == null) {
      spec = new Described(Wire.exchange(port, Wire.request("GET", "/v1/spec", "")).body());
      SPEC.set(spec);
    }
    var operation = spec.find(method, target);
    if (operation.isPresent()) {
      var faults =
          spec.faults(operation.get(), reply.status(), reply.header("content-type"), reply.body());
      if (!faults.isEmpty()) {
        throw new AssertionError(method + " " + target + ": " + faults + "\n" + reply);
      }
    }
    return reply;
  }

  String writersHeader() {
    return "Authorization: Bearer " + writer;
  }

  String readersHeader() {
    return "Authorization: Bearer " + reader;
  }

  private static String[] with(String token, String... headers) {
    var all = new ArrayList<>(List.of(headers));
    all.add("Authorization: Bearer " + token);
    return all.toArray(String[]::new);
  }

  @Override
  public void close() {
    server.close();
    hub.close();
  }

  private static List<NetworkEvent> events(Instant now) {
    var events = new ArrayList<NetworkEvent>();
    var alice = Participant.of(User.of(ALICE_ID, "Alice"));
    var me = Participant.of(User.of(TestNetwork.SELF, "Me").asSelf());
    for (String chat : List.of(ALICE, ODD, READ_ONLY)) {
      events.add(
          new ChatChanged(
              chat,
              ChatUpdate.builder()
                  .type(chat.equals(ALICE) ? ChatType.SINGLE : ChatType.GROUP)
                  .title("Chat " + chat.charAt(1))
                  .readOnly(chat.equals(READ_ONLY))
                  .build()));
      events.add(new MembersChanged(chat, List.of(alice, me), List.of(), true, null));
      for (int i = 0; i < 30; i++) {
        events.add(
            received(chat, "$" + i, MessageContent.text("text " + i), now.minusSeconds(3600 - i)));
      }
    }
    events.addAll(full(now.minusSeconds(60)));
    return events;
  }

  private static MessageReceived received(
      String chat, String key, MessageContent content, Instant at) {
    return new MessageReceived(chat, key, ALICE_ID, false, content, at, null);
  }

  /** A chat in which every field has its value. */
  private static List<NetworkEvent> full(Instant at) {
    var members =
        IntStream.range(0, 30)
            .mapToObj(i ->
                new Participant(
                    new User(
                        new UserId("@u" + i + ":example.org"),
                        "User " + i,
                        "u" + i,
                        "+49301234" + i,
                        "u" + i + "@example.org",
                        "mxc://example.org/u" + i,
                        false,
                        true),
                    true,
                    true,
                    true))
            .toList();
    var file =
        new Attachment(
            "img",
            "mxc://example.org/1",
            "https://example.org/1",
            "a.gif",
            "image/gif",
            12345L,
            640,
            480,
            1.5,
            true,
            true,
            true,
            "mxc://example.org/2",
            new Attachment.Transcription("whisper", "hello", "en"),
            "secret key");
    var link =
        new LinkPreview(
            "https://example.org",
            "Example",
            "An example",
            "https://example.com",
            "https://e/f.ico",
            "https://e/i.png",
            100,
            50);
    var rich =
        MessageContent.text("hello world")
            .withHtml("<b>hello</b> world")
            .withMentions(List.of(TestNetwork.SELF.value(), "@room"), true)
            .withLinks(List.of(link))
            .withAttachments(MessageType.IMAGE, List.of(file))
            .withReplyTo("$first");
    var draft =
        new Draft(
            "unsent",
            List.of(
                new Draft.Attachment(
                    "d1",
                    "file",
                    "up1",
                    "a.txt",
                    "/tmp/a.txt",
                    12L,
                    "text/plain",
                    1,
                    2,
                    3.5,
                    "s")));
    return List.of(
        new ChatChanged(
            FULL,
            ChatUpdate.builder()
                .type(ChatType.GROUP)
                .title("Everything")
                .network("Full")
                .description("A topic")
                .imgURL("/tmp/avatar.png")
                .archived(true)
                .lowPriority(true)
                .muted(true)
                .pinned(true)
                .messageExpirySeconds(3600)
                .draft(draft)
                .snooze(new Snooze(at, at))
                .capabilities(
                    Capabilities.builder().markAsUnread(true).typingNotifications(false).build())
                .build()),
        new MembersChanged(FULL, members, List.of(), true, null),
        received(FULL, "$first", MessageContent.text("first").withMentions(null, false), at),
        received(FULL, "$rich", rich, at.plusSeconds(1)),
        new Reacted(FULL, "$r1", ALICE_ID, false, "$rich", "👍", true, "mxc://e/r", at, null),
        received(FULL, "$gone", rich, at.plusSeconds(2)),
        new MessageDeleted(FULL, "$d1", ALICE_ID, "$gone", at.plusSeconds(3), null),
        new MessageReceived(
            FULL,
            "$mine",
            TestNetwork.SELF,
            true,
            MessageContent.text("mine"),
            at.plusSeconds(4),
            null),
        new ReadByOther(FULL, ALICE_ID, "$mine", at.plusSeconds(5)),
        // Last, as a message would dismiss it.
        new ChatChanged(
            FULL,
            ChatUpdate.builder().reminder(new Reminder(at.plusSeconds(86_400), true)).build()));
  }
}
