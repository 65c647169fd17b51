package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.belfry.core.repeat.Answers;
import dev.belfry.model.Answered;
import dev.belfry.model.ChatType;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Reminder;
import dev.belfry.model.RequestKey;
import dev.belfry.model.User;
import dev.belfry.network.Directory;
import dev.belfry.network.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that bear a key are done once, whatever happens in between. */
@Tag("hub")
class AnswersTest {
  private static final RequestKey KEY = new RequestKey("t1", "POST", "/v1/x", "k");

  /** Answers are texts here, {@code status body}, and say whether they come from memory. */
  private static final Answers.Form<String> FORM =
      new Answers.Form<>() {
        @Override
        public Optional<Answered> remembered(String answer) {
          return Optional.of(
              new Answered(
                  Integer.parseInt(answer.substring(0, 3)), Map.of("h", "v"), answer.substring(4)));
        }

        @Override
        public String again(Answered earlier) {
          assertEquals(Map.of("h", "v"), earlier.headers());
          return "again " + earlier.status() + " " + earlier.body();
        }
      };

  @TempDir Path temp;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = TestHub.connected(temp);
    hub.client().says(Said.message("$1", Said.ALICE, "a"));
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private String once(RequestKey key, String hash, Supplier<String> work) {
    return hub.hub().answers().once(key, () -> hash, work, FORM);
  }

  private String once(String hash, Supplier<String> work) {
    return once(KEY, hash, work);
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void firstAnswerIsGivenForADay() {
    assertEquals("200 one", once("h", () -> "200 one"));
    assertEquals("again 200 one", once("h", () -> "200 two"));
    hub.restart();
    hub.clock.advance(Duration.ofHours(23));
    assertEquals("again 200 one", once("h", () -> "200 two"));
    hub.clock.advance(Duration.ofHours(1));
    assertEquals("200 two", once("other", () -> "200 two"));
    assertEquals(1, hub.number("SELECT count(*) FROM answer"), "the old one was swept");
  }

  @Test
  void sweptAtTheStartToo() {
    once("h", () -> "200 one");
    hub.clock.advance(Duration.ofHours(25));
    hub.restart();
    Eventually.holds("swept", () -> hub.number("SELECT count(*) FROM answer") == 0);
  }

  @Test
  void anotherRequestUnderTheSameKeyIsRefused() {
    once("h", () -> "200 one");
    var refusal = assertThrows(HubException.class, () -> once("h2", () -> "200 two"));
    assertEquals(HubException.Reason.UNPROCESSABLE, refusal.reason());
    assertEquals("IDEMPOTENCY_KEY_REUSED", refusal.code());
    for (var other :
        List.of(
            new RequestKey("t2", "POST", "/v1/x", "k"),
            new RequestKey("t1", "PUT", "/v1/x", "k"),
            new RequestKey("t1", "POST", "/v1/y", "k"),
            new RequestKey("t1", "POST", "/v1/x", "K"))) {
      assertEquals("200 other", once(other, "h2", () -> "200 other"));
    }
  }

  @Test
  void onlyFinalAnswersAreRemembered() {
    for (var passing : List.of("500 a", "503 b", "408 c", "425 d", "429 e")) {
      assertEquals(passing, once("h", () -> passing));
    }
    assertThrows(Killed.class, () -> once("h", AnswersTest::killed));
    assertEquals("404 f", once("h", () -> "404 f"));
    assertEquals("again 404 f", once("h", () -> "200 g"));
  }

  private static String killed() {
    throw new Killed();
  }

  @Test
  void twinsWaitForTheFirst() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    var answers = new CopyOnWriteArrayList<String>();
    var threads = new ArrayList<Thread>();
    threads.add(
        Thread.ofVirtual().start(() -> answers.add(once("h", () -> waiting(begun, end, "200 1")))));
    begun.await();
    for (int i = 0; i < 5; i++) {
      threads.add(Thread.ofVirtual().start(() -> answers.add(once("h", () -> "200 2"))));
    }
    assertEquals(
        "200 free", once(new RequestKey("t1", "POST", "/v1/x", "k2"), "h", () -> "200 free"));
    assertEquals(List.of(), answers);
    end.countDown();
    for (var thread : threads) {
      thread.join();
    }
    assertEquals(6, answers.size());
    assertEquals(5, answers.stream().filter("again 200 1"::equals).count());
  }

  private static String waiting(CountDownLatch begun, CountDownLatch end, String answer) {
    begun.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return answer;
  }

  /** What is committed and unanswered when the process is killed. */
  @Test
  void afterAKillTheSameMessageIsAnswered() throws Exception {
    var sent = new ArrayList<String>();
    assertThrows(
        Killed.class,
        () ->
            once(
                "h",
                () -> {
                  sent.add(hub.send("hello"));
                  throw new Killed();
                }));
    var call = hub.network.next();
    assertEquals(sent.getFirst(), call.send().transaction());
    hub.crash();
    assertThrows(HubException.class, () -> once("other body", () -> "200 x"));
    assertEquals("200 " + sent.getFirst(), once("h", () -> "200 " + hub.send("hello")));
    hub.network.answerAll(_ -> new Outcome.Done("$x"));
    hub.reconnected();
    assertEquals(1, hub.number("SELECT count(*) FROM outbox"));
    assertEquals("again 200 " + sent.getFirst(), once("h", () -> "200 " + hub.send("hello")));
  }

  @Test
  void whatWasRolledBackIsDoneAgain() {
    assertThrows(
        HubException.class,
        () ->
            once(
                "h",
                () ->
                    hub.messages()
                        .send(Grant.HUB, "!no", new Messages.NewMessage("a", null, List.of()))
                        .pendingId()));
    assertEquals(0, hub.number("SELECT count(*) FROM answer"));
    var answer = once("h", () -> "200 " + hub.send("hello"));
    assertFalse(answer.startsWith("again"));
  }

  @Test
  void everyChangeIsDoneOnceAfterAKill() throws Exception {
    hub.network.answerAll(_ -> new Outcome.Done("$done"));
    hub.client().says(Said.message("$mine", Said.ME, "mine"), Said.message("$2", Said.BOB, "b"));
    var mine = hub.messages().get(Grant.HUB, Said.CHAT, "$mine").id().toString();
    var changes =
        Map.<String, Supplier<String>>of(
            "edit", () -> text(hub.messages().edit(Grant.HUB, Said.CHAT, mine, "new").id()),
            "react",
                () ->
                    hub.hub()
                        .reactions()
                        .add(Grant.HUB, Said.CHAT, "$1", "👍", null)
                        .transactionId(),
            "read", () -> text(hub.chats().markRead(Grant.HUB, Said.CHAT, null).id()));
    for (var change : changes.entrySet()) {
      var key = new RequestKey("t1", "POST", "/v1/x", change.getKey());
      var first = new ArrayList<String>();
      assertThrows(
          Killed.class,
          () ->
              once(
                  key,
                  "h",
                  () -> {
                    first.add(change.getValue().get());
                    throw new Killed();
                  }));
      hub.crash();
      hub.reconnected();
      // What the network says of the first time is a change as well.
      Eventually.holds("told", () -> hub.number("SELECT count(*) FROM outbox") == 0);
      long before = hub.lastChange();
      assertEquals(
          "200 " + first.getFirst(), once(key, "h", () -> "200 " + change.getValue().get()));
      assertEquals(
          List.of(),
          hub.kindsAfter(before).stream().filter(kind -> kind.startsWith("message")).toList(),
          change.getKey());
    }
  }

  private void killedAfter(Supplier<?> work) throws Exception {
    assertThrows(
        Killed.class,
        () ->
            once(
                "h",
                () -> {
                  var _ = work.get();
                  throw new Killed();
                }));
    hub.crash();
    hub.reconnected();
  }

  /** A network on which everybody is there, and where each chat that is opened is a new one. */
  private static final class Everybody implements Directory {
    private int opened;

    @Override
    public List<User> search(String query) {
      return List.of();
    }

    @Override
    public Optional<User> resolve(Identifier identifier) {
      return Optional.of(User.of(Said.BOB, "Bob"));
    }

    @Override
    public Opened open(NewChat chat) {
      return new Opened("!new" + opened++ + ":x", false);
    }
  }

  @Test
  void chatThatWasOpenedBeforeAKillIsStillANewOne() throws Exception {
    hub.network.directory(new Everybody());
    var bob = new NewChats.Person(Said.BOB.value(), null, null, null, null);
    Supplier<NewChats.Opened> start =
        () -> hub.hub().newChats().start(Grant.HUB, "scripted", bob, true, "hello");
    killedAfter(start);
    assertEquals("200 false", once("h", () -> "200 " + start.get().existed()));
    assertEquals(1, hub.number("SELECT count(*) FROM chat WHERE network_key LIKE '!new%'"));
  }

  @Test
  void directChatThatWasOpenedBeforeAKillIsStillANewOne() throws Exception {
    hub.network.directory(new Everybody());
    Supplier<NewChats.Opened> create =
        () ->
            hub.hub()
                .newChats()
                .create(
                    Grant.HUB, "scripted", ChatType.SINGLE, List.of(Said.BOB.value()), null, null);
    killedAfter(create);
    assertEquals("200 false", once("h", () -> "200 " + create.get().existed()));
    assertEquals(true, create.get().existed(), "another request");
  }

  @Test
  void reminderThatWasSetSinceIsNotClearedAgain() throws Exception {
    var reminder = new Reminder(hub.clock.instant().plus(Duration.ofHours(5)), false);
    Supplier<String> clear =
        () -> {
          hub.hub().reminders().clear(Grant.HUB, Said.CHAT);
          return "200 cleared";
        };
    hub.hub().reminders().set(Grant.HUB, Said.CHAT, reminder);
    killedAfter(clear);
    assertNull(hub.chat().reminder());
    hub.hub().reminders().set(Grant.HUB, Said.CHAT, reminder);
    assertEquals("200 cleared", once("h", clear));
    assertEquals(reminder, hub.chat().reminder());
  }

  private static String text(Object value) {
    return value.toString();
  }
}
