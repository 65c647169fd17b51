package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Field;
import dev.belfry.api.Level;
import dev.belfry.model.AccountId;
import dev.belfry.model.AccountState;
import dev.belfry.model.AccountState.Status;
import dev.belfry.model.ChatPatch;
import dev.belfry.model.Delivery;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.PageRequest;
import dev.belfry.network.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts that are removed, forgotten, or added again. */
@Tag("hub")
class RemovedAccountTest {
  @TempDir Path temp;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = TestHub.empty(temp);
    hub.hub().start();
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private AccountState state() {
    return hub.account().state();
  }

  @Test
  void removedAccountKeepsItsHistory() throws Exception {
    hub.addAccount("@me:x");
    hub.client().says(Said.message("$1", Said.ALICE, "a"));
    hub.hub().accounts().remove(TestHub.ACCOUNT, false);
    assertEquals(Status.DISABLED, state().status());
    assertEquals(List.of("a"), hub.bodies());
    assertEquals(List.of(TestHub.ACCOUNT), hub.network.loggedOut());
    assertFalse(Files.exists(hub.folder().resolve("accounts/scripted")));
    assertFalse(hub.network.isRunning(TestHub.ACCOUNT));
    hub.restart();
    assertFalse(hub.network.isRunning(TestHub.ACCOUNT));
    assertEquals(Status.DISABLED, state().status());
  }

  @Test
  void aLoginThatIsReplacedIsEndedAndGoesWithTheAccount() throws Exception {
    hub.addAccount("@me:x");
    hub.addAccount("@other:x");
    assertEquals(TestHub.ACCOUNT, hub.addAccount("@me:x"));
    assertEquals(List.of("scripted.old-1"), hub.network.left());
    assertEquals(TestHub.ACCOUNT, hub.addAccount("@me:x"));
    assertEquals(List.of("scripted.old-1", "scripted.old-2"), hub.network.left());
    hub.settle();
    hub.hub().accounts().remove(TestHub.ACCOUNT, true);
    assertEquals(
        List.of("scripted", "scripted.old-1", "scripted.old-2"),
        hub.network.left().subList(2, 5),
        "whatever failed before is tried again");
    try (var folders = Files.list(hub.folder().resolve("accounts"))) {
      assertEquals(
          List.of("scripted-2"), folders.map(folder -> folder.getFileName().toString()).toList());
    }
  }

  @Test
  void removedAccountThatIsAddedAgainGoesOn() throws Exception {
    hub.addAccount("@me:x");
    hub.client().says(Said.message("$1", Said.ALICE, "a"));
    hub.hub().accounts().remove(TestHub.ACCOUNT, false);
    hub.network.connectAtOnce(false);
    assertEquals(TestHub.ACCOUNT, hub.addAccount("@me:x"));
    var client = hub.client();
    long seq = hub.lastChange();
    client.says(Said.message("$1", Said.ALICE, "a"), Said.message("$2", Said.ALICE, "b"));
    assertEquals(List.of("chat"), hub.kindsAfter(seq), "what was missed is no news");
    assertEquals(List.of("a", "b"), hub.bodies());
    client.state(AccountState.CONNECTED);
    assertEquals(AccountState.CONNECTED, state());
  }

  @Test
  void chatsOfARemovedAccountAreThereToBeRead() throws Exception {
    hub.addAccount("@me:x");
    hub.client()
        .says(
            Said.message("$1", Said.ALICE, "a"),
            Said.message("$2", Said.ME, "b"),
            Said.reaction("$3", Said.ME, "$1", "+"));
    long seq = hub.lastChange();
    hub.hub().accounts().remove(TestHub.ACCOUNT, false);
    assertEquals(List.of("account", "chat"), hub.kindsAfter(seq));
    assertTrue(hub.chat().flags().readOnly());
    assertEquals(Level.REJECTED, hub.chat().capabilities().reply());
    var listed = hub.chats().list(Grant.HUB, List.of(), PageRequest.newest(5)).items().getFirst();
    assertTrue(listed.chat().flags().readOnly());
    refused(() -> hub.send("void"));
    refused(() -> hub.messages().edit(Grant.HUB, Said.CHAT, "$2", "c"));
    refused(() -> hub.messages().delete(Grant.HUB, Said.CHAT, "$2", true));
    refused(() -> hub.messages().delete(Grant.HUB, Said.CHAT, "$2", false));
    refused(() -> hub.hub().reactions().add(Grant.HUB, Said.CHAT, "$1", "x", null));
    refused(() -> hub.hub().reactions().remove(Grant.HUB, Said.CHAT, "$1", "+"));
    refused(() -> hub.hub().typing().set(Grant.HUB, Said.CHAT, true));
    var title =
        new ChatPatch(
            Field.of("new"),
            Field.absent(),
            Field.absent(),
            null,
            null,
            null,
            null,
            Field.absent(),
            Field.absent());
    refused(() -> hub.chats().update(Grant.HUB, Said.CHAT, title));
    assertEquals(0, hub.number("SELECT count(*) FROM outbox"));
    var draft = new ChatPatch.NewDraft("later", List.of());
    hub.chats().update(Grant.HUB, Said.CHAT, ChatPatch.NONE.withDraft(Field.of(draft)));
    hub.chats().archive(Grant.HUB, Said.CHAT, true);
    hub.chats().markRead(Grant.HUB, Said.CHAT, null);
    hub.addAccount("@me:x");
    hub.settle();
    assertFalse(hub.chat().flags().readOnly());
    hub.network.answerAll(_ -> new Outcome.Done(""));
    hub.send("here again");
  }

  private static void refused(Runnable write) {
    var refusal = assertThrows(HubException.class, write::run);
    assertEquals(HubException.Reason.UNPROCESSABLE, refusal.reason());
    assertTrue(refusal.toString().contains("belfry account add"), refusal::toString);
  }

  @Test
  void whatWaitsForARemovedAccountFailsAndCanBeTriedAgain() throws Exception {
    hub.addAccount("@me:x");
    hub.client().says(Said.message("$1", Said.ME, "a"));
    var tried = hub.send("tried");
    hub.network.next();
    var waiting = hub.send("waiting");
    hub.messages().edit(Grant.HUB, Said.CHAT, "$1", "b");
    hub.messages().edit(Grant.HUB, Said.CHAT, "$1", "c");
    long seq = hub.lastChange();
    hub.hub().accounts().remove(TestHub.ACCOUNT, false);
    assertEquals("may_have_been_sent", failure(tried).reason());
    assertEquals("account_removed", failure(waiting).reason());
    assertTrue(failure(waiting).retryable());
    assertEquals("a", hub.message("$1").content().body());
    assertEquals(0, hub.number("SELECT count(*) FROM outbox"));
    assertEquals(
        2, hub.kindsAfter(seq).stream().filter(kind -> kind.equals("message alias")).count());
    refused(() -> hub.messages().retry(Grant.HUB, Said.CHAT, waiting));
    hub.network.answerAll(_ -> new Outcome.Done("$sent"));
    hub.addAccount("@me:x");
    hub.settle();
    assertEquals(waiting, hub.messages().retry(Grant.HUB, Said.CHAT, waiting).pendingId());
    hub.passUntil(
        "sent",
        Duration.ofSeconds(1),
        () -> hub.number("SELECT count(*) FROM message WHERE network_key = '$sent'") == 1);
  }

  private Delivery.Failed failure(String pendingId) {
    return assertInstanceOf(Delivery.Failed.class, hub.message(pendingId).delivery());
  }

  @Test
  void whatAnOlderHubLeftWaitingFailsAtTheStart() throws Exception {
    hub.addAccount("@me:x");
    hub.client().says(Said.message("$1", Said.ME, "a"));
    hub.network.answerAll(_ -> new Outcome.RetryLater(Duration.ofHours(1), "busy"));
    var waiting = hub.send("waiting");
    hub.alter("UPDATE account SET removed = 1");
    hub.restart();
    assertEquals("may_have_been_sent", failure(waiting).reason());
  }

  @Test
  void forgottenAccountLeavesNothing() throws Exception {
    hub.addAccount("@me:x");
    hub.addAccount("@other:x");
    for (int i = 0; i < 3; i++) {
      var batch = new java.util.ArrayList<dev.belfry.network.NetworkEvent>();
      for (int j = 0; j < 400; j++) {
        batch.add(Said.message("!c" + i + ":x", "$" + j, Said.ALICE, "text", Said.AT));
      }
      hub.client().says(batch);
    }
    hub.network.client(new AccountId("scripted-2")).says(Said.message("$1", Said.ALICE, "stays"));
    long seq = hub.lastChange();
    hub.hub().accounts().remove(TestHub.ACCOUNT, true);
    assertEquals(
        List.of("account", "chat deleted", "chat deleted", "chat deleted", "account"),
        hub.kindsAfter(seq));
    assertEquals(1, hub.hub().accounts().list(Grant.HUB).size());
    assertEquals(1, hub.number("SELECT count(*) FROM message"));
    assertEquals(1, hub.number("SELECT count(*) FROM search"));
    assertEquals(1, hub.number("SELECT count(DISTINCT account) FROM person"));
    assertEquals(0, hub.number("SELECT count(*) FROM outbox"));
    assertEquals(
        List.of("stays"),
        hub.all(Said.CHAT + ".scripted-2", 5).stream().map(m -> m.content().body()).toList());
    assertEquals(TestHub.ACCOUNT, hub.addAccount("@third:x"));
  }

  @Test
  void removingWhatIsNotThereIsNotFound() {
    var e =
        assertThrows(
            HubException.class,
            () -> hub.hub().accounts().remove(new AccountId("scripted-9"), true));
    assertEquals(HubException.Reason.NOT_FOUND, e.reason());
  }
}
