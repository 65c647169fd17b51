package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.AccountId;
import dev.belfry.model.AccountState;
import dev.belfry.model.AccountState.Status;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.network.LoggedOutException;
import dev.belfry.network.LoginStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in and out, and how an account stands with its network. */
@Tag("hub")
class AccountsTest {
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

  private void await(Status status) {
    Eventually.holds(status + " instead of " + state(), () -> state().status() == status);
  }

  @Test
  void loginMakesAnAccountThatConnects() throws Exception {
    long seq = hub.lastChange();
    try (var login = hub.hub().accounts().login("scripted")) {
      assertInstanceOf(LoginStep.UserInput.class, login.begin());
      assertThrows(IllegalStateException.class, login::account);
      assertInstanceOf(LoginStep.Failed.class, login.submit(Map.of("user", "")));
      assertInstanceOf(LoginStep.Complete.class, login.submit(Map.of("user", "@me:x")));
      assertEquals(new AccountId("scripted"), login.account().id());
    }
    await(Status.CONNECTED);
    var account = hub.account();
    assertEquals("Scripted", account.network());
    assertEquals("scripted", account.connector());
    assertEquals(Said.ME, account.self().id());
    assertTrue(account.self().isSelf());
    assertEquals("", account.state().reason());
    assertTrue(hub.kindsAfter(seq).stream().allMatch("account"::equals));
    var folder = hub.folder().resolve("accounts/scripted");
    assertTrue(Files.exists(folder.resolve("keys")));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(hub.folder().resolve(Hub.STORE))));
  }

  @Test
  void loginGivenUpLeavesNothing() throws Exception {
    try (var login = hub.hub().accounts().login("scripted")) {
      var _ = login.begin();
    }
    assertEquals(List.of(), hub.hub().accounts().list(Grant.HUB));
    assertFalse(Files.exists(hub.folder().resolve("accounts/scripted")));
    assertEquals(new AccountId("scripted"), hub.addAccount("@me:x"));
  }

  @Test
  void unknownNetworkNamesThoseThereAre() {
    var e = assertThrows(HubException.class, () -> hub.hub().accounts().login("pigeon"));
    assertEquals(HubException.Reason.INVALID, e.reason());
    assertTrue(String.valueOf(e.getMessage()).contains("scripted"));
  }

  @Test
  void secondAccountIsNumberedAndItsChatsAreItsOwn() throws Exception {
    var first = hub.addAccount("@me:x");
    var second = hub.addAccount("@other:x");
    assertEquals(new AccountId("scripted-2"), second);
    hub.network.client(first).says(Said.message("$1", Said.ALICE, "to the first"));
    hub.network.client(second).says(Said.message("$1", Said.ALICE, "to the second"));
    assertEquals("to the first", hub.all(10).getFirst().content().body());
    var other = Said.CHAT + ".scripted-2";
    assertEquals("to the second", hub.all(other, 10).getFirst().content().body());
    var only = new Grant("t", Set.of(Grant.Scope.READ), Set.of(second), null);
    assertEquals(1, hub.hub().accounts().list(only).size());
    assertThrows(HubException.class, () -> hub.chats().get(only, Said.CHAT, 0));
    assertThrows(HubException.class, () -> hub.chats().markUnread(only, Said.CHAT, null));
    assertEquals(other, hub.chats().get(only, other, 0).canonicalId());
  }

  @Test
  void networkThatIsDownAtStart() throws Exception {
    hub.network.refuseNext(new IOException("No route to host."));
    hub.addAccount("@me:x");
    await(Status.DISCONNECTED);
    assertEquals("No route to host. Belfry tries again by itself.", state().reason());
    hub.reconnected();
    await(Status.CONNECTED);
  }

  @Test
  void pausesBetweenTriesGrowAndEndWithAConnection() throws Exception {
    for (int i = 0; i < 12; i++) {
      hub.network.refuseNext(new IOException("down"));
    }
    hub.addAccount("@me:x");
    await(Status.DISCONNECTED);
    hub.reconnected(Duration.ofSeconds(2));
    var times = hub.network.attempts();
    for (int i = 0; i < 12; i++) {
      var pause = Duration.between(times.get(i), times.get(i + 1));
      var least = Duration.ofMillis(Math.min(500L << i, 120_000));
      assertTrue(pause.compareTo(least) >= 0, "pause %d was %s".formatted(i, pause));
    }
    await(Status.CONNECTED);
    hub.breakLink();
    await(Status.DISCONNECTED);
    hub.advance(Duration.ofMillis(400));
    assertFalse(hub.network.isRunning(TestHub.ACCOUNT), "half a second at least");
    hub.reconnected();
    await(Status.CONNECTED);
  }

  @Test
  void pausesGrowWhileConnectionsDoNotLast() throws Exception {
    hub.addAccount("@me:x");
    await(Status.CONNECTED);
    for (int i = 0; i < 10; i++) {
      hub.breakLink();
      hub.reconnected(Duration.ofSeconds(2));
    }
    var times = hub.network.attempts();
    for (int i = 0; i < 10; i++) {
      var pause = Duration.between(times.get(i), times.get(i + 1));
      var least = Duration.ofMillis(Math.min(500L << i, 120_000));
      assertTrue(pause.compareTo(least) >= 0, "pause %d was %s".formatted(i, pause));
    }
    await(Status.CONNECTED);
    hub.advance(Duration.ofMinutes(1)); // now it has lasted
    hub.breakLink();
    hub.reconnected(Duration.ofMillis(100));
    var last = Duration.between(times.get(10).plus(Duration.ofMinutes(1)), times.get(11));
    assertTrue(last.compareTo(Duration.ofSeconds(10)) < 0, "the last pause was " + last);
  }

  @Test
  void tryingAgainInVainIsNoChange() throws Exception {
    for (int i = 0; i < 5; i++) {
      hub.network.refuseNext(new IOException("down"));
    }
    hub.addAccount("@me:x");
    await(Status.DISCONNECTED);
    long seq = hub.lastChange();
    hub.reconnected();
    await(Status.CONNECTED);
    assertEquals(List.of("account"), hub.kindsAfter(seq));
  }

  @Test
  void loggedOutAccountIsNotTriedAgain() throws Exception {
    hub.addAccount("@me:x");
    await(Status.CONNECTED);
    hub.client().breaks(new LoggedOutException("Log in again: the password was changed."));
    await(Status.RECONNECT_REQUIRED);
    assertEquals("Log in again: the password was changed.", state().reason());
    hub.advance(Duration.ofHours(1));
    assertFalse(hub.network.isRunning(TestHub.ACCOUNT));

    assertEquals(TestHub.ACCOUNT, hub.addAccount("@me:x"));
    await(Status.CONNECTED);
    assertEquals(1, hub.hub().accounts().list(Grant.HUB).size());
    assertTrue(
        Files.exists(hub.folder().resolve("accounts/scripted.old-1/keys")),
        "the old keys are kept");
    assertTrue(
        Files.exists(hub.folder().resolve("accounts/scripted/former-keys")),
        "the connector took along what it wants");
  }

  @Test
  void connectorThatThrowsIsABrokenLink() throws Exception {
    hub.addAccount("@me:x");
    await(Status.CONNECTED);
    hub.client().breaks(new IllegalStateException());
    await(Status.DISCONNECTED);
    assertEquals("The network cannot be reached; Belfry tries again by itself.", state().reason());
    hub.reconnected();
    await(Status.CONNECTED);
  }

  @Test
  void whatNeedsThePersonIsShown() throws Exception {
    hub.addAccount("@me:x");
    await(Status.CONNECTED);
    var attention = new AccountState(Status.ATTENTION_REQUIRED, "Verify this device.");
    hub.client().state(attention);
    assertEquals(attention, state());
    hub.client().state(AccountState.CONNECTED);
    assertEquals(AccountState.CONNECTED, state());
  }

  @Test
  void backfillIsShownUntilItIsDone() throws Exception {
    hub.addAccount("@me:x");
    await(Status.CONNECTED);
    hub.client().says(Said.gap("t"), Said.message("$2", Said.ALICE, "b"));
    await(Status.BACKFILLING);
    assertTrue(state().reason().contains("1"), state().reason());
    var attention = new AccountState(Status.ATTENTION_REQUIRED, "Verify this device.");
    hub.client().state(attention);
    hub.network.page("t", null, Said.message("$1", Said.ALICE, "a"));
    hub.fillGaps();
    assertEquals(attention, state(), "the client's own word counts more");
    hub.client().state(AccountState.CONNECTED);
    await(Status.CONNECTED);
  }

  @Test
  void stateSurvivesRestart() throws Exception {
    hub.addAccount("@me:x");
    await(Status.CONNECTED);
    hub.restart();
    await(Status.CONNECTED);
    assertEquals(Said.ME, hub.account().self().id());
  }

  @Test
  void whatComesBeforeTheFirstConnectionIsNoNews() throws Exception {
    hub.network.connectAtOnce(false);
    hub.addAccount("@me:x");
    var client = hub.client();
    long seq = hub.lastChange();
    client.says(Said.message("$1", Said.ALICE, "old"), Said.message("$2", Said.ALICE, "mail"));
    assertEquals(List.of("chat"), hub.kindsAfter(seq));
    client.state(AccountState.CONNECTED);
    seq = hub.lastChange();
    client.says(Said.message("$3", Said.ALICE, "news"));
    assertEquals(List.of("message", "chat"), hub.kindsAfter(seq));
    hub.restart();
    client = hub.client();
    seq = hub.lastChange();
    client.says(Said.message("$4", Said.ALICE, "what was missed meanwhile"));
    assertEquals(List.of("message", "chat"), hub.kindsAfter(seq));
  }

  @Test
  void hubWithoutTheNetworkOfAnAccountStillOpens() throws Exception {
    hub.addAccount("@me:x");
    hub.client().says(Said.message("$1", Said.ALICE, "a"));
    hub.hub().close();
    try (var without = Hub.open(hub.folder(), List.of(), hub.clock, Hub.Options.NONE)) {
      without.start();
      var account = without.accounts().list(Grant.HUB).getFirst();
      assertEquals(Status.DISABLED, account.state().status());
      assertTrue(account.state().reason().contains("scripted"));
    }
  }
}
